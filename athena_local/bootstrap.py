"""The only place that connects boto3 clients, DuckDB and folders to the API."""

from datetime import UTC, datetime
from pathlib import Path

import boto3
from botocore.config import Config

from athena_local.analyzer.trino_types import from_hive
from athena_local.api.admission import Admission
from athena_local.api.executor import Executor
from athena_local.api.glue import GlueApi
from athena_local.api.operations import AthenaApi
from athena_local.api.result_objects import ResultObjects
from athena_local.api.workgroups import Administration
from athena_local.execution.engine import Engine
from athena_local.execution.statement_runner import StatementRunner
from athena_local.execution.writes import Writes
from athena_local.statements.iceberg_changes import IcebergChanges
from athena_local.statements.prepared import PreparedStatements
from athena_local.tables.catalog import GlueCatalog
from athena_local.tables.glue_partitions import GluePartitions
from athena_local.tables.glue_writer import GlueWriter
from athena_local.tables.hive_writing import HiveWriter
from athena_local.tables.iceberg.definitions import IcebergDefinitions
from athena_local.tables.iceberg.files import IcebergFiles
from athena_local.tables.iceberg.loading import Metadata
from athena_local.tables.iceberg.source import IcebergTables
from athena_local.tables.iceberg.store import StoreFiles
from athena_local.tables.iceberg.writer import IcebergWriter
from athena_local.tables.information_schema import InformationSchema
from athena_local.tables.local_rows import LocalRows
from athena_local.tables.object_cache import ObjectCache
from athena_local.tables.objects import ObjectWriter
from athena_local.tables.partitions_table import PartitionsTables
from athena_local.tables.pruning import Pruner
from athena_local.tables.scans import Scans
from athena_local.tables.sources import AllTables, HiveTables, TableSource
from athena_local.tables.storage import S3ObjectStore

_SLOTS = 4
_PATIENCE_SECONDS = 2.0


def build_api(
    *, endpoint_url: str | None, region: str, cache_dir: Path, memory_limit: str, most_active: int = 200
) -> AthenaApi:
    """Build the API over an AWS endpoint.

    Parameters
    ----------
    endpoint_url
        Where Glue, S3 and workgroups are; None for AWS itself.
    cache_dir
        Local copies of objects, spill files and results.
    most_active
        How many queries may be queued or running before more are refused.
    """
    # AWS_ENDPOINT_URL_ATHENA names this server: the clients must not use it.
    config = Config(
        ignore_configured_endpoint_urls=True,
        max_pool_connections=32,
        retries={"max_attempts": 3, "mode": "standard"},
        s3={"addressing_style": "path"} if endpoint_url else None,
    )
    session = boto3.Session(region_name=region)
    glue, s3, athena = (
        session.client(service, endpoint_url=endpoint_url, config=config) for service in ("glue", "s3", "athena")
    )
    catalog, store = GlueCatalog(glue), S3ObjectStore(s3)
    engine = Engine(folder=cache_dir / "objects", memory_limit=memory_limit)
    pruner = Pruner(catalog=catalog, store=store, keep=engine.keep_partitions, clock=lambda: datetime.now(UTC))
    cache = ObjectCache(store=store, folder=cache_dir / "objects", busy_since=engine.busy_since)
    local_rows = LocalRows(cache_dir / "objects" / "worked out")
    iceberg = IcebergTables(
        catalog=catalog,
        metadata=Metadata(StoreFiles(store)),
        files=IcebergFiles(cache=cache, folder=cache_dir / "objects" / "iceberg"),
        constant=engine.constant,
        folder=cache_dir / "objects" / "iceberg",
    )
    information_schema = InformationSchema(
        catalog=catalog,
        rows=local_rows,
        keep=engine.keep_partitions,
        type_text=lambda hive: str(from_hive(hive)),
        iceberg=iceberg,
    )
    kinds: list[TableSource] = [
        information_schema,
        PartitionsTables(catalog=catalog, pruner=pruner, rows=local_rows),
        HiveTables(catalog=catalog, pruner=pruner, cache=cache),
        iceberg,
    ]
    administration = Administration(athena)
    tables = AllTables(kinds)
    writer, objects = GlueWriter(glue), ObjectWriter(store=store, folder=cache_dir / "writes")
    # A commit that landed and is repeated would look like a conflict.
    once = config.merge(Config(retries={"total_max_attempts": 1, "mode": "standard"}))
    committing = session.client("glue", endpoint_url=endpoint_url, config=once)
    iceberg_tables = IcebergDefinitions(client=committing, store=store)
    hive = HiveWriter(catalog=catalog, writer=writer, partitions=GluePartitions(glue), objects=objects)
    iceberg_writer = IcebergWriter(client=committing, store=store, objects=objects, tables=iceberg_tables)
    runner = StatementRunner(
        engine=engine,
        catalog=catalog,
        tables=tables,
        scans=Scans(pruner),
        writer=writer,
        prepared=PreparedStatements(administration.forward),
        store=store,
        iceberg=IcebergChanges(iceberg_tables),
        writes=Writes(catalog=catalog, tables=tables, objects=objects, hive=hive, iceberg=iceberg_writer),
    )
    executor = Executor(
        runner=runner,
        results=ResultObjects(store=store, folder=cache_dir / "results"),
        admission=Admission(slots=_SLOTS, patience=_PATIENCE_SECONDS),
        most_active=most_active,
    )
    return AthenaApi(
        executor=executor, catalog=catalog, administration=administration, glue=GlueApi(Administration(glue))
    )
