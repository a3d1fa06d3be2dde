"""What the API leaves of a statement that writes: a list of the objects, or nothing."""

import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pytest

from athena_local.api.admission import Admission
from athena_local.api.execution import Execution
from athena_local.api.executor import Executor
from athena_local.api.result_objects import ResultObjects
from athena_local.api.result_settings import ResultSettings
from athena_local.execution.query_runner import QueryRunner
from athena_local.execution.requests import Answer, Request
from athena_local.statements.kinds import classify
from athena_local.tables.types import OutputColumn, ResultType
from athena_local.tables.writing import Written
from tests.athena_local.fakes import FakeStore
from tests.athena_local.write_fakes import NO_OPTIONS, BrokenError

ROWS = OutputColumn(name="rows", type=ResultType(name="bigint"))


class FullStore(FakeStore):
    """A store that takes no object whose key ends so."""

    full_for = "nothing"

    def put_bytes(self, bucket: str, key: str, body: bytes, options: Mapping[str, str] = NO_OPTIONS) -> None:
        if key.endswith(self.full_for):
            raise BrokenError
        super().put_bytes(bucket, key, body, options)


class WritingRunner:
    """Writes two objects, and tells whether they were taken back."""

    def __init__(self) -> None:
        self.undone = 0
        self.request: Request | None = None

    @contextmanager
    def cursor(self) -> Iterator[Any]:
        yield self

    def interrupt(self) -> None:
        """Interrupt nothing: it has ended already."""

    def run(self, request: Request, _: Any, __: Callable[[], bool]) -> Answer:
        self.request = request
        written = Written(rows=7, addresses=("s3://a/1", "s3://a/2"), undo=self._undo)
        return Answer(columns=(ROWS,), rows=(), has_header=False, update_count=7, written=written)

    def _undo(self) -> None:
        self.undone += 1


def ended(sql: str, store: FakeStore, runner: WritingRunner, folder: Path) -> Execution:
    executions = Executor(
        runner=cast("QueryRunner", runner),
        results=ResultObjects(store=store, folder=folder),
        admission=Admission(slots=1, patience=60),
    )
    request = Request(statement=classify(sql), database="shop", workgroup="w")
    settings = ResultSettings(folder="s3://results/")
    execution = Execution(id=str(uuid.uuid4()), request=request, settings=settings, token=str(uuid.uuid4()))
    executions.start(execution)
    while not execution.is_final:
        time.sleep(0.005)
    executions.close()
    return execution


@pytest.mark.parametrize(
    ("sql", "location"),
    [
        ("CREATE TABLE x AS SELECT 1 a", "s3://results/tables/{}"),
        ("INSERT INTO x SELECT 1", "s3://results/{}"),
        ("UNLOAD (SELECT 1) TO 's3://b/'", "s3://results/{}"),
    ],
)
def test_the_objects_are_listed(tmp_path: Path, sql: str, location: str) -> None:
    store, runner = FullStore({}), WritingRunner()
    execution = ended(sql, store, runner, tmp_path)
    address = location.format(execution.id)
    assert execution.output_location == address
    assert execution.statistics()["DataManifestLocation"] == f"{address}-manifest.csv"
    assert store.uploads[f"{address}-manifest.csv"] == "s3://a/1\ns3://a/2\n"
    assert set(store.uploads) == {f"{address}-manifest.csv", f"{address}.metadata"}
    assert runner.undone == 0
    assert runner.request is not None
    assert (runner.request.execution_id, runner.request.output_folder) == (execution.id, "s3://results/")


@pytest.mark.parametrize("full_for", ["-manifest.csv", ".metadata"])
def test_what_cannot_be_listed_is_taken_back(tmp_path: Path, full_for: str) -> None:
    store, runner = FullStore({}), WritingRunner()
    store.full_for = full_for
    execution = ended("INSERT INTO x SELECT 1", store, runner, tmp_path)
    assert (execution.state, runner.undone, store.uploads) == ("FAILED", 1, {})
    assert "DataManifestLocation" not in execution.statistics()
