"""The runs of replays in the ledger's table: the current one of each table, its results, and what it changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

import msgspec

from thermocline.adapters.dynamodb_items import Item, item_key
from thermocline.adapters.dynamodb_table import DynamoTable, Write
from thermocline.clock import jittered_pause
from thermocline.replay.model import Converted, Replayed, Run

_RUNS: Final = "replay"
_RESULT: Final = "raw/"
_GENERATION: Final = "gen#"

T = TypeVar("T")


class DynamoRuns:
    """Keeps runs (see `thermocline.replay.ports.Runs`).

    Parameters
    ----------
    client
        A boto3 DynamoDB client.
    table
        The ledger's table.
    pause
        Waits before the given retry of a write that met another's transaction.
    """

    def __init__(self, client: Any, table: str, *, pause: Callable[[int], None] = jittered_pause) -> None:
        self._table = DynamoTable(client, table, pause=pause)

    def current(self, table: str) -> Run | None:
        """Return the run of a table that is not finished."""
        item = self._table.get(item_key(_RUNS, table))
        return _decoded(item, Run) if item else None

    def start(self, run: Run) -> None:
        """Make a run the current one (see `Runs.start` for errors)."""
        item = item_key(_RUNS, run.table) | {"told": {"S": _text(run)}}
        self._table.transact(run=Write("Put", item, condition="attribute_not_exists(pk)"))

    def results(self, run: Run) -> Mapping[str, Converted]:
        """Return what came of the run's objects, by raw key."""
        found = self._all(run.run, _RESULT, Converted)
        return {result.raw_key: result for result in found}

    def put_result(self, run: str, result: Converted) -> None:
        """Keep what came of an object."""
        self._put(run, result.raw_key, result)

    def drop_result(self, run: str, raw_key: str) -> None:
        """Forget what came of an object."""
        self._table.delete(item_key(_partition(run), raw_key))

    def replayed(self, run: Run) -> Sequence[Replayed]:
        """Return the generations that are done or begun, in order."""
        return self._all(run.run, _GENERATION, Replayed)

    def put_replayed(self, run: str, replayed: Replayed) -> None:
        """Keep what became of a generation."""
        self._put(run, f"{_GENERATION}{replayed.gen}", replayed)

    def remove(self, run: Run) -> None:
        """Forget a run: it is the current one until all of it is forgotten."""
        for item in self._table.query(_partition(run.run)):
            self._table.delete(item)
        self._table.delete(item_key(_RUNS, run.table))

    def _put(self, run: str, sk: str, value: msgspec.Struct) -> None:
        told = {"told": _text(value)}
        self._table.update(Write("Update", item_key(_partition(run), sk), "SET #told = :told", values=told))

    def _all(self, run: str, prefix: str, kind: type[T]) -> list[T]:
        items = self._table.query(_partition(run), "begins_with(sk, :sk)", prefix, attributes="told")
        return [_decoded(item, kind) for item in items]


def _partition(run: str) -> str:
    return f"{_RUNS}#{run}"


def _text(value: msgspec.Struct) -> str:
    return msgspec.json.encode(value).decode()


def _decoded(item: Item, kind: type[T]) -> T:
    return msgspec.json.decode(item["told"]["S"], type=kind)
