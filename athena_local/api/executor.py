"""What runs executions on threads: QUEUED → RUNNING → SUCCEEDED, FAILED or CANCELLED."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

import duckdb

from athena_local.api.admission import Admission
from athena_local.api.execution import Execution
from athena_local.api.result_objects import ResultObjects
from athena_local.api.reuse import reusable
from athena_local.errors import (
    AthenaError,
    CancelledError,
    InvalidRequestError,
    QueryError,
    ThrottledError,
    out_of_memory,
)
from athena_local.execution.query_runner import QueryRunner
from athena_local.execution.result_file import ResultFile
from athena_local.tables.writing import Written

_MAX_EXECUTIONS = 100_000
_MAX_RUNNING = 20
_SECONDS_BETWEEN_INTERRUPTS = 0.05
_log = logging.getLogger(__name__)


class Executor:
    """A runner of queries on threads, which remembers the executions of the process.

    Parameters
    ----------
    admission
        How many queries run at the same time; the others are QUEUED.
    most_active
        How many queries may be queued or running before more are refused.
    """

    def __init__(
        self, *, runner: QueryRunner, results: ResultObjects, admission: Admission, most_active: int = 200
    ) -> None:
        self._runner = runner
        self._results = results
        self._admission = admission
        self._most_active = most_active
        self._lock = threading.Lock()
        self._executions: OrderedDict[str, Execution] = OrderedDict()
        self._tokens: dict[str, str] = {}
        self._active = 0
        self._pool = ThreadPoolExecutor(_MAX_RUNNING, thread_name_prefix="query")
        self._catalog_pool = ThreadPoolExecutor(2, thread_name_prefix="catalog")

    def start(self, execution: Execution) -> str:
        """Queue an execution, or return the id of the one that has its token.

        Raises
        ------
        InvalidRequestError
            The token was used for another query.
        ThrottledError
            Too many are active.
        """
        with self._lock:
            if execution.token in self._tokens:
                return _same(self._executions[self._tokens[execution.token]], execution)
        earlier = self._reusable(execution)
        with self._lock:
            if earlier is None and self._active >= self._most_active:
                raise ThrottledError
            self._executions[execution.id] = execution
            self._tokens[execution.token] = execution.id
            self._forget_oldest()
            self._active += 1
            execution.timeline.queued = time.time()
            if earlier is not None:
                _show_again(earlier, execution)
                self._finish(execution, None)
                return execution.id
        is_quick = execution.request.statement.kind == "catalog"
        (self._catalog_pool if is_quick else self._pool).submit(self._run, execution)
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
            message = f"QueryExecution {execution_id} was not found"
            raise InvalidRequestError(message, code="QUERY_EXECUTION_NOT_FOUND") from None

    def newest_first(self, workgroup: str) -> list[str]:
        """Return the ids of a workgroup's executions, newest first."""
        with self._lock:
            return [each.id for each in reversed(self._executions.values()) if each.request.workgroup == workgroup]

    def stop(self, execution_id: str) -> None:
        """End an execution; nothing happens to one that has ended.

        One that only reads is over at once, though its thread may need a moment more. One that writes is over when
        nothing is left of what it wrote, or when it has succeeded before it could be stopped.
        """
        execution = self.get(execution_id)
        with self._lock:
            if execution.is_final:
                return
            execution.stop_asked = True
            if execution.state == "QUEUED" or execution.only_reads:
                self._finish(execution, CancelledError("Query cancelled by user"))
        threading.Thread(target=_interrupt, args=(execution,), daemon=True).start()

    def result(self, execution: Execution) -> ResultFile:
        """Return the rows of an execution that has succeeded."""
        return self._results.pages(execution)

    def close(self) -> None:
        """Stop everything."""
        for execution_id in list(self._executions):
            self.stop(execution_id)
        for pool in (self._pool, self._catalog_pool):
            pool.shutdown(wait=True, cancel_futures=True)

    def _reusable(self, execution: Execution) -> Execution | None:
        candidates = reusable(execution, self._newest(), now=time.time())
        return next((earlier for earlier in candidates if self._results.is_stored(earlier)), None)

    def _newest(self) -> Iterator[Execution]:
        with self._lock:
            known = list(self._executions.values())
        return reversed(known)

    def _forget_oldest(self) -> None:
        while len(self._executions) > _MAX_EXECUTIONS and next(iter(self._executions.values())).is_final:
            forgotten, execution = self._executions.popitem(last=False)
            if execution.result_id not in self._executions:
                self._results.remove_pages(execution)
            self._tokens = {token: each for token, each in self._tokens.items() if each != forgotten}

    def _run(self, execution: Execution) -> None:
        with self._admission.turn():
            with self._lock:
                if execution.is_final:
                    return
                execution.state, execution.is_active = "RUNNING", True
                execution.timeline.started = time.time()
            error = self._outcome(execution)
            with self._lock:
                execution.is_active = False
                if error is not None and execution.stop_asked:
                    error = CancelledError("Query cancelled by user")
                self._finish(execution, error)

    def _outcome(self, execution: Execution) -> QueryError | None:
        try:
            with self._runner.cursor() as cursor:
                execution.cursor = cursor
                self._produce(execution, cursor)
        except QueryError as failure:
            return failure
        except AthenaError as failure:
            return QueryError("SYNTAX_ERROR", str(failure))
        except (MemoryError, SystemError):
            return out_of_memory()
        except Exception as failure:  # noqa: BLE001  # the thread's edge: an execution must end
            _log.exception("query %s", execution.id)
            # The text of a system's error has a local path.
            told = getattr(failure, "strerror", None) or failure
            return QueryError("GENERIC_INTERNAL_ERROR", f"{type(failure).__name__}: {told}")
        finally:
            execution.cursor = None
        return None

    def _produce(self, execution: Execution, cursor: duckdb.DuckDBPyConnection) -> None:
        request = replace(execution.request, execution_id=execution.id, output_folder=execution.settings.folder)
        answer = self._runner.run(request, cursor, lambda: execution.stop_asked)
        execution.columns, execution.has_header = answer.columns, answer.has_header
        execution.scanned_bytes, execution.scanned_rows = answer.scanned_bytes, answer.scanned_rows
        execution.update_count = answer.update_count
        execution.timeline.planned = answer.planned
        try:
            self._results.write(execution, answer)
        except BaseException:
            if answer.written is not None:
                _undo(answer.written, execution.id)
            raise

    def _finish(self, execution: Execution, error: QueryError | None) -> None:
        if execution.is_final:
            return
        self._active -= 1
        execution.error = error
        execution.timeline.completed = time.time()
        execution.state = error.state if error else "SUCCEEDED"


def _same(known: Execution, execution: Execution) -> str:
    if not known.asks_the_same(execution):
        raise InvalidRequestError("Idempotent parameters do not match", code="IDEMPOTENT_PARAMETER_MISMATCH")
    return known.id


def _undo(written: Written, execution_id: str) -> None:
    """Take a write back; the error that led to it is the one to tell."""
    try:
        written.undo()
    except Exception:  # noqa: BLE001
        _log.exception("what query %s wrote is not taken back completely", execution_id)


def _show_again(earlier: Execution, execution: Execution) -> None:
    execution.result_id, execution.output_location = earlier.id, earlier.output_location
    execution.columns, execution.has_header = earlier.columns, earlier.has_header
    execution.written_rows, execution.written_bytes = earlier.written_rows, earlier.written_bytes
    execution.timeline.started = execution.timeline.queued


def _interrupt(execution: Execution) -> None:
    """Interrupt whatever runs until the execution's thread has noticed: one between two statements is lost."""
    while execution.is_active:
        cursor = execution.cursor
        if cursor is not None:
            with suppress(duckdb.Error):
                cursor.interrupt()
        time.sleep(_SECONDS_BETWEEN_INTERRUPTS)
