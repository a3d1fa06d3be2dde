"""Every file of `sql/`, over the demo's views: the offline Athena answers as a real Trino, of warm and hot."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import boto3
import pytest

from cli.project import lake_folder, project_root
from offline.lifecycle import down
from tests.e2e.lake import lake_command
from thermocline.adapters.glue_views import GlueViews
from thermocline.contracts import load_contracts
from thermocline.generations import BEGINNING

# Trino and its connectors are 800 MB, fetched once.
pytestmark = [pytest.mark.nightly, pytest.mark.timeout(1_200)]


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    name = f"e2e-trino-{os.getpid()}"
    try:
        lake_command("demo", "--quick", "--json", name=name)
        told = lake_command("env", name=name).stdout.splitlines()
        yield dict(line.removeprefix("export ").split("=", 1) for line in told)
    finally:
        down(lake_folder(name))
        shutil.rmtree(lake_folder(name).path)


def test_every_file_is_equal(environment: dict[str, str]) -> None:
    assert set(_read_by_views(environment)) != {BEGINNING}
    _judge(environment)
    _read_all_from_hot(environment)
    assert set(_read_by_views(environment)) == {BEGINNING}
    _judge(environment)


def _judge(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "tests.athena_local.conformance", "--tables", environment["LAKE_DATABASE"]]
    judged = subprocess.run(
        [*command, "--workgroup", environment["AWS_ATHENA_WORK_GROUP"]],
        check=False,
        cwd=project_root(),
        env=os.environ | environment,
        capture_output=True,
        text=True,
    )
    assert judged.returncode == 0, judged.stdout + judged.stderr
    files = {str(file.relative_to(project_root() / "sql")) for file in (project_root() / "sql").rglob("*.sql")}
    assert files
    assert {line.removesuffix(" equal") for line in judged.stdout.splitlines() if line.endswith(" equal")} >= files


def _read_by_views(environment: dict[str, str]) -> list[str]:
    views = _views(environment)
    return [view.watermark for table in load_contracts() if (view := views.read(table))]


def _read_all_from_hot(environment: dict[str, str]) -> None:
    """Publish the views of before the promotion: hot files stay for a day after it."""
    views = _views(environment)
    for table, contract in load_contracts().items():
        if view := views.read(table):
            views.write(contract, watermark=BEGINNING, since=view.since, version=view.version)


def _views(environment: dict[str, str]) -> GlueViews:
    session = boto3.Session(environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"])
    glue = session.client(
        "glue", endpoint_url=environment["AWS_ENDPOINT_URL"], region_name=environment["AWS_DEFAULT_REGION"]
    )
    return GlueViews(glue, environment["LAKE_DATABASE"])
