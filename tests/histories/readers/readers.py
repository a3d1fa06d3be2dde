"""Readers that ask Athena the same in a loop, and note each answer with the moments of its query."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tests.fakes.emulator import client
from tests.histories.readers.truth import Answer, State, Sums, Truth
from thermocline.streams import QUARANTINE

_POLL_SECONDS = 0.01
_NUMBERS = {
    QUARANTINE: "CAST(json_extract_scalar(payload, '$.payload') AS bigint)",
    "clickstream": "fingerprint",
}


class Reader(threading.Thread):
    """One that asks a table's view until it is told to stop.

    Parameters
    ----------
    athena
        A boto3 Athena client.
    place
        Options of each query.
    """

    def __init__(self, table: str, *, athena: Any, place: dict[str, Any], truth: Truth) -> None:
        super().__init__(name=f"reader of {table}", daemon=True)
        self.table = table
        self.answers: list[Answer] = []
        self.failure: Exception | None = None
        self.stopping = threading.Event()
        self._athena, self._place, self._truth = athena, place, truth
        number = _NUMBERS[table]
        self._sql = (
            f"SELECT gen, count(*), count(DISTINCT {number}), CAST(sum({number}) AS bigint) FROM {table} GROUP BY gen"
        )

    def run(self) -> None:
        try:
            while not self.stopping.is_set():
                begin = self._truth.moment()
                state = self.ask()
                self.answers.append(Answer(self.table, begin, self._truth.moment(), state))
        except Exception as error:  # noqa: BLE001  (a test tells it)
            self.failure = error

    def ask(self) -> State:
        """Return what the view shows of each generation."""
        started = self._athena.start_query_execution(QueryString=self._sql, **self._place)["QueryExecutionId"]
        while (status := self._status(started))["State"] in ("QUEUED", "RUNNING"):
            time.sleep(_POLL_SECONDS)
        assert status["State"] == "SUCCEEDED", status
        rows = self._athena.get_query_results(QueryExecutionId=started)["ResultSet"]["Rows"][1:]
        fields = [[datum["VarCharValue"] for datum in row["Data"]] for row in rows]
        return {gen: Sums(*map(int, sums)) for gen, *sums in fields}

    def _status(self, execution: str) -> dict[str, Any]:
        answer: dict[str, Any] = self._athena.get_query_execution(QueryExecutionId=execution)
        status: dict[str, Any] = answer["QueryExecution"]["Status"]
        return status


class Readers(Sequence[Reader]):
    """Readers at work."""

    def __init__(self, readers: Sequence[Reader], truth: Truth) -> None:
        self._readers, self._truth = readers, truth

    def __getitem__(self, place: Any) -> Any:
        return self._readers[place]

    def __len__(self) -> int:
        return len(self._readers)

    @property
    def answers(self) -> list[Answer]:
        """All answers."""
        return [answer for reader in self for answer in reader.answers]

    def wait_for_a_round(self) -> None:
        """Wait until every query that runs now has ended, and each reader has asked once more."""
        now, deadline = self._truth.moment(), time.monotonic() + 60
        for reader in self:
            while not (reader.answers and reader.answers[-1].begin > now):
                assert reader.failure is None, f"{reader.name}: {reader.failure}"
                assert time.monotonic() < deadline, f"{reader.name} has no answer"
                time.sleep(_POLL_SECONDS)


@contextmanager
def reading(readers: Sequence[Reader], truth: Truth) -> Iterator[Readers]:
    """Let readers read as long as the context lasts."""
    for reader in readers:
        reader.start()
    try:
        yield Readers(readers, truth)
    finally:
        for reader in readers:
            reader.stopping.set()
        for reader in readers:
            reader.join(60)


def readers(name: str, truth: Truth, address: str, tables: Sequence[str]) -> list[Reader]:
    """Return readers of a database's tables, each with a client of its own."""
    place = {
        "QueryExecutionContext": {"Database": name},
        "ResultConfiguration": {"OutputLocation": f"s3://{name}/results/"},
    }
    return [Reader(table, athena=client("athena", address), place=place, truth=truth) for table in tables]


@contextmanager
def meanwhile(work: Callable[[], None]) -> Iterator[None]:
    """Work in a thread as long as the context lasts, and then until it is done; raise what it raised."""
    failures: list[Exception] = []

    def run() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001  (it is raised below)
            failures.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield
    thread.join(120)
    if failures:
        raise failures[0]
