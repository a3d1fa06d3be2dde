"""The emulator alone, and the offline Athena over it.

Its Glue keeps a table's version and refuses an older one, which moto's does not.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from tests.athena_local.endpoint.tables import CREDENTIALS, free_port, wait_for


@contextmanager
def emulator(folder: Path) -> Iterator[str]:
    """Start the emulator in a folder, yield its address, and end it."""
    port = free_port()
    settings = {"GATEWAY_PORT": str(port), "BIND_HOST": "127.0.0.1", "IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0"}
    places = {"PATH": os.environ["PATH"], "HOME": str(folder), "TMPDIR": str(folder)}
    command = [sys.executable, "-m", "ministack"]
    environment = {**places, **settings, **CREDENTIALS, "LOG_LEVEL": "WARNING"}
    with (folder / "log").open("w") as log:
        child = subprocess.Popen(command, env=environment, cwd=folder, stderr=log, stdout=log)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(f"{url}/_ministack/ready")
        yield url
    finally:
        child.terminate()
        child.wait(10)


@contextmanager
def athena(url: str, folder: Path) -> Iterator[str]:
    """Start the offline Athena over an emulator, yield its address, and end it."""
    port = free_port()
    command = [sys.executable, "-m", "athena_local", "--port", str(port), "--endpoint-url", url]
    command += ["--cache-dir", str(folder / "cache")]
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "TMPDIR": str(folder), **CREDENTIALS}
    with (folder / "athena.log").open("w") as log:
        child = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/healthz")
        yield address
    finally:
        child.terminate()
        child.wait(10)


def client(service: str, url: str) -> Any:
    """Return a client that makes each call once."""
    return boto3.client(
        service,
        endpoint_url=url,
        region_name=CREDENTIALS["AWS_REGION"],
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        config=Config(retries={"total_max_attempts": 1}),
    )
