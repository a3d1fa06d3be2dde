"""PySpark with Iceberg on both cores: the job's own rows, over local files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from pyiceberg.partitioning import assign_fresh_partition_spec_ids
from pyiceberg.table.metadata import TableMetadata, new_table_metadata

from benchmarks.promote.contender import run
from benchmarks.promote.data import CONTRACT
from benchmarks.promote.ours import GEN, LocalFolder
from offline.spark.jars import jars
from offline.spark.session import spark_environment
from thermocline.adapters.iceberg_staging import IcebergStaging
from thermocline.adapters.iceberg_tables import arrow_schema, order, partitioning, properties, table_schema
from thermocline.ledger import Suppression
from thermocline.warm.work import Work

_MEMORY = "4g"
_NOWHERE = {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}


class Footers:
    """Footers of local files."""

    def footer(self, key: str) -> Any:
        """Return a file's footer."""
        return pq.read_metadata(key)


@cache
def session(folder: Path) -> Any:
    """Start Java, and return the job's session, whose staging tables lie in a folder."""
    os.environ.update(spark_environment(_NOWHERE, jars(), memory=_MEMORY))
    from thermocline.spark.session import spark_session  # noqa: PLC0415  (Java's home is read at import)

    return spark_session(folder, storage_class="STANDARD")


def staging(target: Path) -> IcebergStaging:
    """Return staging tables of clicks, whose data files lie in a folder."""
    return IcebergStaging(
        metadata_of=lambda _: _metadata(),
        data_of=lambda _: (target / "data").as_uri(),
        contracts={CONTRACT.name: CONTRACT},
    )


def _metadata() -> TableMetadata:
    schema = table_schema(CONTRACT)
    partitions = assign_fresh_partition_spec_ids(partitioning(CONTRACT, schema), schema, schema)
    return new_table_metadata(
        schema, partitions, order(CONTRACT, schema), location="file:///", properties=properties(CONTRACT)
    )


def promote(paths: Sequence[Path], target: Path) -> None:
    """Write one generation."""
    from thermocline.spark.rows import SparkRows  # noqa: PLC0415

    rows = SparkRows(
        spark=session(target),
        warehouse=target,
        root="file://",
        files=LocalFolder(target),
        footers=Footers(),
        staging=staging(target),
        contracts={CONTRACT.name: CONTRACT},
        schema_of=lambda _: arrow_schema(table_schema(CONTRACT)),
        others=lambda _: (),
        secret=lambda: "",
    )
    hot = tuple(str(path.resolve()) for path in paths)
    rows.write(Work(table=CONTRACT.name, gen=GEN, hot=hot, earlier=(), rest=(), suppression=Suppression()))


if __name__ == "__main__":
    import sys

    session(Path(sys.argv[2]).resolve())  # so that starting the JVM is not measured
    run(lambda paths, target: promote(paths, target.resolve()))
