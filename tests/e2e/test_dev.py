"""`lake dev` as a person uses it, in a copy of the project: a handler edited between two requests, a stack deployed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import requests

from offline.state import LakeFolder, load_state
from stacks.code import ROOT

pytestmark = pytest.mark.long

LAKE = Path(sys.executable).with_name("lake")
_COPIED = (
    "app.py",
    "cdk.json",
    "config",
    "contracts",
    "edge",
    "lambdas",
    "sql",
    "stacks",
    "thermocline",
    "requirements.txt",
)
_START_SECONDS = 120.0
_PATIENCE_SECONDS = 120.0


class Dev:
    """A running `lake dev`, and the project that it works on."""

    def __init__(self, root: Path, *options: str) -> None:
        self.folder = LakeFolder(root=root, name="dev")
        self.printed = root / "printed.txt"
        with self.printed.open("wb") as output:
            self.process = subprocess.Popen(
                [LAKE, "dev", "--name", "dev", *options], cwd=root, stdin=subprocess.PIPE, stdout=output, stderr=output,
                env=os.environ | {"COLUMNS": "200"},
            )  # fmt: skip
        self.wait_for("q quits", seconds=_START_SECONDS)

    def wait_for(self, text: str, *, seconds: float = _PATIENCE_SECONDS, after: int = 0) -> None:
        deadline = time.monotonic() + seconds
        while text not in self.printed.read_text()[after:]:
            assert self.process.poll() is None, self.printed.read_text()
            assert time.monotonic() < deadline, self.printed.read_text()
            time.sleep(0.1)

    def press(self, keys: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(keys.encode())
        self.process.stdin.flush()

    def get(self, path: str) -> Any:
        state = load_state(self.folder)
        assert state
        answer = requests.get(state.url("frontdoor") + path, timeout=20)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.folder.root / file
        assert path.read_text().count(old) == 1
        path.write_text(path.read_text().replace(old, new))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("dev")
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    for name in _COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, root / name)
    return root


@pytest.fixture(scope="module")
def dev(project: Path) -> Iterator[Dev]:
    session = Dev(project)
    try:
        yield session
    finally:
        session.process.send_signal(signal.SIGINT)
        session.process.communicate(timeout=60)


def test_the_next_request_runs_the_edited_handler_within_a_second(dev: Dev) -> None:
    assert dev.get("/healthz") == {"status": "ok"}
    dev.edit("thermocline/ingest/use_case.py", '"status": "ok"', '"status": "edited"')
    started = time.perf_counter()
    assert dev.get("/healthz") == {"status": "edited"}
    # About 0.4 s on two busy cores; the bound leaves room for other tests on the same machine.
    assert time.perf_counter() - started < 3


def test_a_mistake_is_answered_and_mended(dev: Dev) -> None:
    dev.edit("lambdas/ingest/handler.py", "return response_to(", "return response_to((")
    state = load_state(dev.folder)
    assert state
    assert requests.get(state.url("frontdoor") + "/healthz", timeout=20).status_code >= 500
    dev.edit("lambdas/ingest/handler.py", "return response_to((", "return response_to(")
    assert dev.get("/healthz") == {"status": "edited"}


def test_logs_are_shown_with_function_and_request(dev: Dev) -> None:
    dev.get("/healthz")
    dev.wait_for("done in")
    assert any(" ingest " in line for line in dev.printed.read_text().splitlines())


def test_every_request_is_in_the_journal_and_runs_again(dev: Dev) -> None:
    dev.get("/healthz")
    listed = json.loads(lake(dev, "invoke", "ingest", "--list", "--json"))
    assert listed[0]["event"]["rawPath"] == "/healthz"
    again = json.loads(lake(dev, "invoke", "ingest", "--replay", listed[0]["id"][:12]))
    assert json.loads(again["body"]) == {"status": "edited"}


def test_a_changed_stack_is_compared_and_deployed_on_a_key(dev: Dev) -> None:
    shown = len(dev.printed.read_text())
    output = 'self.output("IngestUrl", api.url)'
    dev.edit("stacks/ingest.py", output, f"{output}; self.output('More', 'x')")
    dev.wait_for("press d to deploy this", after=shown)
    assert "local-thermocline-ingest" in dev.printed.read_text()[shown:]
    assert "local-thermocline-storage" not in dev.printed.read_text()[shown:]
    dev.press("d\n")
    dev.wait_for("deployed", after=shown)
    assert dev.get("/healthz") == {"status": "edited"}  # the runner has the functions still


def test_q_ends_it_and_leaves_nothing_running(dev: Dev) -> None:
    state = load_state(dev.folder)
    assert state
    pids = [state.supervisor_pid, *(child.pid for child in state.children)]
    assert all(psutil.pid_exists(pid) for pid in pids)
    dev.press("q\n")
    assert dev.process.wait(60) == 0
    assert load_state(dev.folder) is None
    assert not any(psutil.pid_exists(pid) for pid in pids)
    assert not dev.folder.journal.exists()


def lake(dev: Dev, *arguments: str) -> str:
    command = [str(LAKE), *arguments, "--name", "dev"]
    return subprocess.run(command, cwd=dev.folder.root, capture_output=True, text=True, check=True).stdout
