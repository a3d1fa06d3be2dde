"""The states of an execution, over a runner that waits to be told."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pytest

from athena_local.api.executions import FINAL_STATES, Execution, Executions
from athena_local.errors import CancelledError, InvalidRequestError, QueryError
from athena_local.execution.query import Answer, QueryRunner, Request
from athena_local.statements.statements import classify
from athena_local.tables.types import OutputColumn, ResultType
from tests.athena_local.fakes import FakeStore

COLUMN = OutputColumn(name="x", type=ResultType(name="bigint"))


class FakeRunner:
    """Answers when `go` is set; a query's text says how it ends."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.ran: list[str] = []

    @contextmanager
    def cursor(self) -> Iterator[Any]:
        yield self

    def interrupt(self) -> None:
        self.go.set()

    def run(self, request: Request, _: Any, stopped: Callable[[], bool]) -> Answer:
        self.go.wait(10)
        text = request.statement.text
        self.ran.append(text)
        if stopped() and "interrupted" not in text:
            raise CancelledError("Query cancelled by user")
        if "fail" in text:
            raise QueryError("SYNTAX_ERROR", "no")
        if "crash" in text:
            raise RuntimeError("bug")
        return Answer(columns=(COLUMN,), rows=[["1"], [None]], scanned_bytes=7)


class World:
    def __init__(self, folder: Path, parallel: int) -> None:
        self.runner, self.store = FakeRunner(), FakeStore({})
        runner = cast("QueryRunner", self.runner)
        self.executions = Executions(runner=runner, store=self.store, folder=folder, parallel=parallel)

    def start(self, sql: str, token: str | None = None) -> str:
        request = Request(statement=classify(sql), database="shop")
        return self.executions.start(request, workgroup="w", output_folder="s3://results/", token=token)

    def ended(self, execution_id: str) -> Execution:
        deadline = time.monotonic() + 10
        while (execution := self.executions.get(execution_id)).state not in FINAL_STATES:
            assert time.monotonic() < deadline
            time.sleep(0.005)
        return execution


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path, parallel=1)
    yield world
    world.runner.go.set()
    world.executions.close()


def test_success_leaves_rows_and_an_object(world: World) -> None:
    world.runner.go.set()
    execution = world.ended(world.start("SELECT 1"))
    assert execution.state == "SUCCEEDED"
    assert execution.as_api()["Statistics"]["DataScannedInBytes"] == 7  # type: ignore[index]
    assert world.store.uploads == {f"s3://results/{execution.id}.csv": '"x"\n"1"\n\n'}
    assert world.executions.result(execution).page(0, 10) == ([["1"], [None]], None)


def test_more_queries_than_threads_are_queued_and_can_be_stopped_there(world: World) -> None:
    first, second = world.start("SELECT 1"), world.start("SELECT 2")
    assert world.executions.get(second).state == "QUEUED"
    world.executions.stop(second)
    assert world.executions.get(second).state == "CANCELLED"
    world.runner.go.set()
    assert world.ended(first).state == "SUCCEEDED"
    assert world.runner.ran == ["SELECT 1"]


@pytest.mark.parametrize(
    "sql", ["SELECT 1", "SELECT fail, interrupted", "SELECT crash, interrupted", "SELECT interrupted"]
)
def test_stopping_interrupts_what_runs(world: World, sql: str) -> None:
    execution_id = world.start(sql)
    while world.executions.get(execution_id).cursor is None:
        time.sleep(0.005)
    world.executions.stop(execution_id)
    execution = world.ended(execution_id)
    assert (execution.state, execution.error and execution.error.reason) == ("CANCELLED", "Query cancelled by user")
    assert world.store.uploads == {}


@pytest.mark.parametrize(
    ("sql", "reason"),
    [("SELECT fail", "SYNTAX_ERROR: no"), ("SELECT crash", "GENERIC_INTERNAL_ERROR: RuntimeError: bug")],
)
def test_failures_have_a_reason(world: World, sql: str, reason: str) -> None:
    world.runner.go.set()
    execution = world.ended(world.start(sql))
    assert execution.state == "FAILED"
    assert execution.as_api()["Status"]["StateChangeReason"] == reason  # type: ignore[index]


def test_a_token_gives_the_same_execution_only_for_the_same_query(world: World) -> None:
    assert world.start("SELECT 1", "token") == world.start("SELECT 1", "token")
    with pytest.raises(InvalidRequestError):
        world.start("SELECT 2", "token")


def test_the_newest_come_first(world: World) -> None:
    ids = [world.start(f"SELECT {number}") for number in range(3)]
    assert world.executions.newest_first("w") == ids[::-1]
    assert world.executions.newest_first("other") == []
