"""Spark's own compaction, ``rewrite_data_files`` by the table's order, over a table of as many small files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.promote.contender import run
from benchmarks.promote.data import CONTRACT
from benchmarks.promote.spark_iceberg import session, staging

_TABLE = f"staging.bench.{CONTRACT.name}"


def small_table(source: Path, target: Path) -> None:
    """Make the table: its files have the rows of those in a folder, each as many."""
    spark = session(target)
    staging(target).make(CONTRACT.name, target / "bench" / CONTRACT.name)
    files = len(list(source.glob("*.parquet")))
    rows = spark.read.parquet(str(source / "*.parquet")).repartition(files)
    options = {"distribution-mode": "none", "fanout-enabled": "true", "check-nullability": "false"}
    rows.writeTo(_TABLE).options(**options).append()


def compact(_paths: Sequence[Path], target: Path) -> None:
    """Rewrite all files of the table."""
    spark: Any = session(target)
    iceberg = spark.sparkContext._jvm.org.apache.iceberg.spark
    table = iceberg.Spark3Util.loadIcebergTable(spark._jsparkSession, _TABLE)
    result = iceberg.actions.SparkActions.get().rewriteDataFiles(table).sort().option("rewrite-all", "true").execute()
    print(f"{result.rewrittenDataFilesCount()} files became {result.addedDataFilesCount()}", file=sys.stderr)


if __name__ == "__main__":
    small_table(
        Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    )  # neither this nor the JVM's start is measured
    run(lambda paths, target: compact(paths, target.resolve()))
