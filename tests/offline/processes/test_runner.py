"""The runner with real worker processes."""

import asyncio
import contextlib
import json
import time
from pathlib import Path

import psutil
import pytest

from offline.journal import Call
from offline.ports import free_ports
from offline.runner.process import Outcome
from offline.runner.runner import Runner
from tests.offline.processes.debugger import Debugger
from tests.offline.processes.one_function import Invoke, Lake, error, result

HANDLER = """
import json, os, subprocess, sys, time

started = time.time()

def handler(event, context):
    match event["do"]:
        case "echo":
            print("working\\non it")
            return {"event": event, "pid": os.getpid(), "id": context.aws_request_id, "name": context.function_name,
                    "left": context.get_remaining_time_in_millis(), "mine": os.environ["MINE"]}
        case "sleep":
            time.sleep(event["seconds"])
            return {"pid": os.getpid(), "at": time.time()}
        case "raise":
            raise ValueError("no such order")
        case "exit":
            os._exit(7)
        case "environment":
            return dict(os.environ)
        case "metric":
            print(json.dumps({"_aws": {"Timestamp": 0, "CloudWatchMetrics": [
                {"Namespace": "N", "Metrics": [{"Name": "m"}]}]}, "m": 5}))
        case "call":
            import boto3
            client = boto3.client("s3", endpoint_url="http://127.0.0.1:1", aws_access_key_id="a",
                                  aws_secret_access_key="b", region_name="us-east-1")
            client.generate_presigned_url("get_object", Params={"Bucket": "b", "Key": "k"})
            try:
                client.list_objects_v2(Bucket="lake", Prefix="raw/")
            except Exception as error:
                return type(error).__name__
        case "spawn":
            return subprocess.Popen(["sleep", "60"]).pid
"""


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    made = Lake(tmp_path, file="handler.py", text=HANDLER, runtime="python3.14")
    for package in (made.handler.parent, made.handler.parent.parent):
        (package / "__init__.py").touch()
    return made


def test_a_worker_is_warm_and_the_handler_sees_lambdas_context_and_environment(lake: Lake) -> None:
    async def use(invoke: Invoke) -> None:
        first, second = result(await invoke(do="echo", text="ü")), result(await invoke(do="echo"))
        assert first["event"] == {"do": "echo", "text": "ü"}
        assert (first["id"], first["name"], first["mine"]) == ("r-1", "own", "1")
        assert 15_000 < first["left"] <= 20_000
        assert first["pid"] == second["pid"]

    lake.run(use)
    lines = [line.split(" ", 2)[1:] for line in lake.log.read_text().splitlines()]
    assert [text.split()[0] for _, text in lines[:5]] == ["START", "working", "on", "END", "REPORT"]
    assert {request for request, _ in lines} == {"r-1"}
    assert "Init Duration" in lines[4][1]
    assert "Init Duration" not in lines[9][1]


def test_invocations_run_in_parallel_up_to_the_limit_and_the_rest_wait(lake: Lake) -> None:
    async def use(invoke: Invoke) -> None:
        await asyncio.gather(*(invoke(do="sleep", seconds=0.1) for _ in range(2)))
        started = time.perf_counter()
        results = [result(o) for o in await asyncio.gather(*(invoke(do="sleep", seconds=0.4) for _ in range(4)))]
        assert 0.8 <= time.perf_counter() - started < 1.4
        assert len({r["pid"] for r in results}) == 2

    lake.run(use)


def test_a_failing_handler_answers_in_lambdas_shape_and_its_worker_lives(lake: Lake) -> None:
    async def use(invoke: Invoke) -> None:
        pid = result(await invoke(do="echo"))["pid"]
        body = error(await invoke(do="raise"))
        assert (body["errorType"], body["errorMessage"]) == ("ValueError", "no such order")
        assert "raise ValueError" in body["stackTrace"][-1]
        assert result(await invoke(do="echo"))["pid"] == pid

    lake.run(use)
    assert "[ERROR] ValueError: no such order" in lake.log.read_text()


def test_a_timeout_kills_the_worker_and_the_next_invocation_has_a_new_one(lake: Lake) -> None:
    lake.function["Timeout"] = 1

    async def use(invoke: Invoke) -> None:
        pid = result(await invoke(do="echo"))["pid"]
        body = error(await invoke(do="sleep", seconds=30))
        assert body["errorType"] == "Sandbox.Timedout"
        assert body["errorMessage"].endswith("r-1 Task timed out after 1.00 seconds")
        assert not psutil.pid_exists(pid)
        assert result(await invoke(do="echo"))["pid"] != pid

    lake.run(use)


def test_a_crash_fails_its_invocation_only(lake: Lake) -> None:
    async def use(invoke: Invoke) -> None:
        body = error(await invoke(do="exit"))
        assert body["errorType"] == "Runtime.ExitError"
        assert "exit status 7" in body["errorMessage"]
        result(await invoke(do="echo"))

    lake.run(use)


def test_the_next_request_runs_the_edited_file(lake: Lake) -> None:
    async def use(invoke: Invoke) -> None:
        await invoke(do="echo")
        lake.handler.write_text("def handler(event, context): return 'edited'")
        assert result(await invoke(do="echo")) == "edited"
        lake.handler.write_text("def handler(event, context: return")
        broken = error(await invoke(do="echo"))
        assert broken["errorType"] == "Runtime.ImportModuleError"
        assert "def handler(event, context: return" in "".join(broken["stackTrace"])
        lake.handler.write_text("def handler(event, context): return 'mended'")
        assert result(await invoke(do="echo")) == "mended"

    lake.run(use)


def test_a_deployment_brings_the_new_configuration(lake: Lake) -> None:
    async def use(invoke: Invoke) -> None:
        assert result(await invoke(do="echo"))["mine"] == "1"
        lake.function["Environment"] = {"Variables": {"MINE": "2"}}
        (lake.root / "deployment.json").write_text("{}")
        assert result(await invoke(do="echo"))["mine"] == "2"

    lake.run(use)


def test_metrics_in_the_output_are_sent_at_the_latest_at_the_end(lake: Lake) -> None:
    async def use(invoke: Invoke) -> None:
        assert result(await invoke(do="metric")) is None

    lake.run(use)
    [(namespace, [datum])] = lake.puts
    assert (namespace, datum["MetricName"], datum["Values"]) == ("N", "m", [5.0])


def test_nothing_that_a_handler_started_outlives_the_runner(lake: Lake) -> None:
    pids: list[int] = []

    async def use(invoke: Invoke) -> None:
        pids.append(result(await invoke(do="spawn")))
        pids.append(result(await invoke(do="echo"))["pid"])
        assert all(psutil.pid_exists(pid) for pid in pids)

    lake.run(use)
    _, alive = psutil.wait_procs([psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)], timeout=5)
    assert [p for p in alive if p.status() != psutil.STATUS_ZOMBIE] == []


def test_every_invocation_is_recorded_with_the_calls_that_it_made(lake: Lake) -> None:
    async def use(invoke: Invoke) -> None:
        assert result(await invoke(do="call")) == "EndpointConnectionError"
        error(await invoke(do="raise"))

    lake.run(use)
    first, second = lake.journal
    assert (first.id, first.function, first.ok, json.loads(first.event)) == ("r-1", "own", True, {"do": "call"})
    assert Call(service="s3", operation="ListObjectsV2", resource="lake") in first.calls
    assert first.seconds > 0
    assert (second.ok, second.calls, json.loads(second.result)["errorType"]) == (False, frozenset(), "ValueError")


def test_twenty_at_once_are_all_answered(lake: Lake) -> None:
    async def use(invoke: Invoke) -> None:
        answers = await asyncio.gather(*(invoke(do="echo", number=number) for number in range(20)))
        assert [result(answer)["event"]["number"] for answer in answers] == list(range(20))

    lake.run(use)


async def gone(port: int) -> None:
    """Return when nothing listens on a port any more."""
    with contextlib.suppress(ConnectionRefusedError):
        while True:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            await asyncio.sleep(0.1)


def test_a_debugger_stops_a_function_at_a_line_for_as_long_as_it_likes(lake: Lake) -> None:
    lake.function["Timeout"] = 1
    (port,) = free_ports(1)
    line = 1 + next(number for number, text in enumerate(HANDLER.splitlines()) if "on it" in text)

    async def use(runner: Runner) -> None:
        async def invoke() -> Outcome:
            return await runner.invoke("own", b'{"do": "echo"}', request_id="r-1")

        await runner.debug("own", port)
        answering = asyncio.create_task(invoke())
        debugger = await asyncio.wait_for(Debugger.attach(port, str(lake.handler), line), 30)
        stopped = await asyncio.wait_for(debugger.event("stopped"), 30)
        frames = await debugger.ask("stackTrace", threadId=stopped["threadId"])
        assert (stopped["reason"], frames["stackFrames"][0]["line"]) == ("breakpoint", line)
        await asyncio.sleep(1.5)  # longer than the function's own timeout
        assert not answering.done()
        await debugger.ask("continue", threadId=stopped["threadId"])
        assert result(await answering)["id"] == "r-1"
        await runner.debug("own", None)
        assert "LAKE_DEBUG_PORT" not in result(await runner.invoke("own", b'{"do": "environment"}'))
        debugger.leave()
        await asyncio.wait_for(gone(port), 10)

    lake.use(use)
