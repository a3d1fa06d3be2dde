"""What a table holds, out of the log alone: the reduction that `contracts/cdc_log.odcs.yaml` tells readers to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec

Row = dict[str, Any]
Table = dict[str, Row]
"""Rows by primary key, as the log writes it."""


def mirror(log: Iterable[Row]) -> dict[str, Table]:
    """Return every table's rows by primary key, from the rows of ``cdc_log`` in any order and with any duplicates."""
    once = {(row["event_id"], row["fingerprint"]): row for row in log}
    tables: dict[str, _Mirror] = defaultdict(_Mirror)
    for row in sorted(once.values(), key=lambda row: str(row["position_sort"])):
        tables[row["table_name"]].apply(row)
    return {name: table.rows for name, table in tables.items()}


class _Mirror:
    """One table."""

    def __init__(self) -> None:
        self.rows: Table = {}
        self._deleted: dict[tuple[str | None, str], tuple[Row, Row]] = {}
        self._epoch = 0

    def apply(self, row: Row) -> None:
        """Apply the next row of the log."""
        op, key = row["op"], str(row.get("pk"))
        if op == "r" and row["epoch"] > self._epoch:
            # A snapshot of a new epoch is the whole table: what it does not hold is gone.
            self.rows, self._epoch = {}, row["epoch"]
        if op == "t":
            self.rows = {}
        elif op == "d":
            before = msgspec.json.decode(row["before"]) if row.get("before") else {}
            self._deleted[row.get("tx_id"), row["position"]] = (self.rows.pop(key, {}), before)
        else:
            self.rows[key] = self._values(row)

    def _values(self, row: Row) -> Row:
        values: Row = msgspec.json.decode(row["after"])
        for column in msgspec.json.decode(row.get("unavailable_columns") or "[]"):
            values[column] = self._value_before(row, column)
        return values

    def _value_before(self, row: Row, column: str) -> Any:
        if row["op"] != "c":
            return self.rows.get(row["pk"], {}).get(column)
        last, before = self._deleted.get((row.get("tx_id"), row["position"]), ({}, {}))
        logged = before.get(column)
        return last.get(column) if logged is None else logged
