"""The supervisor with real processes that stand in for the emulator and the front door."""

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from offline.errors import OfflineError
from offline.health import failure, is_running
from offline.lifecycle import down, launch, wait_until_running
from offline.processes import processes_of
from offline.state import LakeFolder, LakeState, load_state

SUPERVISOR = (sys.executable, str(Path(__file__).with_name("fake_lake.py")))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[LakeFolder]:
    folder = LakeFolder(root=tmp_path, name="one")
    yield folder
    down(folder)


def start(folder: LakeFolder) -> LakeState:
    launch(folder, "local", SUPERVISOR)
    return wait_until_running(folder)


def until_failed(folder: LakeFolder) -> LakeState:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        state = load_state(folder)
        if state and state.phase == "failed":
            return state
        time.sleep(0.05)
    raise AssertionError(load_state(folder))


def listens(state: LakeState) -> list[bool]:
    answers = []
    for child in state.children:
        with socket.socket() as client:
            answers.append(client.connect_ex(("127.0.0.1", child.port)) == 0)
    return answers


def assert_nothing_is_left(folder: LakeFolder, state: LakeState) -> None:
    assert processes_of(folder) == []
    assert listens(state) == [False, False]
    assert not folder.temp.exists()


def test_up_and_down_leaves_only_logs(folder: LakeFolder) -> None:
    state = start(folder)
    assert is_running(folder, state)
    assert listens(state) == [True, True]
    assert any(folder.temp.iterdir())
    assert len(processes_of(folder)) == 5  # the supervisor, two children, and what each of them started
    assert down(folder)
    assert_nothing_is_left(folder, state)
    assert {path.name for path in folder.path.iterdir()} == {"logs"}
    assert not down(folder)


def test_a_childs_crash_is_told_in_one_line_and_the_rest_is_stopped(folder: LakeFolder) -> None:
    state = start(folder)
    os.kill(state.children[0].pid, signal.SIGKILL)
    failed = until_failed(folder)
    problem = failure(folder, failed)
    assert problem
    assert "\n" not in problem
    assert "emulator was killed by signal 9" in problem
    psutil.wait_procs(processes_of(folder), timeout=10)
    assert_nothing_is_left(folder, state)
    assert not is_running(folder, failed)


def test_a_child_that_can_not_start_is_told_by_its_last_line(folder: LakeFolder) -> None:
    script = folder.root / "broken.py"
    text = Path(SUPERVISOR[1]).read_text().replace("print('ready to serve', flush=True)", "sys.exit('no such port')")
    script.write_text(text)
    launch(folder, "local", (sys.executable, str(script)))
    with pytest.raises(OfflineError, match="ended with 1: no such port"):
        wait_until_running(folder)


def test_a_supervisor_that_can_not_start_is_told_by_its_last_line(folder: LakeFolder) -> None:
    launch(folder, "local", (sys.executable, "-c", "import sys; sys.exit('broken supervisor')"))
    with pytest.raises(OfflineError, match="broken supervisor"):
        wait_until_running(folder)


def test_down_ends_what_a_killed_supervisor_left(folder: LakeFolder) -> None:
    state = start(folder)
    os.kill(state.supervisor_pid, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while is_running(folder, state) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert "lost its supervisor" in (failure(folder, state) or "")
    assert listens(state) == [True, True]
    assert down(folder)
    assert_nothing_is_left(folder, state)


def test_two_run_side_by_side_and_end_apart(folder: LakeFolder) -> None:
    other = LakeFolder(root=folder.root, name="two")
    first, second = start(folder), start(other)
    try:
        assert not {c.port for c in first.children} & {c.port for c in second.children}
        down(folder)
        assert_nothing_is_left(folder, first)
        assert listens(second) == [True, True]
        assert is_running(other, second)
    finally:
        down(other)
    assert_nothing_is_left(other, second)
