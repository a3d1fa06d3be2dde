"""The states of an execution, over a runner that waits to be told."""

import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

import pytest

from athena_local.api.admission import Admission
from athena_local.api.execution import Execution
from athena_local.api.executor import Executor
from athena_local.api.result_objects import ResultObjects
from athena_local.api.result_settings import ResultSettings
from athena_local.errors import CancelledError, InvalidRequestError, QueryError, ThrottledError
from athena_local.execution.query_runner import QueryRunner
from athena_local.execution.requests import Answer, Request
from athena_local.statements.kinds import classify
from athena_local.tables.types import OutputColumn, ResultType, Row
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
        text = request.statement.text
        self.ran.append(text)
        if "row by row" not in text:
            self.go.wait(10)
        if stopped() and "interrupted" not in text:
            raise CancelledError("Query cancelled by user")
        if "fail" in text:
            raise QueryError("SYNTAX_ERROR", "no")
        if "crash" in text:
            raise RuntimeError("bug")
        wrote = 5 if text.startswith("INSERT") else None
        rows: Iterable[Row] = self._rows() if "row by row" in text else [["1"], [None]]
        return Answer(
            columns=(COLUMN,), rows=rows, scanned_bytes=7, scanned_rows=3, planned=time.time(), update_count=wrote
        )

    def _rows(self) -> Iterator[Row]:
        yield ["1"]
        self.go.wait(10)
        yield ["2"]


class World:
    def __init__(self, folder: Path, slots: int, most_active: int = 200) -> None:
        self.runner, self.store = FakeRunner(), FakeStore({})
        self.executions = Executor(
            runner=cast("QueryRunner", self.runner),
            results=ResultObjects(store=self.store, folder=folder),
            admission=Admission(slots=slots, patience=60),
            most_active=most_active,
        )

    def start(self, sql: str, token: str | None = None, *, age: int | None = None, **changes: Any) -> str:
        identifier = str(uuid.uuid4())
        by_age = {"Enabled": age is not None, "MaxAgeInMinutes": age}
        reuse = {"ResultReuseByAgeConfiguration": by_age}
        request = Request(statement=classify(sql), database="shop", workgroup="w", reuse=reuse)
        settings = ResultSettings(folder="s3://results/")
        execution = Execution(id=identifier, request=request, settings=settings, token=token or identifier, **changes)
        return self.executions.start(execution)

    def ended(self, execution_id: str) -> Execution:
        return self.until(execution_id, lambda execution: execution.is_final)

    def until(self, execution_id: str, condition: Callable[[Execution], bool]) -> Execution:
        deadline = time.monotonic() + 10
        while not condition(execution := self.executions.get(execution_id)):
            assert time.monotonic() < deadline
            time.sleep(0.005)
        return execution


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path, slots=1)
    yield world
    world.runner.go.set()
    world.executions.close()


def test_success_leaves_rows_and_objects(world: World) -> None:
    world.runner.go.set()
    execution = world.ended(world.start("SELECT 1"))
    assert execution.state == "SUCCEEDED"
    assert world.store.uploads.pop(f"s3://results/{execution.id}.csv.metadata").endswith("bigint8\x00@\x00H\x03P\x00")
    assert world.store.uploads == {f"s3://results/{execution.id}.csv": '"x"\n"1"\n\n'}
    assert world.executions.result(execution).page(0, 10)[0] == [["1"], [None]]
    rows = {"InputRows": 3, "InputBytes": 7, "OutputRows": 2, "OutputBytes": 9}
    assert execution.runtime_statistics()["Rows"] == rows
    assert execution.statistics()["DataScannedInBytes"] == 7


def test_a_statement_that_writes_has_no_result_object_but_its_count(world: World) -> None:
    world.runner.go.set()
    execution = world.ended(world.start("INSERT INTO t SELECT 1"))
    assert execution.output_location == f"s3://results/{execution.id}"
    assert execution.update_count == 5
    assert list(world.store.uploads) == [f"s3://results/{execution.id}.metadata"]


def test_more_queries_than_slots_are_queued_and_can_be_stopped_there(world: World) -> None:
    first, second = world.start("SELECT 1"), world.start("SELECT 2")
    world.until(first, lambda execution: execution.state == "RUNNING")
    assert world.executions.get(second).state == "QUEUED"
    world.executions.stop(second)
    assert world.executions.get(second).state == "CANCELLED"
    assert world.executions.get(second).statistics()["EngineExecutionTimeInMillis"] == 0
    world.runner.go.set()
    assert world.ended(first).state == "SUCCEEDED"
    assert world.runner.ran == ["SELECT 1"]


@pytest.mark.parametrize(
    "sql", ["SELECT 1", "SELECT fail, interrupted", "SELECT crash, interrupted", "SELECT interrupted", "INSERT INTO t"]
)
def test_stopping_interrupts_what_runs(world: World, sql: str) -> None:
    execution_id = world.start(sql)
    world.until(execution_id, lambda execution: execution.cursor is not None)
    world.executions.stop(execution_id)
    if sql.startswith("SELECT"):
        assert world.executions.get(execution_id).state == "CANCELLED", "at once, whatever its thread is doing"
    execution = world.ended(execution_id)
    assert (execution.state, execution.error and execution.error.reason) == ("CANCELLED", "Query cancelled by user")
    world.until(execution_id, lambda execution: not execution.is_active)
    assert world.store.uploads == {}


def test_a_query_that_is_stopped_between_two_rows_leaves_nothing(world: World) -> None:
    execution_id = world.start("SELECT 'row by row'")
    world.until(execution_id, lambda execution: bool(execution.columns))
    world.executions.stop(execution_id)
    assert world.executions.get(execution_id).state == "CANCELLED"
    world.until(execution_id, lambda execution: not execution.is_active)
    assert world.store.uploads == {}


def test_a_query_that_is_stopped_while_its_result_is_stored_leaves_nothing(world: World) -> None:
    class StoppingStore(FakeStore):
        def put_bytes(
            self, bucket: str, key: str, body: bytes, options: Mapping[str, str] = MappingProxyType({})
        ) -> None:
            super().put_bytes(bucket, key, body, options)
            world.executions.stop(key.partition(".")[0])

    world.store.__class__ = StoppingStore
    world.runner.go.set()
    execution_id = world.start("SELECT 1")
    world.until(execution_id, lambda execution: execution.is_final and not execution.is_active)
    assert world.executions.get(execution_id).state == "CANCELLED"
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
    for sql, database in (("SELECT 2", None), ("SELECT 1", "other")):
        with pytest.raises(InvalidRequestError, match="Idempotent parameters do not match"):
            world.start(sql, "token", database=database)


def test_the_newest_come_first(world: World) -> None:
    ids = [world.start(f"SELECT {number}") for number in range(3)]
    assert world.executions.newest_first("w") == ids[::-1]
    assert world.executions.newest_first("other") == []


def test_too_many_active_queries_are_refused(tmp_path: Path) -> None:
    world = World(tmp_path, slots=1, most_active=2)
    first, second = world.start("SELECT 1"), world.start("SELECT 2")
    with pytest.raises(ThrottledError):
        world.start("SELECT 3")
    world.runner.go.set()
    world.ended(first)
    world.ended(second)
    assert world.ended(world.start("SELECT 4")).state == "SUCCEEDED"
    world.executions.close()


def test_a_result_is_reused_until_it_is_too_old_or_gone(world: World) -> None:
    world.runner.go.set()
    first = world.ended(world.start("SELECT 1"))
    world.store.objects[f"{first.id}.csv"] = b""
    again = world.executions.get(world.start("SELECT 1", age=60))
    assert (again.state, again.output_location, again.statistics()["DataScannedInBytes"]) == (
        "SUCCEEDED",
        first.output_location,
        0,
    )
    assert again.statistics()["ResultReuseInformation"] == {"ReusedPreviousResult": True}
    assert world.executions.result(again).page(0, 10) == world.executions.result(first).page(0, 10)
    assert world.runner.ran == ["SELECT 1"]
    assert first.timeline.completed is not None
    first.timeline.completed -= 61 * 60
    assert not world.ended(world.start("SELECT 1", age=60)).is_reused
    first.timeline.completed += 61 * 60
    world.store.objects.clear()
    assert not world.ended(world.start("SELECT 1", age=60)).is_reused


@pytest.mark.parametrize(
    ("sql", "age", "changes"),
    [
        ("SELECT 1", None, {}),
        ("SELECT 2", 60, {}),
        ("SELECT 1", 60, {"catalog": "other"}),
        ("EXPLAIN SELECT 1", 60, {}),
    ],
)
def test_another_question_is_asked_anew(world: World, sql: str, age: int | None, changes: dict[str, str]) -> None:
    world.runner.go.set()
    first = world.ended(world.start("SELECT 1"))
    world.store.objects[f"{first.id}.csv"] = b""
    assert not world.ended(world.start(sql, age=age, **changes)).is_reused
    assert len(world.runner.ran) == 2
