"""The whole project, offline and for real: a note over HTTP, read back, and its event in the lake."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from typing import NamedTuple

import pytest
import requests

from cli.athena import run_query
from cli.deployment import Deployment, offline_deployment
from cli.project import lake_folder
from offline.deployment import load_deployment
from offline.lifecycle import down, up

_PATIENCE_SECONDS = 60.0
FORM = {"content-type": "application/x-www-form-urlencoded"}  # what `curl -d` says of any body
pytestmark = pytest.mark.xdist_group("e2e")  # one worker, so that one lake is enough


class Project(NamedTuple):
    """The deployed project."""

    url: str
    lake: Deployment


@pytest.fixture(scope="module")
def project() -> Iterator[Project]:
    folder = lake_folder(f"test-{os.getpid()}")
    try:
        lake = offline_deployment(up(folder))
        deployment = load_deployment(folder)
        assert deployment
        (api,) = deployment.others
        yield Project(f"http://127.0.0.1:{api.port}", lake)
    finally:
        down(folder)
        shutil.rmtree(folder.path)


def test_a_note_is_kept_and_its_event_is_in_the_lake(project: Project) -> None:
    answer = requests.post(f"{project.url}/notes", data='{"text": "hello"}', headers=FORM, timeout=30)
    assert answer.status_code == 201, answer.text
    assert answer.json() in requests.get(f"{project.url}/notes", timeout=30).json()
    assert "<li>hello</li>" in requests.get(project.url, timeout=30).text
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while (answer.json()["id"],) not in (rows := events(project)):
        assert time.monotonic() < deadline, f"the event is not in the lake: {rows}"
        time.sleep(0.5)


def events(project: Project) -> list[tuple[str | None, ...]]:
    sql = "select json_extract_scalar(properties, '$.id') from clickstream where event_name = 'Note Created'"
    return list(run_query(project.lake, sql).rows)
