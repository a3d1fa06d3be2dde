"""The state machine of the template, run by the emulator; a server of the test answers for the promote function."""

from __future__ import annotations

import io
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import boto3
import pytest

from tests.infra.assembly import synthesise

CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
ROLE = "arn:aws:iam::000000000000:role/any"
ROUNDS = [["clickstream", "telemetry"], ["quarantine"]]
Event = dict[str, Any]


class Function:
    """The promote function: what it was asked, and what it answers."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.promote: Callable[[Event], Event] = lambda turn: {**turn, "next": "done"}
        self.engine = "lambda"
        self.job: Callable[[Event], Event] = lambda turn: {**turn, "next": "again"}

    def __call__(self, event: Event) -> Any:
        self.events.append(event)
        match event["action"]:
            case "list":
                return {"before": "2026-11-26-14", "rounds": ROUNDS}
            case "measure":
                engine = self.engine if event["table"] == "clickstream" else "lambda"
                return {"gen": "2026-11-26-13", "files": 1, "bytes": 5, "engine": engine}
            case "promote":
                return self.promote(event["turn"])
            case "start_job":
                self.engine = "lambda"  # nothing as large is left
                return {**event["turn"], "next": "wait", "job": "j1", "wait_seconds": 30}
            case "job_state":
                return self.job(event["turn"])
            case "report":
                turns = [turn for tables in event["rounds"] for turn in tables]
                return {"failed": [f"{turn['table']}: {turn['reason']}" for turn in turns if turn["next"] == "failed"]}
        return None

    def asked(self, action: str) -> list[str]:
        """Tables that an action was called for, in order."""
        return [
            event.get("table") or event.get("turn", {}).get("table", "")
            for event in self.events
            if event["action"] == action
        ]


@pytest.fixture(scope="module")
def function() -> Iterator[tuple[Function, str]]:
    called = Function()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            try:
                status, body = 200, json.dumps(called(event)).encode()
            except ArithmeticError as error:
                status, body = 500, json.dumps({"errorType": "Error", "errorMessage": str(error)}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield called, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def states(function: tuple[Function, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, str]]:
    """A client of Step Functions, and the state machine."""
    folder = tmp_path_factory.mktemp("emulator")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
        "SFN_WAIT_SCALE": "0",
        "MINISTACK_LAMBDA_PROXY_promote": function[1],
        **CREDENTIALS,
    }
    command = [sys.executable, "-m", "ministack"]
    with (folder / "log").open("w") as log, subprocess.Popen(command, env=environment, cwd=folder, stderr=log) as child:
        try:
            wait_until_ready(f"{url}/_ministack/ready")
            yield _machine(url)
        finally:
            child.terminate()


def _machine(url: str) -> tuple[Any, str]:
    session = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name="us-east-1")
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("any.py", "# the server of the test answers")
    session.client("lambda", endpoint_url=url).create_function(
        FunctionName="promote",
        Runtime="python3.12",
        Role=ROLE,
        Handler="any.handler",
        Code={"ZipFile": code.getvalue()},
    )
    client = session.client("stepfunctions", endpoint_url=url)
    machine = client.create_state_machine(name="promotion", definition=definition(), roleArn=ROLE)
    return client, machine["stateMachineArn"]


def wait_until_ready(url: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            assert time.monotonic() < deadline, "the emulator did not start"
            time.sleep(0.1)


def definition() -> str:
    """The definition of the local stage's template, with the function of the test."""
    parts = synthesise("local").one("tiers", "AWS::StepFunctions::StateMachine")["DefinitionString"]["Fn::Join"][1]
    function = "arn:aws:lambda:us-east-1:000000000000:function:promote"
    return "".join(part if isinstance(part, str) else function for part in parts)


@pytest.fixture
def run(function: tuple[Function, str], states: tuple[Any, str]) -> Callable[..., tuple[Function, dict[str, Any]]]:
    def run(
        promote: Callable[[Event], Event] | None = None,
        engine: str = "lambda",
        job: Callable[[Event], Event] | None = None,
    ) -> tuple[Function, dict[str, Any]]:
        called, (client, machine) = function[0], states
        called.__init__()  # type: ignore[misc]
        called.promote, called.engine, called.job = promote or called.promote, engine, job or called.job
        execution = client.start_execution(stateMachineArn=machine)["executionArn"]
        deadline = time.monotonic() + 60
        while (found := client.describe_execution(executionArn=execution))["status"] == "RUNNING":
            assert time.monotonic() < deadline, called.events
            time.sleep(0.05)
        return called, found

    return run


Run = Callable[..., tuple[Function, dict[str, Any]]]


def test_every_table_is_promoted_and_published_and_quarantine_comes_last(run: Run) -> None:
    called, execution = run()
    assert execution["status"] == "SUCCEEDED", execution
    (first,) = [event for event in called.events if event["action"] == "list"]
    assert first["at"].startswith("20")
    for action in ("measure", "promote", "publish"):
        tables = called.asked(action)
        assert sorted(tables[:2]) == ["clickstream", "telemetry"]
        assert tables[2:] == ["quarantine"]
    actions = [event["action"] for event in called.events]
    assert actions[-1] == "report"
    streams_end = max(i for i, event in enumerate(called.events) if event.get("table") in ROUNDS[0])
    assert called.events[streams_end + 1].get("table") == "quarantine"


def test_turns_follow_as_each_says(run: Run) -> None:
    following = {0: "again", 1: "again", 2: "wait", 3: "done"}

    def promote(turn: Event) -> Event:
        done = turn.get("promoted", 0)
        return {"table": turn["table"], "before": turn["before"], "promoted": done + 1, "next": following[done],
                "wait_seconds": 60}  # fmt: skip

    called, execution = run(promote)
    assert execution["status"] == "SUCCEEDED"
    assert called.asked("promote").count("telemetry") == 4
    assert called.asked("publish").count("telemetry") == 1
    (report,) = [event for event in called.events if event["action"] == "report"]
    assert [[turn["promoted"] for turn in tables] for tables in report["rounds"]] == [[4, 4], [4]]


def test_a_tables_trouble_is_reported_and_stops_no_other(run: Run) -> None:
    def promote(turn: Event) -> Event:
        broken = {"next": "failed", "reason": "CommitFailed: no answer"}
        return {**turn, **(broken if turn["table"] == "clickstream" else {"next": "done"})}

    called, execution = run(promote)
    assert execution["status"] == "FAILED"
    assert (execution["error"], json.loads(execution["cause"])) == (
        "PromotionFailed", ["clickstream: CommitFailed: no answer"],
    )  # fmt: skip
    assert {*called.asked("promote")} == {"clickstream", "telemetry", "quarantine"}
    assert "quarantine" in called.asked("publish")


def test_a_function_that_fails_is_called_again_and_then_its_table_is_reported(run: Run) -> None:
    def promote(turn: Event) -> Event:
        if turn["table"] == "telemetry":
            raise ArithmeticError("out of memory")
        return {**turn, "next": "done"}

    called, execution = run(promote)
    assert called.asked("promote").count("telemetry") == 4
    assert execution["status"] == "FAILED"
    (cause,) = json.loads(execution["cause"])
    assert cause.startswith("telemetry: ")
    assert called.asked("publish") == ["clickstream", "quarantine"]


def test_a_generation_that_is_too_large_for_the_function_is_the_jobs(run: Run) -> None:
    following = iter(["wait", "wait", "again"])

    def job(turn: Event) -> Event:
        assert turn["job"] == "j1"
        return {**turn, "next": next(following)}

    called, execution = run(engine="glue", job=job)
    assert execution["status"] == "SUCCEEDED", execution
    assert called.asked("start_job") == ["clickstream"]
    of = [(event["action"], event.get("table", event.get("turn", {}).get("table"))) for event in called.events]
    actions = [action for action, table in of if table == "clickstream"]
    assert actions == ["measure", "start_job", *["job_state"] * 3, "measure", "promote", "publish"]


def test_a_job_that_fails_is_reported_and_its_table_published(run: Run) -> None:
    called, execution = run(engine="glue", job=lambda turn: {**turn, "next": "failed", "reason": "out of memory"})
    assert execution["status"] == "FAILED"
    assert json.loads(execution["cause"]) == ["clickstream: out of memory"]
    assert "clickstream" in called.asked("publish")
