"""A Spark session over an emulator, in the test's own process; the caller stops it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from offline.spark.jars import jars
from offline.spark.session import spark_environment
from tests.athena_local.endpoint.tables import CREDENTIALS


def session(url: str, warehouse: Path, *, memory: str = "1g") -> Any:
    """Start Java, and return the session that the job has."""
    os.environ.update(CREDENTIALS)
    os.environ.update(spark_environment({"AWS_ENDPOINT_URL": url, **CREDENTIALS}, jars(), memory=memory))
    from thermocline.spark.session import spark_session  # noqa: PLC0415  (Java's home is read at import)

    warehouse.mkdir(parents=True, exist_ok=True)
    return spark_session(warehouse, storage_class="STANDARD")
