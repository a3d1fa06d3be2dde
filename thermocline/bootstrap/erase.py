"""Wires erasure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from thermocline.clock import Clock
    from thermocline.contracts import Contract
    from thermocline.erase.settings import EraseSettings
    from thermocline.erase.use_case import Erase
    from thermocline.subjects import SubjectHasher


@cache
def erase() -> Erase:
    """Return the erase use case, from the environment's settings."""
    import tempfile
    from pathlib import Path

    from thermocline.adapters.clients import client
    from thermocline.bootstrap.subjects import subject_hasher
    from thermocline.clock import utc_now
    from thermocline.contracts import load_contracts
    from thermocline.erase.settings import EraseSettings
    from thermocline.warm.folders import own_folder

    settings = EraseSettings.from_env()
    return erase_of(
        settings,
        dynamodb=client("dynamodb"),
        s3=client("s3", read_timeout=60),
        glue=client("glue", attempts=1),  # nothing may try a commit again by itself
        hasher=subject_hasher(settings.subject_key_secret),
        contracts=load_contracts(),
        folder=own_folder(Path(tempfile.gettempdir())),
        clock=utc_now,
    )


def erase_of(
    settings: EraseSettings,
    *,
    dynamodb: Any,
    s3: Any,
    glue: Any,
    hasher: SubjectHasher,
    contracts: Mapping[str, Contract],
    folder: Path,
    clock: Clock,
) -> Erase:
    """Return the erase use case of a lake, by boto3 clients and the names of its parts."""
    from thermocline.adapters.dynamodb_erasures import DynamoErasures
    from thermocline.adapters.dynamodb_leases import DynamoLeases
    from thermocline.adapters.dynamodb_ledger import DynamoLedger
    from thermocline.adapters.iceberg import IcebergCatalog
    from thermocline.adapters.raw_fits import ReadsLines
    from thermocline.adapters.s3_files import S3Files
    from thermocline.adapters.s3_versions import S3Versions
    from thermocline.erase.steps import Lake
    from thermocline.erase.use_case import Erase
    from thermocline.warm.erased_files import WarmFiles

    bucket, table = settings.lake_bucket, settings.ledger_table
    catalog = IcebergCatalog(glue=glue, s3=s3, bucket=bucket, database=settings.database, contracts=contracts)
    lake = Lake(
        contracts=contracts,
        hasher=hasher,
        ledger=DynamoLedger(dynamodb, table, clock=clock),
        leases=DynamoLeases(dynamodb, table, seconds=settings.lease_seconds, clock=clock),
        catalog=catalog,
        files=WarmFiles(
            files=S3Files(
                s3,
                bucket,
                storage_class=settings.storage_class,
                cold_storage_class=settings.cold_storage_class or None,
            ),
            contracts=contracts,
            schema_of=catalog.schema_of,
            folder=folder,
        ),
        objects=S3Versions(s3, bucket),
        results=S3Versions(s3, settings.results_bucket) if settings.results_bucket else None,
        fits=ReadsLines(contracts),
    )
    return Erase(
        lake=lake,
        runs=DynamoErasures(dynamodb, table),
        clock=clock,
        longest_attempt=dt.timedelta(seconds=settings.longest_attempt_seconds),
        settle=dt.timedelta(seconds=settings.settle_seconds),
    )
