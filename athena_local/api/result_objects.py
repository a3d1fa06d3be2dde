"""Results: pages on disk for GetQueryResults, and objects in S3."""

import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from athena_local.api.columns_file import columns_file, engine_query_id
from athena_local.api.execution import Execution, has_result_object
from athena_local.errors import CancelledError
from athena_local.execution.requests import Answer
from athena_local.execution.result_file import ResultFile
from athena_local.tables.storage import ObjectStore, split_address
from athena_local.tables.types import Row


class ResultObjects:
    """The results of executions.

    Parameters
    ----------
    folder
        Where pages are kept, as long as the process lives; what is left there of an earlier one is deleted.
    """

    def __init__(self, *, store: ObjectStore, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for leftover in folder.iterdir():
            leftover.unlink()
        self._store = store
        self._folder = folder
        self._number = 0
        self._pool = ThreadPoolExecutor(4, thread_name_prefix="store")

    def pages(self, execution: Execution) -> ResultFile:
        """Return the rows of an execution that has succeeded."""
        return ResultFile(self._folder / f"{execution.result_id}.jsonl")

    def is_stored(self, execution: Execution) -> bool:
        """Tell whether the object of an earlier execution is still there."""
        bucket, key = split_address(execution.output_location)
        return any(stored.key == key for stored in self._store.list(bucket, key))

    def write(self, execution: Execution, answer: Answer) -> None:
        """Compute an answer's rows, keep them, and store them in S3.

        Raises
        ------
        CancelledError
            The execution was stopped; nothing is left of its result.
        """
        quoted = execution.output_location.endswith(".csv")
        header = [column.name for column in answer.columns] if answer.has_header else None
        text = self._folder / f"{execution.id}.text"
        try:
            rows = _until_stopped(answer.rows, execution)
            execution.written_rows = self.pages(execution).write(rows, text=text, header=header, quoted=quoted)
            execution.written_bytes = text.stat().st_size
            execution.timeline.computed = time.time()
            self._put(execution, answer, text)
        except BaseException:
            if answer.written is not None:
                self._delete(execution)
            raise
        finally:
            text.unlink(missing_ok=True)
        if _is_stopped(execution):
            self._delete(execution)
            raise CancelledError("Query cancelled by user")

    def remove_pages(self, execution: Execution) -> None:
        """Forget an execution's rows."""
        self.pages(execution).remove()

    def _put(self, execution: Execution, answer: Answer, text: Path) -> None:
        options = execution.settings.upload_options()
        bucket, key = split_address(execution.output_location)
        beside = None
        if execution.columns:
            body = self._columns_file(execution)
            beside = self._pool.submit(self._store.put_bytes, bucket, f"{key}.metadata", body, options)
        try:
            if has_result_object(execution.request.statement):
                self._store.put(bucket, key, text, options)
            if answer.written is not None:
                manifest = "".join(f"{address}\n" for address in answer.written.addresses)
                self._store.put_bytes(*split_address(execution.manifest_location), manifest.encode(), options)
        finally:
            if beside is not None:
                beside.result()

    def _columns_file(self, execution: Execution) -> bytes:
        wrote = None if execution.update_count is None else execution.request.statement.substatement
        return columns_file(self._query_id(execution), execution.columns, wrote=wrote, rows=execution.update_count)

    def _query_id(self, execution: Execution) -> str:
        if execution.request.statement.type != "DML":
            return execution.id
        self._number += 1
        return engine_query_id(execution.id, execution.timeline.received, self._number)

    def _delete(self, execution: Execution) -> None:
        bucket, key = split_address(execution.output_location)
        for name in (key, f"{key}.metadata", f"{key}-manifest.csv"):
            self._store.delete(bucket, name)
        self.remove_pages(execution)


def _is_stopped(execution: Execution) -> bool:
    """Tell whether to give up; a statement that has changed something has succeeded."""
    return execution.stop_asked and execution.only_reads


def _until_stopped(rows: Iterable[Row], execution: Execution) -> Iterator[Row]:
    for row in rows:
        if _is_stopped(execution):
            break
        yield row
    if _is_stopped(execution):
        raise CancelledError("Query cancelled by user")
