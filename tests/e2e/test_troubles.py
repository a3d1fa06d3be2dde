"""The offline environment in trouble: interrupted, crashed, filled with a deployment that failed, and started again."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from cli.deployment import offline_deployment
from cli.project import lake_folder
from offline.health import failure
from offline.lifecycle import down, up
from offline.processes import processes_of
from offline.state import LakeFolder, LakeState, load_state
from tests.e2e.lake import Lake, lake_command, wait_for
from tests.signals import start
from thermocline.events.frames import zstd

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

LAKE = Path(sys.executable).with_name("lake")
MANY = 600_000
_PATIENCE_SECONDS = 90.0


@pytest.fixture
def folder() -> Iterator[LakeFolder]:
    folder = lake_folder(f"troubles-{os.getpid()}")
    yield folder
    down(folder, discard=True)
    shutil.rmtree(folder.path)


def events(folder: LakeFolder, lake: Lake, number: int) -> None:
    run = f"{folder.name}-{number}"
    lake.post("/v1/events", {"event_name": "Seen", "user_id": run, "event_id": run})
    lake.wait_for(f"SELECT 1 FROM clickstream WHERE user_id = '{run}'", 1)


def count(lake: Lake) -> int:
    return int(lake.query("SELECT count(*) FROM clickstream")[0][0] or 0)


def kill_emulator(folder: LakeFolder) -> None:
    state = load_state(folder)
    assert state
    emulator = next(child.pid for child in state.children if child.name == "emulator")
    os.kill(emulator, signal.SIGKILL)
    wait_for(lambda: processes_of(folder), lambda left: left == [])


@pytest.mark.parametrize(
    ("number", "status", "log"),
    [
        (signal.SIGINT, 130, "supervisor.log"),  # it has just been started
        (signal.SIGTERM, 143, "deploy.log"),  # it is being bootstrapped
        (signal.SIGHUP, 129, "deploy.log"),
    ],
)
def test_an_interrupted_up_leaves_nothing(folder: LakeFolder, number: signal.Signals, status: int, log: str) -> None:
    command: list[str | Path] = [LAKE, "up", "--name", folder.name]
    with start(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not (folder.logs / log).exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(number)
        printed, _ = process.communicate(timeout=60)
    assert process.returncode == status, printed
    assert "lake: interrupted\n" in printed
    assert "Traceback" not in printed
    assert processes_of(folder) == []
    assert load_state(folder) is None
    assert not folder.temp.exists()
    assert not folder.deployment.exists()
    assert [child for child in psutil.Process().children(recursive=True) if child.name() == "node"] == []


def test_an_interrupt_leaves_alone_what_ran_before(folder: LakeFolder) -> None:
    up(folder)
    with subprocess.Popen([LAKE, "up", "--name", folder.name], stderr=subprocess.DEVNULL) as process:
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
    state = load_state(folder)
    assert state
    assert failure(folder, state) is None


def test_a_crash_is_told_with_what_is_lost_and_the_ports_stay(folder: LakeFolder) -> None:
    before = up(folder)
    events(folder, Lake(offline_deployment(before)), 1)
    kill_emulator(folder)
    for command in (["query", "select 1"], ["env"], ["status"]):
        told = lake_command(*command, name=folder.name, ok=False).stderr
        assert told.count("\n") == 1
        assert f"`lake up --name {folder.name}` starts it anew and empty" in told
    said: list[str] = []
    after = up(folder, say=said.append)
    assert said == [line for line in said if line.endswith("what it held is lost, and it starts empty")] != []
    assert ports(after) == ports(before)
    assert count(Lake(offline_deployment(after))) == 0


def ports(state: LakeState) -> dict[str, int]:
    return {child.name: child.port for child in state.children}


def test_kept_data_survive_stops_and_a_crash_goes_back_to_the_last(folder: LakeFolder) -> None:
    lake = Lake(offline_deployment(up(folder, keep=True)))
    events(folder, lake, 1)
    assert "its data are kept" in lake_command("down", "--name", folder.name, name=folder.name).stdout
    lake = Lake(offline_deployment(up(folder)))
    assert count(lake) == 1
    events(folder, lake, 2)
    assert count(lake) == 2
    kill_emulator(folder)
    said: list[str] = []
    lake = Lake(offline_deployment(up(folder, say=said.append)))
    assert any("goes back to its last clean stop" in line for line in said)
    assert count(lake) == 1
    events(folder, lake, 3)
    lake_command("down", "--name", folder.name, "--discard", name=folder.name)
    assert not folder.kept.exists()


def test_a_first_deployment_that_failed_does_not_wedge_the_lake(folder: LakeFolder) -> None:
    up(folder)
    folder.deployment.unlink()  # as a deployment that failed leaves it
    said: list[str] = []
    up(folder, say=said.append)
    assert said == [f"the first deployment of {folder.name} did not finish: starting anew"]


def test_a_batch_of_a_killed_convert_is_done_within_a_minute(folder: LakeFolder) -> None:
    lake = Lake(offline_deployment(up(folder)))
    events(folder, lake, 1)  # from here on convert is warm
    s3, bucket = lake.deployment.client("s3"), lake.deployment.output("LakeBucket")
    (key,) = lake.keys("raw/clickstream/")[:1]
    (line,) = zstd.decompress(s3.get_object(Bucket=bucket, Key=key)["Body"].read()).splitlines()[:1]
    event = json.loads(line)
    lines = [json.dumps(event | {"event_id": f"event {number}"}) for number in range(MANY)]
    with ThreadPoolExecutor(1) as watching:
        killing = watching.submit(kill_at_work, folder)
        s3.put_object(Bucket=bucket, Key=f"{key.rpartition('/')[0]}/many", Body="\n".join(lines).encode())
        killed_at = killing.result()
    wait_for(lambda: count(lake), lambda rows: rows == MANY + 1, seconds=100)
    assert time.monotonic() - killed_at < 60


def converting(folder: LakeFolder) -> list[psutil.Process]:
    """The workers that run convert."""
    return [p for p in processes_of(folder) if any("lambdas.convert.handler" in part for part in p.cmdline())]


def kill_at_work(folder: LakeFolder) -> float:
    """Kill convert once it has worked for a tenth of a second; when that was."""
    (worker,) = converting(folder)
    before = worker.cpu_times().user
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while worker.cpu_times().user - before < 0.1:
        assert time.monotonic() < deadline, "convert did not work"
        time.sleep(0.01)
    worker.kill()
    return time.monotonic()
