"""The example app, offline and for real: its API answers over HTTP, and its cron fires within its minute."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import requests

from offline.apis import deployed_apis
from offline.cdk import Cdk
from offline.deployment import offline_deployment, save_deployment
from offline.environment import client_environment
from offline.functions import aws_client, hand_over, stack_outputs
from offline.lifecycle import down, launch, wait_until_running
from offline.state import LakeFolder
from stacks.code import ROOT

pytestmark = pytest.mark.long

EXAMPLE = ROOT / "examples" / "notes"
PREFIX = "local-notes-"
_MINUTE_AND_A_BIT = 90


class Notes(NamedTuple):
    """Where the deployed example answers, and its functions."""

    root: Path
    url: str
    functions: list[str]
    deployed_at: float


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Notes]:
    root = tmp_path_factory.mktemp("notes") / "project"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns("__pycache__", "cdk.out", ".lake"))
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    folder = LakeFolder(root=root, name=f"e2e-notes-{root.stat().st_ino}")
    try:
        yield deploy(folder)
    finally:
        down(folder)


def deploy(folder: LakeFolder) -> Notes:
    launch(folder, "local")
    state = wait_until_running(folder)
    aws = client_environment(state)
    cdk = Cdk(root=folder.root, log=folder.logs / "cdk.log", aws=aws, tools=ROOT)
    cdk.bootstrap()
    assembly, inputs_hash = cdk.synth("local")
    cdk.deploy(assembly)
    functions = hand_over(PREFIX, state.url("runner"), aws)
    url = stack_outputs(PREFIX, aws)["ApiUrl"]
    apis = deployed_apis(assembly, aws_client("cloudformation", aws), aws_client("apigatewayv2", aws))
    deployment = offline_deployment(inputs_hash=inputs_hash, ingest_url=url, apis=apis)
    save_deployment(folder, deployment)
    return Notes(folder.root, state.url("frontdoor"), functions, time.monotonic())


def listed(notes: Notes) -> list[dict[str, str]]:
    answer = requests.get(f"{notes.url}/notes", timeout=30)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, str]] = answer.json()
    return found


def test_functions_are_named_by_stage_app_and_id(notes: Notes) -> None:
    names = ("Api-GET_notes", "Api-POST_notes", "Api-POST_preview", "Tick-Job")
    assert set(notes.functions) == {f"{PREFIX}{name}" for name in names}


def test_the_api_keeps_notes(notes: Notes) -> None:
    answer = requests.post(f"{notes.url}/notes", json={"text": "hello"}, timeout=30)
    assert answer.status_code == 201, answer.text
    assert answer.json() in listed(notes)


@pytest.mark.parametrize("body", ["", "[]", '{"text": 1}', "{"])
def test_the_api_refuses_what_is_no_note(notes: Notes, body: str) -> None:
    assert requests.post(f"{notes.url}/notes", data=body, timeout=30).status_code == 400


def preview(notes: Notes, body: dict[str, Any]) -> tuple[int, str]:
    answer = requests.post(f"{notes.url}/preview", json=body, timeout=30)
    return answer.status_code, answer.text


def test_a_route_in_typescript_answers_and_is_edited_like_the_others(notes: Notes) -> None:
    assert preview(notes, {"text": "a <b>\n\nc"}) == (200, "<p>a &lt;b&gt;</p>\n<p>c</p>")
    assert preview(notes, {"text": 1})[0] == 400
    source = notes.root / "src" / "html.ts"
    source.write_text(source.read_text().replace("<p>", "<p class='note'>"))
    assert preview(notes, {"text": "a"}) == (200, "<p class='note'>a</p>")


def test_the_cron_fires_within_its_minute(notes: Notes) -> None:
    while not (ticks := [note for note in listed(notes) if note["text"] == "tick"]):
        assert time.monotonic() - notes.deployed_at < _MINUTE_AND_A_BIT, "no tick in the table"
        time.sleep(1)
    assert ticks[0]["id"] == f"tick {ticks[0]['at']}"


def test_example_stays_small() -> None:
    lengths = {path.name: len(path.read_text().splitlines()) for path in Path(EXAMPLE).rglob("*.py")}
    assert max(lengths.values()) <= 60, lengths
