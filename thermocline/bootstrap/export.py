"""Wires the export of a subject's rows, for a person's commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from thermocline.export.use_case import Export
    from thermocline.subjects import SubjectHasher


def export_of(
    *, dynamodb: Any, s3: Any, glue: Any, ledger_table: str, bucket: str, database: str, hasher: SubjectHasher
) -> Export:
    """Return the export of a lake, by boto3 clients and the names of its parts.

    Parameters
    ----------
    hasher
        Refused events are searched as an erasure searches them, by digests.
    """
    from thermocline.adapters.dynamodb_ledger import DynamoLedger
    from thermocline.adapters.iceberg import IcebergCatalog
    from thermocline.adapters.s3_objects import S3Objects
    from thermocline.adapters.s3_parquet_search import S3ParquetSearch
    from thermocline.clock import utc_now
    from thermocline.contracts import load_contracts
    from thermocline.export.use_case import Export
    from thermocline.subjects import Subjects

    def mentions(subjects: Mapping[str, frozenset[str]]) -> Callable[[str], bool]:
        digests = (hasher.digest(column, value) for column, values in subjects.items() for value in values)
        return Subjects(hasher, digests, tuple(subjects)).named_in

    contracts = load_contracts()
    return Export(
        ledger=DynamoLedger(dynamodb, ledger_table),
        catalog=IcebergCatalog(glue=glue, s3=s3, bucket=bucket, database=database, contracts=contracts),
        objects=S3Objects(s3, bucket),
        parquet=S3ParquetSearch(s3, bucket),
        contracts=contracts,
        mentions=mentions,
        clock=utc_now,
    )
