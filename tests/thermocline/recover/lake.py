"""A lake in memory: quarantine, raw objects, convert, a raw replay, and calls that fail or take effect late."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from tests.fakes.clock import NOW
from thermocline.errors import RefusedEvent
from thermocline.events.frames import zstd
from thermocline.events.quarantined import Quarantined
from thermocline.layout import recovered_key
from thermocline.ledger import Entry
from thermocline.recover.model import Choice
from thermocline.recover.use_case import Recover

TABLE = "clickstream"
CHOICE = Choice(table=TABLE)


class KilledError(Exception):
    """The process is gone."""


def bad(event_id: str, raw: str = "a", **values: Any) -> Quarantined:
    """Return a row of quarantine whose payload is its event's name."""
    row = Quarantined(
        raw_key=f"raw/quarantine/2026/11/22/12/{raw}.ndjson.zst",
        gen="2026-11-22-12",
        event_id=event_id,
        stream=TABLE,
        stage="ingest",
        reason="invalid",
        received_at=NOW - dt.timedelta(hours=1),
        payload=event_id.encode(),
        source="shop",
        protocol="native",
        replay_event_id=event_id,
        replayable=True,
    )
    return msgspec.structs.replace(row, **values)


class MemoryLake:
    """Implements every port of recovery; `calls` is how many calls are made before the process is killed.

    A killed call that writes takes effect (`after`), or takes effect when `land` is called (`late`), or never.
    """

    def __init__(self, rows: Sequence[Quarantined]) -> None:
        self.rows = list(rows)
        self.good = {row.payload for row in rows}
        self.raw: dict[str, bytes] = {}
        self.lists: dict[str, frozenset[str]] = {}
        self.owners: dict[tuple[str, str], str] = {}
        self.entries: dict[str, Entry] = {}
        self.view: Counter[bytes] = Counter()
        self.queued: list[str] = []
        self.converts = True
        self.calls: int | None = None
        self.fate = "never"
        self._late: list[Callable[[], object]] = []

    def recover(self, choice: Choice = CHOICE, *, dry_run: bool = False, is_late: Callable[[], bool] = bool) -> Any:
        use_case = Recover(
            quarantine=self, read=self.read, claims=self, objects=self, ledger=self, arrivals=self,
            is_late=is_late, pause=self.pause,
        )  # fmt: skip
        return use_case(choice, dry_run=dry_run)

    # what happens around

    def pause(self) -> None:
        if self.converts:
            self.convert()

    def convert(self) -> None:
        """Convert what has arrived."""
        for key in self.raw.keys() - self.entries.keys():
            self.entries[key] = Entry(raw_key=key, stream=TABLE, gen="2026-11-22-14", status="done", token="t")
            self.view.update(zstd.decompress(self.raw[key]).split())

    def land(self) -> None:
        """Let late calls take effect."""
        late, self._late = self._late, []
        for effect in late:
            effect()

    def replay(self, raw: str, run: str) -> None:
        """Replay a raw object as `replay(G)` does: claim, put its rows into the view, take them out of quarantine."""
        rows = [row for row in self.rows if row.raw_key == bad("", raw).raw_key and row.payload in self.good]
        mine = self.claim(bad("", raw).raw_key, [row.event_id for row in rows], run) if rows else ()
        gone = [row for row in rows if row.event_id in mine]
        self.view.update(row.payload for row in gone)
        self.rows = [row for row in self.rows if row not in gone]

    # ports

    def read(self, row: Quarantined) -> list[bytes]:
        if row.payload not in self.good:
            raise RefusedEvent("invalid", "it is bad")
        return [row.payload + b"\n"]

    def groups(self, choice: Choice) -> Iterator[list[Quarantined]]:
        for key in sorted({row.raw_key for row in self.rows if choice.takes(row)}):
            yield [row for row in self.rows if row.raw_key == key]

    def remove(self, leaving: Collection[Quarantined]) -> None:
        places = {(row.raw_key, row.event_id) for row in leaving}

        def effect() -> None:
            self.rows = [row for row in self.rows if (row.raw_key, row.event_id) not in places]

        self._call(effect, late=False)  # a commit that is late is refused: the table has changed

    def claim(self, raw_key: str, event_ids: Collection[str], owner: str) -> frozenset[str]:
        for event_id in sorted(event_ids):
            self._call(lambda event_id=event_id: self.owners.setdefault((raw_key, event_id), owner))  # type: ignore[misc]
        return frozenset(each for each in event_ids if self.owners[raw_key, each] == owner)

    def claims(self, raw_keys: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        return {
            key: {event_id: owner for (raw_key, event_id), owner in self.owners.items() if raw_key == key}
            for key in raw_keys
        }

    def intend(self, recovered: str, event_ids: Collection[str]) -> None:
        listed = frozenset(event_ids)
        self._call(lambda: self.lists.update({recovered: listed}))

    def intended(self, recovered: str) -> frozenset[str] | None:
        return self.lists.get(recovered)

    def is_there(self, recovered: str) -> bool:
        return recovered in self.raw

    def write(self, recovered: str, body: bytes) -> None:
        self._call(lambda: self.raw.setdefault(recovered, body))

    def entries_of(self, raw_keys: Sequence[str]) -> Mapping[str, Entry]:
        return {key: self.entries[key] for key in raw_keys if key in self.entries}

    def marks(self, stream: str) -> Any:
        raise NotImplementedError

    def suppression(self) -> Any:
        raise NotImplementedError

    def send(self, raw_keys: Sequence[str]) -> None:
        self._call(lambda: self.queued.extend(raw_keys))

    def _call(self, effect: Callable[[], object], *, late: bool = True) -> None:
        if self.calls is None:
            effect()
            return
        self.calls -= 1
        if self.calls >= 0:
            effect()
            return
        if self.fate == "after":
            effect()
        elif self.fate == "late" and late:
            self._late.append(effect)
        self.calls = None
        raise KilledError


def key_of(*rows: Quarantined) -> str:
    """Return the key of the object that takes some rows back."""
    return recovered_key(TABLE, rows[0].raw_key, [row.event_id for row in rows])
