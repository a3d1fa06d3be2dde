"""What a start says of an earlier life, and what it refuses."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from offline.deployment import DeployedApi, OfflineDeployment, save_deployment
from offline.errors import OfflineError
from offline.health import failure
from offline.lifecycle import wait_until_seen
from offline.ports import is_free, load_ports
from offline.processes import is_ours, marker
from offline.starting import BY_PORT, give_ports, needs_start, refuse_change
from offline.state import ChildState, Crash, LakeFolder, LakeState, save_state

CRASH = Crash(child="emulator", exit_status=-9, last_line="out of memory")


@pytest.fixture
def folder(tmp_path: Path) -> LakeFolder:
    return LakeFolder(root=tmp_path / "lake one ü", name="one")


def state(folder: LakeFolder, **more: object) -> LakeState:
    return replace(
        LakeState(
            name="one",
            stage="local",
            phase="running",
            supervisor_pid=2**22 + 1,  # nobody's
            started_at="2026-11-26T12:00:00+00:00",
            temp_folder=str(folder.temp),
            children=(ChildState(name="frontdoor", pid=1, port=8080),),
        ),
        **more,  # type: ignore[arg-type]
    )


@contextmanager
def running(folder: LakeFolder) -> Iterator[int]:
    """A process that bears the environment's mark."""
    with subprocess.Popen(["sleep", "60"], env=os.environ | marker(folder)) as process:
        wait_until_seen(lambda: is_ours(folder, process.pid), lambda: False)
        try:
            yield process.pid
        finally:
            process.kill()


def said_at_start(folder: LakeFolder, found: LakeState) -> list[str]:
    said: list[str] = []
    save_state(folder, found)
    assert needs_start(folder, said.append)
    assert all("\n" not in line for line in said)
    return said


def test_the_first_start_has_nothing_to_say(folder: LakeFolder) -> None:
    said: list[str] = []
    assert needs_start(folder, said.append)
    assert said == []


@pytest.mark.parametrize(
    ("keep", "lost"),
    [(False, "what it held is lost, and it starts empty"), (True, "it goes back to its last clean stop")],
)
def test_after_a_crash_a_start_says_what_is_lost(folder: LakeFolder, keep: bool, lost: str) -> None:
    log = folder.logs / "emulator.log"
    assert said_at_start(folder, state(folder, crash=CRASH, keep=keep)) == [
        f"one failed: emulator was killed by signal 9: out of memory (log: {log}); {lost}"
    ]
    assert said_at_start(folder, state(folder, keep=keep)) == [f"one lost its supervisor; {lost}"]


def test_a_first_deployment_that_did_not_finish_starts_anew(folder: LakeFolder) -> None:
    with running(folder) as pid:
        found = state(folder, supervisor_pid=pid)
        assert said_at_start(folder, found) == ["the first deployment of one did not finish: starting anew"]
        save_deployment(
            folder, OfflineDeployment(inputs_hash="", ingest=DeployedApi(construct="", name="", host="", path=""))
        )
        assert not needs_start(folder, print)


def test_every_failure_names_its_ways_out(folder: LakeFolder) -> None:
    for found in (state(folder, crash=CRASH), state(folder), state(folder, crash=CRASH, keep=True)):
        told = failure(folder, found) or ""
        assert "\n" not in told
        assert "`lake up --name one` starts it" in told
        assert "`lake down --name one` clears it away" in told


def test_what_an_environment_that_is_up_cannot_take_on(folder: LakeFolder) -> None:
    save_state(folder, state(folder))
    refuse_change(folder, iam=False, keep=False, port=8080)
    for wanted, told in (
        ({"iam": True, "keep": False, "port": None}, "without IAM"),
        ({"iam": False, "keep": True, "port": None}, "without --keep"),
        ({"iam": False, "keep": False, "port": 9090}, "at port 8080"),
    ):
        with pytest.raises(OfflineError, match=f"one is up {told}: `lake down --name one` first"):
            refuse_change(folder, **wanted)


def test_ports_are_remembered_and_a_change_is_said(folder: LakeFolder) -> None:
    said: list[str] = []
    give_ports(folder, keep=False, port=None, say=said.append)
    first = load_ports(folder.ports)
    assert set(first) == set(BY_PORT)
    give_ports(folder, keep=False, port=None, say=said.append)
    assert (load_ports(folder.ports), said) == (first, [])
    with socket.create_server(("127.0.0.1", first["frontdoor"])):
        give_ports(folder, keep=False, port=None, say=said.append)
    (line,) = said
    now = load_ports(folder.ports)
    assert line.startswith(f"port {first['frontdoor']} is taken (by process {os.getpid()}, ")
    assert line.endswith(f": the frontdoor of one is on {now['frontdoor']} now")
    assert {**now, "frontdoor": 0} == {**first, "frontdoor": 0}


def test_kept_data_need_the_emulators_own_port(folder: LakeFolder) -> None:
    give_ports(folder, keep=True, port=None, say=print)
    (folder.kept / "state").mkdir(parents=True)
    port = load_ports(folder.ports)["emulator"]
    with socket.create_server(("127.0.0.1", port)), pytest.raises(OfflineError, match=f"port {port}, .*--discard"):
        give_ports(folder, keep=True, port=None, say=print)


def test_the_first_port_may_be_chosen(folder: LakeFolder) -> None:
    # Below the ports that the system gives to connections, any of which may take one at this moment.
    first = next(port for port in range(20_000, 32_000, 4) if all(is_free(port + place) for place in range(4)))
    give_ports(folder, keep=False, port=first, say=print)
    assert [load_ports(folder.ports)[name] for name in BY_PORT] == [first + n for n in range(4)]
