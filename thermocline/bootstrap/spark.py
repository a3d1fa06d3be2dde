"""Wires the promotion job: the use case of the function, with Spark's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from thermocline.adapters.iceberg import IcebergCatalog
    from thermocline.promote.turns import Turn
    from thermocline.promote.use_case import Promote
    from thermocline.spark.rows import SparkRows
    from thermocline.spark.settings import SparkSettings

_MEMORY_MB = 1000


def promote_until(table: str, before: str) -> Turn:
    """Promote a table's generations before a limit, by the environment's settings; return the last turn."""
    import tempfile
    import time
    from pathlib import Path

    from thermocline.clock import utc_now
    from thermocline.contracts import load_contracts
    from thermocline.promote.jobs import take_turns
    from thermocline.promote.turns import Turn, take_turn
    from thermocline.spark.settings import SparkSettings
    from thermocline.streams import contract_of

    contract_of(table, load_contracts())
    settings = SparkSettings.from_env()
    with tempfile.TemporaryDirectory() as folder:
        promote = _promote(settings, Path(folder))
        return take_turns(
            Turn(table=table, before=before),
            lambda turn: take_turn(turn, promote, now=utc_now()),
            seconds=settings.job_seconds,
            monotonic=time.monotonic,
            pause=time.sleep,
        )


def _promote(settings: SparkSettings, folder: Path) -> Promote:
    from thermocline.adapters.clients import client
    from thermocline.adapters.dynamodb_leases import DynamoLeases
    from thermocline.adapters.dynamodb_ledger import DynamoLedger
    from thermocline.bootstrap.publish import publish
    from thermocline.bootstrap.warm import warm_catalog
    from thermocline.contracts import load_contracts
    from thermocline.promote.jobs import LEASE_MARGIN_SECONDS
    from thermocline.promote.use_case import Promote

    contracts, table = load_contracts(), settings.ledger_table
    catalog = warm_catalog(settings)
    return Promote(
        ledger=DynamoLedger(client("dynamodb"), table),
        leases=DynamoLeases(client("dynamodb"), table, seconds=settings.job_seconds + LEASE_MARGIN_SECONDS),
        catalog=catalog,
        rows=_rows(settings, catalog, folder),
        contracts=contracts,
        publish=publish(),
    )


def _rows(settings: SparkSettings, catalog: IcebergCatalog, folder: Path) -> SparkRows:
    from thermocline import layout
    from thermocline.adapters.clients import client
    from thermocline.adapters.iceberg_staging import IcebergStaging
    from thermocline.adapters.s3_parquet import S3ParquetCounts
    from thermocline.adapters.secrets import CachedSecret
    from thermocline.bootstrap.warm import warm_files
    from thermocline.contracts import load_contracts
    from thermocline.spark.rows import SparkRows
    from thermocline.spark.session import spark_session
    from thermocline.subjects import SubjectHasher
    from thermocline.warm.rows import ParquetRows

    contracts, s3, bucket = load_contracts(), client("s3", read_timeout=60), settings.lake_bucket
    secret = CachedSecret(client("secretsmanager"), settings.subject_key_secret)
    files = warm_files(settings)
    function = ParquetRows(
        files=files,
        contracts=contracts,
        schema_of=catalog.schema_of,
        hasher=SubjectHasher(secret),
        folder=folder,
        memory_mb=_MEMORY_MB,
    )
    return SparkRows(
        spark=spark_session(folder, storage_class=settings.storage_class),
        warehouse=folder,
        root=f"s3://{bucket}",
        files=files,
        footers=S3ParquetCounts(s3, bucket),
        staging=IcebergStaging(
            metadata_of=lambda table: catalog.load(table).handle.table.metadata,
            data_of=lambda table: f"s3://{bucket}/{layout.warm_prefix(table)}data",
            contracts=contracts,
        ),
        contracts=contracts,
        schema_of=catalog.schema_of,
        others=function.others,
        secret=secret,
    )
