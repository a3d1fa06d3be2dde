"""The Spark session: what it needs on Glue and everywhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from pyspark.sql import SparkSession

CATALOG: Final = "staging"
"""Name of the catalog of tables that are never more than a list of the files that Spark wrote."""


def spark_session(warehouse: Path, *, storage_class: str) -> Any:
    """Return the process's session.

    Parameters
    ----------
    warehouse
        Folder of the driver for the staging tables' metadata.
    storage_class
        Of the data files.
    """
    catalog = f"spark.sql.catalog.{CATALOG}"
    settings = {
        catalog: "org.apache.iceberg.spark.SparkCatalog",
        f"{catalog}.type": "hadoop",
        f"{catalog}.warehouse": warehouse.as_uri(),
        f"{catalog}.io-impl": "org.apache.iceberg.io.ResolvingFileIO",  # s3: by Iceberg itself, file: by Hadoop
        f"{catalog}.s3.write.storage-class": storage_class,
        f"{catalog}.cache-enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "65536",
    }
    builder = SparkSession.builder.appName("thermocline-promote")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("WARN")
    return session
