"""The only place that connects boto3 clients, DuckDB and folders to the API."""

from datetime import UTC, datetime
from pathlib import Path

import boto3
from botocore.config import Config

from athena_local.analyzer.trino_types import from_hive
from athena_local.api.executions import Executions
from athena_local.api.operations import AthenaApi
from athena_local.api.workgroups import Administration
from athena_local.execution.engine import Engine
from athena_local.execution.runner import StatementRunner
from athena_local.statements.prepared import PreparedStatements
from athena_local.tables.catalog import GlueCatalog
from athena_local.tables.glue_writer import GlueWriter
from athena_local.tables.information_schema import InformationSchema
from athena_local.tables.local_rows import LocalRows
from athena_local.tables.partitions_table import PartitionsTables
from athena_local.tables.pruning import Pruner
from athena_local.tables.scans import Scans
from athena_local.tables.sources import AllTables, HiveTables, TableSource
from athena_local.tables.storage import ObjectCache, S3ObjectStore


def build_api(*, endpoint_url: str | None, region: str, cache_dir: Path, memory_limit: str) -> AthenaApi:
    """Build the API over an AWS endpoint.

    Parameters
    ----------
    endpoint_url
        Where Glue, S3 and workgroups are; None for AWS itself.
    cache_dir
        Local copies of objects, spill files and results.
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
    cache = ObjectCache(store=store, folder=cache_dir / "objects")
    local_rows = LocalRows(cache_dir / "objects" / "worked out")
    information_schema = InformationSchema(
        catalog=catalog, rows=local_rows, keep=engine.keep_partitions, type_text=lambda hive: str(from_hive(hive))
    )
    kinds: list[TableSource] = [
        information_schema,
        PartitionsTables(catalog=catalog, pruner=pruner, rows=local_rows),
        HiveTables(catalog=catalog, pruner=pruner, cache=cache),
    ]
    administration = Administration(athena)
    runner = StatementRunner(
        engine=engine,
        catalog=catalog,
        tables=AllTables(kinds),
        scans=Scans(pruner),
        writer=GlueWriter(glue),
        prepared=PreparedStatements(administration.forward),
    )
    executions = Executions(runner=runner, store=store, folder=cache_dir / "results")
    return AthenaApi(executions=executions, catalog=catalog, administration=administration)
