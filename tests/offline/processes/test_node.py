"""The runner with real workers of Node.js."""

import asyncio
import json
import socket
import subprocess
import time
from pathlib import Path

import aiohttp
import psutil
import pytest

from kit.nodejs import node_folder
from offline.ports import free_ports
from offline.runner.frames import read_frame
from offline.runner.languages import NODE_WORKER
from offline.runner.runner import Runner
from tests.offline.processes.one_function import Invoke, Lake, error, result

HANDLER = """
import { spawn } from "node:child_process";
import { shout, type Event } from "../shared/text";

const { pid } = process;

export const handler = async (event: Event, context: any): Promise<unknown> => {
  switch (event.do) {
    case "echo":
      console.log("working\\non it");
      console.error(shout("aside"));
      return { event, pid, id: context.awsRequestId, name: context.functionName, mine: process.env.MINE,
               left: context.getRemainingTimeInMillis(), memory: context.memoryLimitInMB, cwd: process.cwd() };
    case "sleep":
      await new Promise((resolve) => setTimeout(resolve, event.seconds! * 1000));
      return { pid };
    case "loop":
      for (;;);
    case "raise":
      throw new RangeError("no such order");
    case "reject":
      throw "a text";
    case "forget":
      Promise.reject(new Error("nobody waits for it"));
      await new Promise((resolve) => setTimeout(resolve, 1000));
    case "exit":
      process.exit(7);
    case "nothing":
      return;
    case "big":
      return 1n;
    case "trace":
      return process.env._X_AMZN_TRACE_ID ?? null;
    case "metric":
      console.log(JSON.stringify({ _aws: { Timestamp: 0, CloudWatchMetrics: [
        { Namespace: "N", Metrics: [{ Name: "m" }] }] }, m: 5 }));
      return;
    case "half a line":
      process.stdout.write("no newline");
      return;
    case "spawn":
      return spawn("sleep", ["60"]).pid;
  }
};
"""
SHARED = """
export interface Event { do: string; seconds?: number }
export const shout = (text: string): string => text.toUpperCase();
"""


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    made = Lake(tmp_path, file="handler.ts", text=HANDLER, runtime="nodejs22.x")
    shared = tmp_path / "lambdas" / "shared" / "text.ts"
    shared.parent.mkdir()
    shared.write_text(SHARED)
    return made


def test_a_worker_is_warm_and_the_handler_sees_lambdas_context_and_environment(lake: Lake) -> None:
    async def use(invoke: Invoke) -> None:
        first, second = result(await invoke(do="echo", text="ü")), result(await invoke(do="echo"))
        assert first["event"] == {"do": "echo", "text": "ü"}
        assert (first["id"], first["name"], first["mine"], first["memory"]) == ("r-1", "own", "1", "512")
        assert 15_000 < first["left"] <= 20_000
        assert first["pid"] == second["pid"]
        assert first["cwd"] == str(lake.root)

    lake.run(use)
    lines = [line.split(" ", 2)[1:] for line in lake.log.read_text().splitlines()]
    assert [text.split()[0] for _, text in lines[:6]] == ["START", "working", "on", "ASIDE", "END", "REPORT"]
    assert {request for request, _ in lines} == {"r-1"}
    assert "Init Duration" in lines[5][1]
    assert "Init Duration" not in lines[11][1]
    assert int(lines[5][1].partition("Max Memory Used: ")[2].split()[0]) > 20


def test_invocations_run_in_parallel_up_to_the_limit_and_the_rest_wait(lake: Lake) -> None:
    async def use(invoke: Invoke) -> None:
        await asyncio.gather(*(invoke(do="sleep", seconds=0.1) for _ in range(2)))
        started = time.perf_counter()
        results = [result(o) for o in await asyncio.gather(*(invoke(do="sleep", seconds=0.4) for _ in range(4)))]
        assert 0.8 <= time.perf_counter() - started < 1.4
        assert len({r["pid"] for r in results}) == 2

    lake.run(use)


def test_a_large_event_and_result_pass_whole(lake: Lake) -> None:
    async def use(invoke: Invoke) -> None:
        text = "é" * 3_000_000
        assert result(await invoke(do="echo", text=text))["event"]["text"] == text

    lake.run(use)


def test_a_failing_handler_answers_in_lambdas_shape_and_its_worker_lives(lake: Lake) -> None:
    line = 1 + next(number for number, text in enumerate(HANDLER.splitlines()) if "RangeError" in text)

    async def use(invoke: Invoke) -> None:
        pid = result(await invoke(do="echo"))["pid"]
        body = error(await invoke(do="raise"))
        assert (body["errorType"], body["errorMessage"]) == ("RangeError", "no such order")
        assert body["trace"][0] == "RangeError: no such order"
        assert f"{lake.handler}:{line}:" in body["trace"][1], "the source, not the bundle"
        assert error(await invoke(do="reject")) == {"errorType": "string", "errorMessage": "a text", "trace": []}
        big = error(await invoke(do="big"))
        assert (big["errorType"], big["errorMessage"]) == ("Error", "Unable to stringify response body")
        assert result(await invoke(do="nothing")) is None
        assert result(await invoke(do="echo"))["pid"] == pid

    lake.run(use)
    assert "r-1 [ERROR] RangeError: no such order" in lake.log.read_text()


@pytest.mark.parametrize("how", ["loop", "sleep"])
def test_a_timeout_kills_the_worker_and_the_next_invocation_has_a_new_one(lake: Lake, how: str) -> None:
    lake.function["Timeout"] = 1

    async def use(invoke: Invoke) -> None:
        pid = result(await invoke(do="echo"))["pid"]
        body = error(await invoke(do=how, seconds=30))
        assert body["errorType"] == "Sandbox.Timedout"
        assert body["errorMessage"].endswith("r-1 Task timed out after 1.00 seconds")
        assert not psutil.pid_exists(pid)
        assert result(await invoke(do="echo"))["pid"] != pid

    lake.run(use)


@pytest.mark.parametrize(("how", "status"), [("exit", 7), ("forget", 1)])
def test_a_crash_fails_its_invocation_only(lake: Lake, how: str, status: int) -> None:
    async def use(invoke: Invoke) -> None:
        body = error(await invoke(do=how))
        assert body["errorType"] == "Runtime.ExitError"
        assert f"exit status {status}" in body["errorMessage"]
        result(await invoke(do="echo"))

    lake.run(use)
    assert ("nobody waits for it" in lake.log.read_text()) == (how == "forget")


def test_the_next_request_runs_the_edited_file(lake: Lake) -> None:
    async def use(invoke: Invoke) -> None:
        await invoke(do="echo")
        lake.handler.write_text("export const handler = async () => 'edited'")
        assert result(await invoke(do="echo")) == "edited"
        lake.handler.write_text("export const handler = async ( => 'edited'")
        broken = error(await invoke(do="echo"))
        assert broken["errorType"] == "Runtime.ImportModuleError"
        assert "lambdas/own/handler.ts:1:" in broken["errorMessage"]
        lake.handler.write_text("export const other = async () => 'edited'")
        assert "exports no 'handler'" in error(await invoke(do="echo"))["errorMessage"]
        lake.handler.write_text("export const handler = async () => 'mended'")
        assert result(await invoke(do="echo")) == "mended"

    lake.run(use)
    assert "- [ERROR] Runtime.ImportModuleError: handler 'lambdas/own/handler.handler': " in lake.log.read_text()
    assert list((lake.root / "tmp" / "lambda-own").iterdir()) == [], "bundles outlive their workers"


def test_an_edited_import_is_an_edit_too(lake: Lake) -> None:
    async def use(invoke: Invoke) -> None:
        await invoke(do="echo")
        (lake.root / "lambdas" / "shared" / "text.ts").write_text("export const shout = () => 'changed';")
        await invoke(do="echo")

    lake.run(use)
    text = lake.log.read_text()
    assert "ASIDE" in text
    assert "changed" in text


def test_what_a_module_raises_when_it_is_imported_is_told(lake: Lake) -> None:
    lake.handler.write_text("export const handler = async () => 1;\nundefined_name();")

    async def use(invoke: Invoke) -> None:
        body = error(await invoke(do="echo"))
        assert (body["errorType"], body["errorMessage"]) == ("ReferenceError", "undefined_name is not defined")
        assert f"{lake.handler}:2:" in body["trace"][1]

    lake.run(use)


CALLBACK = "exports.handler = (event, context, callback) => { setTimeout(() => callback(%s), 10); };"
STYLES = [
    ("nodejs22.x", CALLBACK % "null, 1", 1),
    ("nodejs22.x", CALLBACK % "new TypeError('x')", "TypeError"),
    ("nodejs22.x", "exports.handler = () => { throw new TypeError('x') };", "TypeError"),
    ("nodejs22.x", "exports.handler = () => 1;", None),  # Lambda ignores it
    ("nodejs24.x", "exports.handler = () => 1;", 1),
    ("nodejs24.x", CALLBACK % "null, 1", "Runtime.CallbackHandlerDeprecated"),
    ("nodejs24.x", "exports.handler = { no: 'function' };", "Runtime.HandlerNotFound"),
    ("nodejs20.x", "module.exports = { handler: async () => require('node:path').sep + typeof __dirname };", "/string"),
    ("nodejs22.x", "const one = await Promise.resolve(1);\nexport const handler = async () => one;", 1),
]


@pytest.mark.parametrize(("runtime", "text", "expected"), STYLES)
def test_handlers_of_every_style_run_as_lambda_runs_them(
    tmp_path: Path, runtime: str, text: str, expected: object
) -> None:
    lake = Lake(tmp_path, file="handler.js", text=text, runtime=runtime)

    async def use(invoke: Invoke) -> None:
        for _ in range(2):
            outcome = await invoke()
            body = json.loads(outcome.payload)
            assert (body if outcome.ok else body["errorType"]) == expected

    lake.run(use)


PACKAGE = "{ 'name': '@aws-sdk/client-x', 'main': 'index.js' }".replace("'", '"')


@pytest.mark.parametrize("bundle", ['{"format": "cjs"}', '{"format": "esm"}', ""])
def test_the_aws_sdk_is_taken_from_the_projects_packages(tmp_path: Path, bundle: str) -> None:
    text = "import { name } from '@aws-sdk/client-x';\nexport const handler = async () => name;"
    lake = Lake(tmp_path, file="handler.js", text=text, runtime="nodejs24.x")
    lake.function["Environment"]["Variables"] = {"LAKE_SRC": "lambdas", "LAKE_BUNDLE": bundle}
    lake.function["Handler"] = "own/handler.handler"
    package = tmp_path / "lambdas" / "node_modules" / "@aws-sdk" / "client-x"

    async def use(invoke: Invoke) -> None:
        message = error(await invoke())["errorMessage"]
        assert "'@aws-sdk/client-x'" in message
        assert "Lambda has it, this machine has not: `npm install --save-dev @aws-sdk/client-x` in the" in message
        package.mkdir(parents=True)
        (package / "package.json").write_text(PACKAGE)
        (package / "index.js").write_text("exports.name = 'found';")
        assert result(await invoke()) == "found"

    lake.run(use)


def test_a_language_that_does_not_run_offline_says_so(lake: Lake) -> None:
    lake.function |= {"Runtime": "provided.al2023", "Handler": "bootstrap"}

    async def use(invoke: Invoke) -> None:
        body = error(await invoke())
        assert body["errorType"] == "Runtime.NotOffline"
        assert "provided.al2023 does not run offline, only Python and Node.js do" in body["errorMessage"]

    lake.run(use)
    assert "- [ERROR] Runtime.NotOffline: own: provided.al2023 does not run offline" in lake.log.read_text()


def test_metrics_half_lines_and_traces(lake: Lake) -> None:
    async def use(runner: Runner) -> None:
        for event in ({"do": "metric"}, {"do": "half a line"}):
            assert result(await runner.invoke("own", json.dumps(event).encode())) is None
        assert result(await runner.invoke("own", b'{"do": "trace"}', trace_id="Root=1")) == "Root=1"
        assert result(await runner.invoke("own", b'{"do": "trace"}')) is None

    lake.use(use)
    [(namespace, [datum])] = lake.puts
    assert (namespace, datum["MetricName"], datum["Values"]) == ("N", "m", [5.0])
    assert " no newline\n" in lake.log.read_text()


def test_nothing_that_a_handler_started_outlives_the_runner(lake: Lake) -> None:
    pids: list[int] = []

    async def use(invoke: Invoke) -> None:
        pids.append(result(await invoke(do="spawn")))
        pids.append(result(await invoke(do="echo"))["pid"])
        assert all(psutil.pid_exists(pid) for pid in pids)

    lake.run(use)
    _, alive = psutil.wait_procs([psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)], timeout=5)
    assert [p for p in alive if p.status() != psutil.STATUS_ZOMBIE] == []


def test_twenty_at_once_are_all_answered(lake: Lake) -> None:
    async def use(invoke: Invoke) -> None:
        answers = await asyncio.gather(*(invoke(do="echo", number=number) for number in range(20)))
        assert [result(answer)["event"]["number"] for answer in answers] == list(range(20))

    lake.run(use)
    assert len(lake.journal) == 20


def test_a_debugger_has_all_the_time_that_it_needs(lake: Lake) -> None:
    lake.function["Timeout"] = 1
    (port,) = free_ports(1)

    async def use(runner: Runner) -> None:
        await runner.debug("own", port)
        invoking = asyncio.create_task(runner.invoke("own", b'{"do": "echo"}'))
        url = await asyncio.wait_for(inspector(port), 20)
        async with aiohttp.ClientSession() as session, session.ws_connect(url) as debugger:
            await asyncio.sleep(1.2)  # longer than the function's own timeout
            assert not invoking.done()
            await debugger.send_json({"id": 1, "method": "Runtime.runIfWaitingForDebugger"})
            assert result(await invoking)["event"] == {"do": "echo"}
        await runner.debug("own", None)
        assert result(await runner.invoke("own", b'{"do": "echo"}'))["event"] == {"do": "echo"}

    lake.use(use)


async def inspector(port: int) -> str:
    """The address of the only thing to debug, once Node listens."""
    async with aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                    (target,) = await answer.json(content_type=None)
                    return str(target["webSocketDebuggerUrl"])
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)


def test_a_worker_ends_with_its_runner(tmp_path: Path) -> None:
    handler = tmp_path / "handler.mjs"
    handler.write_text("export const handler = async () => 1;")
    ours, theirs = socket.socketpair()
    with theirs:
        command = [str(node_folder() / "node"), str(NODE_WORKER), str(theirs.fileno()), str(handler), "handler"]
        worker = subprocess.Popen(command, pass_fds=[theirs.fileno()], env={})
    with ours.makefile("rb") as answers:
        assert read_frame(answers) == ({"ready": True}, b"")
    ours.close()
    assert worker.wait(10) == 0
