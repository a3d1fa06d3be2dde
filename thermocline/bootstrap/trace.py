"""Wires trace for a person's command."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from thermocline.trace.use_case import Trace


def trace_of(
    *,
    dynamodb: Any,
    s3: Any,
    glue: Any,
    secrets: Callable[[], Any],
    ledger_table: str,
    bucket: str,
    database: str,
    subject_key: str,
) -> Trace:
    """Return the trace use case of a lake, by boto3 clients and the names of its parts.

    Parameters
    ----------
    secrets
        Makes the client of Secrets Manager, which few traces need.
    """
    from thermocline.adapters.dynamodb_claims import DynamoClaims
    from thermocline.adapters.dynamodb_ledger import DynamoLedger
    from thermocline.adapters.event_rows import S3EventRows
    from thermocline.adapters.glue_views import GlueViews
    from thermocline.adapters.iceberg_history import IcebergHistory
    from thermocline.adapters.raw_objects import S3RawObjects
    from thermocline.adapters.secrets import CachedSecret
    from thermocline.clock import utc_now
    from thermocline.contracts import load_contracts
    from thermocline.subjects import SubjectHasher
    from thermocline.trace.use_case import Trace

    def secret() -> str:
        return CachedSecret(secrets(), subject_key)()

    contracts = load_contracts()
    return Trace(
        ledger=DynamoLedger(dynamodb, ledger_table),
        objects=S3RawObjects(s3, bucket),
        parquet=S3EventRows(s3, bucket),
        warm=IcebergHistory(glue=glue, s3=s3, bucket=bucket, database=database, contracts=contracts),
        views=GlueViews(glue, database),
        contracts=contracts,
        clock=utc_now,
        hasher=SubjectHasher(secret) if subject_key else None,
        claims=DynamoClaims(dynamodb, ledger_table),
    )
