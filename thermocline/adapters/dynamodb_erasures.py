"""The states of erasures in the ledger's table: an item each, and a partition that lists them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from thermocline.adapters.dynamodb_items import ERASURES, encoded, erasure_key, item_key
from thermocline.adapters.dynamodb_table import DynamoTable, Write
from thermocline.erase.model import Run
from thermocline.errors import LedgerConflict, UnknownRun


class DynamoErasures:
    """Implements `thermocline.erase.ports.Runs`.

    Parameters
    ----------
    client
        A boto3 DynamoDB client.
    table
        Name of the ledger's table.
    """

    def __init__(self, client: Any, table: str) -> None:
        self._table = DynamoTable(client, table)

    def all(self) -> Sequence[Run]:
        """Return the state of every run, the finished ones, too."""
        return [self.read(item["sk"]["S"]) for item in self._table.query(ERASURES)]

    def read(self, run_id: str) -> Run:
        """Return the state of a run (see `Runs.read` for errors)."""
        item = self._table.get(erasure_key(run_id))
        if not item:
            raise UnknownRun(f"there is no erasure {run_id!r}: `lake erase --list` names them")
        return msgspec.json.decode(item["run"]["S"], type=Run)

    def create(self, run: Run) -> None:
        """Write the first state of a run."""
        listed = Write("Put", item_key(ERASURES, run.id))
        self._table.transact(state=Write("Put", _item(run), condition="attribute_not_exists(pk)"), listed=listed)

    def save(self, run: Run, *, read: Run) -> Run:
        """Write a run's state if it still is as it was read, and return it (see `Runs.save` for errors)."""
        saved = msgspec.structs.replace(run, revision=read.revision + 1)
        write = Write(
            "Update",
            erasure_key(run.id),
            update="SET #run = :run, #revision = :revision",
            condition="#revision = :read",
            values={"run": _text(saved), "revision": saved.revision, "read": read.revision},
        )
        if self._table.update(write) is None:
            raise LedgerConflict(f"another turn of the erasure {run.id} is under way")
        return saved


def _item(run: Run) -> dict[str, Any]:
    return erasure_key(run.id) | encoded({"run": _text(run), "revision": run.revision})


def _text(run: Run) -> str:
    return msgspec.json.encode(run).decode()
