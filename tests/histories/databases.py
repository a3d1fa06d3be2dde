"""Databases that write changes as Debezium does, with what goes wrong: failover, restore, snapshots, changed keys."""

from __future__ import annotations

import random
from typing import Any

MARKER = "__debezium_unavailable_value"
_START_MS = 1_795_000_000_000

Message = dict[str, Any]
Values = dict[int, tuple[int, str | None]]


class Database:
    """One table of ``id``, ``n`` and ``note``; a note that does not change is not logged.

    `messages` is everything its connector reads, in order. What is in it stands in the log for ever.
    """

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.values: Values = {}
        self.messages: list[Message] = []
        self.now_ms = _START_MS
        self._transaction = 700
        self._count = 0

    def work(self, changes: int) -> None:
        """Make changes, each in a transaction of its own."""
        for _ in range(changes):
            self._begin()
            self._pick()()

    def snapshot(self) -> None:
        """Have the connector read the whole table."""
        self.now_ms += self.rng.randint(1_000, 5_000)
        for key, (number, note) in self.values.items():
            self._emit("r", None, {"id": key, "n": number, "note": note}, read=True)

    def lose(self) -> None:
        """A key that is gone, as a restore from an older backup leaves it."""
        if self.values:
            self.values.pop(self.rng.choice([*self.values]))

    def _pick(self) -> Any:
        actions = [self._insert] * 3
        if self.values:
            actions += [self._update] * 4 + [self._rename] * 2 + [self._delete]
        return self.rng.choice([*actions, self._truncate] if self.rng.random() < 0.03 else actions)

    def _begin(self) -> None:
        self._transaction += 1
        self.now_ms += self.rng.randint(1_000, 60_000)
        self._move()

    def _insert(self) -> None:
        self.values[self._free_key()] = row = (self._next(), self._note())
        key = next(reversed(self.values))
        self._emit("c", None, {"id": key, "n": row[0], "note": row[1]}, order=1)

    def _update(self) -> None:
        key = self.rng.choice([*self.values])
        changed = self.rng.random() < 0.3
        note = self._note() if changed else self.values[key][1]
        self.values[key] = (self._next(), note)
        logged = note if changed or note is None or not self.has_toast else MARKER
        self._emit("u", None, {"id": key, "n": self.values[key][0], "note": logged}, order=1)

    def _rename(self) -> None:
        old, new = self.rng.choice([*self.values]), self._free_key()
        number, note = self.values[new] = self.values.pop(old)
        self._emit("d", {"id": old, "n": None, "note": None}, None, order=1)
        self.messages.append({"key": {"id": old}, "value": None})
        logged = MARKER if self.has_toast and note is not None else note
        self._emit("c", None, {"id": new, "n": number, "note": logged}, order=2)

    def _delete(self) -> None:
        key = self.rng.choice([*self.values])
        del self.values[key]
        self._emit("d", {"id": key, "n": None, "note": None}, None, order=1)
        self.messages.append({"key": {"id": key}, "value": None})

    def _truncate(self) -> None:
        self.values.clear()
        self._emit("t", None, None, order=1)

    def _free_key(self) -> int:
        return self.rng.choice([key for key in range(1, 30) if key not in self.values])

    def _note(self) -> str | None:
        return self.rng.choice([None, f"note {self._next()}"])

    def _next(self) -> int:
        self._count += 1
        return self._count

    def _emit(
        self, op: str, before: Message | None, after: Message | None, *, order: int | None = None, read: bool = False
    ) -> None:
        source = {"db": "shop", "table": "docs", "ts_ms": self.now_ms, "txId": self._transaction}
        source |= {"snapshot": "true" if read else "false"} | self._source(read=read)
        transaction = {"id": str(self._transaction), "total_order": order} if order and self.has_toast else None
        key = None if op == "t" else {"id": (before or after or {})["id"]}
        value = {"op": op, "before": before, "after": after, "source": source, "transaction": transaction}
        self.messages.append({"key": key, "value": value})

    has_toast = True

    def _move(self) -> None:
        raise NotImplementedError

    def _source(self, *, read: bool) -> Message:
        raise NotImplementedError


class PostgreSQL(Database):
    """Its log has no name."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._lsn = 9_000

    def fail_over(self) -> None:
        """Another server goes on, whose log is behind."""
        self.now_ms += 600_000
        self._lsn = self.rng.randint(1, 8_000)

    def _move(self) -> None:
        self._lsn += self.rng.randint(1, 50)

    def _source(self, *, read: bool) -> Message:
        return {"connector": "postgresql", "schema": "public", "lsn": self._lsn}


class MySQL(Database):
    """Its log is files of one name, on one server."""

    has_toast = False

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._server, self._base, self._file, self._pos = 1, "mysql-bin", 10, 4

    def fail_over(self, *, server: int, base: str) -> None:
        """Another server, or another name: another log."""
        self.now_ms += 600_000
        self._server, self._base, self._file, self._pos = server, base, self.rng.randint(1, 40), 4

    def begin_anew(self) -> None:
        """The same server begins its log anew under the same name."""
        self.now_ms += 600_000
        self._file, self._pos = 1, 4

    def _move(self) -> None:
        self._pos += self.rng.randint(1, 900)
        if self._pos > 5_000:
            self._file, self._pos = self._file + 1, 4

    def _source(self, *, read: bool) -> Message:
        place = {"file": f"{self._base}.{self._file:06d}", "pos": self._pos, "row": 0}
        return {"connector": "mysql", "server_id": 0 if read else self._server} | place
