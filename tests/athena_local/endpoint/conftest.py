"""An Athena endpoint over the emulator's Glue, S3 and workgroups, with two small tables."""

import os
import subprocess
import sys
from collections.abc import Iterator

import boto3
import pytest

from athena_local.api.server import application
from athena_local.bootstrap import build_api
from tests.athena_local.endpoint.tables import CREDENTIALS, Endpoint, fill, free_port, serve, wait_for


@pytest.fixture(scope="session")
def aws_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    os.environ.update(CREDENTIALS)
    folder = tmp_path_factory.mktemp("emulator")
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
        **CREDENTIALS,
    }
    command = [sys.executable, "-m", "ministack"]
    with (folder / "log").open("w") as log, subprocess.Popen(command, env=environment, cwd=folder, stderr=log) as child:
        url = f"http://127.0.0.1:{port}"
        wait_for(f"{url}/_ministack/ready")
        yield url
        child.terminate()


@pytest.fixture(scope="session")
def endpoint(aws_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    glue, s3, emulated_athena = (boto3.client(name, endpoint_url=aws_url) for name in ("glue", "s3", "athena"))
    fill(glue, s3, emulated_athena)
    api = build_api(
        endpoint_url=aws_url, region="us-east-1", cache_dir=tmp_path_factory.mktemp("athena"), memory_limit="500MB"
    )
    url, stop = serve(application(api))
    yield Endpoint(aws_url, url, boto3.client("athena", endpoint_url=url), s3, glue)
    stop()
