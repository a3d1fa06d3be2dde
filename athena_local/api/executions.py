"""Query executions: QUEUED → RUNNING → SUCCEEDED, FAILED or CANCELLED."""

import logging
import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from athena_local.api.timeline import statistics
from athena_local.errors import AthenaError, CancelledError, InvalidRequestError, QueryError
from athena_local.execution.query import Answer, QueryRunner, Request
from athena_local.execution.results import ResultFile
from athena_local.tables.storage import ObjectStore, split_address
from athena_local.tables.types import OutputColumn, Row
from athena_local.tables.writing import Written

FINAL_STATES = ("SUCCEEDED", "FAILED", "CANCELLED")
_MAX_EXECUTIONS = 1_000
_log = logging.getLogger(__name__)


@dataclass(kw_only=True)
class Execution:
    """One query execution; the lock of `Executions` guards it."""

    id: str
    request: Request
    workgroup: str
    output_folder: str
    catalog: str = "AwsDataCatalog"
    state: str = "QUEUED"
    error: QueryError | None = None
    columns: tuple[OutputColumn, ...] = ()
    has_header: bool = True
    scanned_bytes: int = 0
    written_rows: int | None = None
    submitted: float = field(default_factory=time.time)
    started: float | None = None
    completed: float | None = None
    stop_asked: bool = False
    cursor: duckdb.DuckDBPyConnection | None = None

    @property
    def output_location(self) -> str:
        """Address of the result object; a statement that writes has none, but its name is told all the same."""
        if self.request.statement.kind == "write":
            folder = "tables/" if self.request.statement.type == "DDL" else ""
            return f"{self.output_folder}{folder}{self.id}"
        suffix = "csv" if self.request.statement.type == "DML" else "txt"
        return f"{self.output_folder}{self.id}.{suffix}"

    @property
    def manifest_location(self) -> str:
        """Address of the object that lists what a statement has written."""
        return f"{self.output_location}-manifest.csv"

    def as_api(self) -> dict[str, object]:
        """Return the `QueryExecution` structure."""
        status: dict[str, object] = {"State": self.state, "SubmissionDateTime": self.submitted}
        if self.completed:
            status["CompletionDateTime"] = self.completed
        if self.error is not None:
            status["StateChangeReason"] = self.error.reason
            if self.state == "FAILED":
                status["AthenaError"] = self.error.as_api()
        times = statistics(
            submitted=self.submitted,
            started=self.started,
            completed=self.completed,
            now=time.time(),
            scanned_bytes=self.scanned_bytes,
        )
        if self.written_rows is not None:
            times["DataManifestLocation"] = self.manifest_location
        statement = self.request.statement
        return {
            "QueryExecutionId": self.id,
            "Query": statement.text,
            "StatementType": statement.type,
            "SubstatementType": statement.substatement,
            "ResultConfiguration": {"OutputLocation": self.output_location},
            "ResultReuseConfiguration": dict(self.request.reuse),
            "QueryExecutionContext": {"Database": self.request.database, "Catalog": self.catalog.lower()},
            "Status": status,
            "Statistics": times,
            "WorkGroup": self.workgroup,
            "EngineVersion": {
                "SelectedEngineVersion": "AUTO",
                "EffectiveEngineVersion": "Athena engine version 3",
            },
        }


class Executions:
    """A runner of queries on threads, which remembers the latest executions.

    Parameters
    ----------
    folder
        Folder of the results, for as long as clients may read their pages.
    parallel
        Number of queries that run at the same time; the others are QUEUED.
    """

    def __init__(self, *, runner: QueryRunner, store: ObjectStore, folder: Path, parallel: int = 4) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for leftover in folder.iterdir():
            leftover.unlink()
        self._runner = runner
        self._store = store
        self._folder = folder
        self._lock = threading.Lock()
        self._executions: OrderedDict[str, Execution] = OrderedDict()
        self._tokens: dict[str, str] = {}
        self._pool = ThreadPoolExecutor(parallel, thread_name_prefix="query")

    def start(self, request: Request, *, workgroup: str, output_folder: str, token: str | None) -> str:
        """Queue a query; the same token gives the same execution.

        Raises
        ------
        InvalidRequestError
            The token was used for another query.
        """
        with self._lock:
            if token is not None and token in self._tokens:
                return self._same(self._executions[self._tokens[token]], request)
            execution = Execution(
                id=str(uuid.uuid4()), request=request, workgroup=workgroup, output_folder=output_folder
            )
            self._executions[execution.id] = execution
            if token is not None:
                self._tokens[token] = execution.id
            self._forget_oldest()
        self._pool.submit(self._run, execution)
        return execution.id

    def get(self, execution_id: str) -> Execution:
        """Return an execution.

        Raises
        ------
        InvalidRequestError
            No execution has this id.
        """
        try:
            return self._executions[execution_id]
        except KeyError:
            raise InvalidRequestError(f"QueryExecution {execution_id} was not found") from None

    def newest_first(self, workgroup: str) -> list[str]:
        """Return the ids of a workgroup's executions, newest first."""
        with self._lock:
            return [each.id for each in reversed(self._executions.values()) if each.workgroup == workgroup]

    def stop(self, execution_id: str) -> None:
        """Ask an execution to end; nothing happens to one that has ended."""
        execution = self.get(execution_id)
        with self._lock:
            execution.stop_asked = True
            if execution.state == "QUEUED":
                self._finish(execution, CancelledError("Query cancelled by user"))
            elif execution.cursor is not None:
                execution.cursor.interrupt()

    def result(self, execution: Execution) -> ResultFile:
        """Return the rows of an execution that has succeeded."""
        return ResultFile(self._folder / f"{execution.id}.jsonl")

    def close(self) -> None:
        """Stop everything."""
        for execution_id in list(self._executions):
            self.stop(execution_id)
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _same(self, execution: Execution, request: Request) -> str:
        if execution.request != request:
            raise InvalidRequestError("Idempotent parameters do not match")
        return execution.id

    def _forget_oldest(self) -> None:
        while len(self._executions) > _MAX_EXECUTIONS and next(iter(self._executions.values())).state in FINAL_STATES:
            forgotten, execution = self._executions.popitem(last=False)
            self.result(execution).remove()
            self._tokens = {token: each for token, each in self._tokens.items() if each != forgotten}

    def _run(self, execution: Execution) -> None:
        with self._lock:
            if execution.state != "QUEUED":
                return
            execution.state, execution.started = "RUNNING", time.time()
        try:
            with self._runner.cursor() as cursor:
                execution.cursor = cursor
                self._produce(execution, cursor)
                execution.cursor = None
            error = None
        except QueryError as failure:
            error = failure
        except AthenaError as failure:
            error = QueryError("SYNTAX_ERROR", str(failure))
        except Exception as failure:  # noqa: BLE001  # the thread's edge: an execution must end
            _log.exception("query %s", execution.id)
            error = QueryError("GENERIC_INTERNAL_ERROR", f"{type(failure).__name__}: {failure}")
        with self._lock:
            execution.cursor = None
            if error is not None and execution.stop_asked:
                error = CancelledError("Query cancelled by user")
            self._finish(execution, error)

    def _produce(self, execution: Execution, cursor: duckdb.DuckDBPyConnection) -> None:
        request = replace(execution.request, execution_id=execution.id, output_folder=execution.output_folder)
        answer = self._runner.run(request, cursor, lambda: execution.stop_asked)
        execution.columns, execution.has_header = answer.columns, answer.has_header
        execution.scanned_bytes = answer.scanned_bytes
        try:
            self._keep(execution, answer)
        except BaseException:
            if answer.written is not None:
                _undo(answer.written, execution.id)
            raise

    def _keep(self, execution: Execution, answer: Answer) -> None:
        """Keep the rows for pages, and put the result, or the list of what was written, where clients expect it."""
        csv = self._folder / f"{execution.id}.csv"
        try:
            header = [column.name for column in answer.columns] if answer.has_header else None
            self.result(execution).write(_until_stopped(answer.rows, execution), csv=csv, header=header)
            if answer.written is None:
                self._store.put(*split_address(execution.output_location), csv)
                return
            manifest = "".join(f"{address}\n" for address in answer.written.addresses)
            self._store.put_bytes(*split_address(execution.manifest_location), manifest.encode())
            execution.written_rows = answer.written.rows
        finally:
            csv.unlink(missing_ok=True)

    def _finish(self, execution: Execution, error: QueryError | None) -> None:
        execution.error = error
        execution.completed = time.time()
        execution.state = error.state if error else "SUCCEEDED"


def _undo(written: Written, execution_id: str) -> None:
    """Take a write back; the error that led to it is the one to tell."""
    try:
        written.undo()
    except Exception:  # noqa: BLE001
        _log.exception("what query %s wrote is not taken back completely", execution_id)


def _until_stopped(rows: Iterable[Row], execution: Execution) -> Iterator[Row]:
    """Yield rows; a stop between two of them ends the execution, even if no statement ran that it could interrupt."""
    for row in rows:
        if execution.stop_asked:
            break
        yield row
    if execution.stop_asked:
        raise CancelledError("Query cancelled by user")
