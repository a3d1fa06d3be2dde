"""Where an event is looked for: hot and warm files, identities, raw objects; the newest first, many at once."""

from __future__ import annotations

import datetime as dt
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

import msgspec

from thermocline.contracts import Contract
from thermocline.generations import following, hour_of, moved
from thermocline.layout import FIREHOSE_ERRORS, generation_of, raw_day_prefix
from thermocline.ledger import Entry, Marks, Suppression
from thermocline.streams import QUARANTINE, feeders
from thermocline.trace.lines import failed_lines_with, lines_with
from thermocline.trace.model import Arrival, Identity, RawLine, RawObject, Row, Wanted
from thermocline.trace.ports import EventRows, RawObjects, TracedLedger, WarmState

_THREADS: Final = 8
_FILES_AT_ONCE: Final = 64
_KEYS_AT_ONCE: Final = 100
_WINDOW: Final = 24
"""Generations before and after one that decide about its twins."""
_COLUMNS: Final = (
    "event_id", "fingerprint", "source", "received_at", "original_time", "protocol", "gen", "_src",
    "stream", "stage", "reason", "detail", "replayable", "replay_event_id", "replay_fingerprint",
)  # fmt: skip

T = TypeVar("T")
R = TypeVar("R")


class State(msgspec.Struct, frozen=True, kw_only=True):
    """The lake as it is now, by table."""

    now: dt.datetime
    marks: Mapping[str, Marks]
    views: Mapping[str, str | None]
    warm: Mapping[str, WarmState | None]
    suppression: Suppression


class Scanned(msgspec.Struct, frozen=True, kw_only=True):
    """What a look through raw objects found.

    Attributes
    ----------
    objects
        Raw objects of the range.
    read
        Those that were read: the others' rows are all in the tables.
    """

    lines: tuple[RawLine, ...] = ()
    found: Mapping[str, RawObject] = {}
    failed: tuple[RawLine, ...] = ()
    objects: int = 0
    read: int = 0
    waiting: int = 0
    left_out: int = 0


class Search:
    """Looks for one event.

    Parameters
    ----------
    state
        The lake as it is now.
    """

    def __init__(
        self,
        *,
        ledger: TracedLedger,
        objects: RawObjects,
        parquet: EventRows,
        contracts: Mapping[str, Contract],
        state: State,
        wanted: Wanted,
    ) -> None:
        self._ledger = ledger
        self._objects = objects
        self._parquet = parquet
        self._contracts = contracts
        self.state = state
        self.wanted = wanted

    def rows(self) -> tuple[Row, ...]:
        """Return the rows that have the event's id, in hot files that views read, and in warm ones."""
        asked = self.wanted.source
        return tuple(row for row in (*self._hot(), *self._warm()) if asked in (None, row.values.get("source")))

    def arrivals(self, table: str, identity: Identity, gens: Iterable[str]) -> tuple[Arrival, ...]:
        """Return how promotion noted an identity in the generations that decide about each other."""
        warm = self.state.warm.get(table)
        if warm is None or table == QUARANTINE:
            return ()
        near = {moved(gen, hours) for gen in gens if gen for hours in range(-_WINDOW, _WINDOW + 1)}
        files = [(gen, warm.ids[gen]) for gen in sorted(near & set(warm.ids))]
        noted = each_of(files, lambda file: list(self._noted(identity, *file)))
        return tuple(arrival for some in noted for arrival in some)

    def lines(self, raw_keys: Iterable[str]) -> tuple[list[RawLine], dict[str, RawObject]]:
        """Return the lines with the event's id in some raw objects, and those of the objects that are there."""
        looks = [found for found in each_of(sorted(set(raw_keys)), self._look_into) if found]
        return [line for _, lines in looks for line in lines], {found.key: found for found, _ in looks}

    def scan(self) -> Scanned:
        """Look through the raw objects of the range that may have lines which are in no table."""
        objects = sorted(self._listed(), key=lambda each: each.last_modified, reverse=True)
        entries = self._entries([each.key for each in objects])
        suspects = [each.key for each in objects if self.wanted.thorough or not _all_in_tables(entries.get(each.key))]
        lines, found = self.lines(suspects)
        return Scanned(
            lines=tuple(lines),
            found=found,
            failed=tuple(self._failed()),
            objects=len(objects),
            read=len(suspects),
            waiting=sum(not (each.key in entries and entries[each.key].done) for each in objects),
            left_out=sum(entry.suppressed for entry in entries.values()),
        )

    def _entries(self, raw_keys: Sequence[str]) -> Mapping[str, Entry]:
        parts = [raw_keys[start : start + _KEYS_AT_ONCE] for start in range(0, len(raw_keys), _KEYS_AT_ONCE)]
        return dict(ChainMap(*map(dict, each_of(parts, self._ledger.entries_of))))

    def _hot(self) -> Iterator[Row]:
        files = [(table, key) for table in self._contracts for key in self._hot_files(table)]
        for some in each_of(files, lambda file: list(self._rows_of(*file, level="hot"))):
            yield from some

    def _hot_files(self, table: str) -> Iterator[str]:
        """Yield the files of the generations that the table's view reads from hot, as far as the range goes back."""
        start = max(self.state.marks[table].watermark, hour_of(self.wanted.since))
        for stream in feeders(table, self._contracts):
            gen = self._ledger.next_generation(stream, start)
            while gen is not None:
                yield from (file.key for entry in self._ledger.entries(stream, gen) for file in entry.files_of(table))
                gen = self._ledger.next_generation(stream, following(gen))

    def _warm(self) -> Iterator[Row]:
        """Yield the rows of warm files, some files of each table at a time, until the table has shown one."""
        left = {table: self._likely_files(table) for table in self._contracts}
        while any(left.values()):
            files = [(table, key) for table, keys in left.items() for key in keys[:_FILES_AT_ONCE]]
            left = {table: keys[_FILES_AT_ONCE:] for table, keys in left.items()}
            for rows in each_of(files, lambda file: list(self._rows_of(*file, level="warm"))):
                left |= {row.table: [] for row in rows}
                yield from rows

    def _likely_files(self, table: str) -> list[str]:
        """Return the warm files that may have the event, the newest first.

        In quarantine it may be the id that the event would have had, whose bounds nobody looks at.
        """
        warm, event_id = self.state.warm[table], self.wanted.event_id
        files = warm.files if warm else []
        return [each.key for each in files if table == QUARANTINE or each.may_have(event_id)]

    def _rows_of(self, table: str, key: str, *, level: str) -> Iterator[Row]:
        names = ("event_id", "replay_event_id") if table == QUARANTINE else ("event_id",)
        wanted = dict.fromkeys(names, self.wanted.event_id)
        columns = (*_COLUMNS, self._contracts[table].time_column)
        try:
            found = self._parquet.find(key, wanted, columns)
        except FileNotFoundError:  # removed since it was named: its rows are in warm by now
            return
        for group, place, values in found:
            known = {"gen": generation_of(key), **values} if level == "hot" else values
            yield Row(table=table, level=level, key=key, group=group, place=place, values=known)  # type: ignore[arg-type]

    def _noted(self, identity: Identity, gen: str, key: str) -> Iterator[Arrival]:
        try:
            found = self._parquet.find(key, {"key": identity.key}, ("_src", "kept"))
        except FileNotFoundError:
            return
        for _, _, values in found:
            yield Arrival(raw_key=values["_src"], gen=gen, kept=values["kept"])

    def _look_into(self, raw_key: str) -> tuple[RawObject, list[RawLine]] | None:
        if (read := self._objects.read(raw_key)) is None:
            return None
        found, body = read
        asked = self.wanted.source
        lines = lines_with(raw_key, body, self.wanted.event_id)
        return found, [line for line in lines if asked in (None, line.members.get("source"))]

    def _listed(self) -> Iterator[RawObject]:
        since, until = self.wanted.since, self.wanted.until
        days = [since.date() + dt.timedelta(days=day) for day in range((until.date() - since.date()).days + 1)]
        prefixes = [raw_day_prefix(stream, day) for stream in self._contracts for day in days]
        for some in each_of(prefixes, lambda prefix: list(self._objects.list(prefix))):
            yield from (each for each in some if hour_of(since) <= _hour_in(each.key) <= hour_of(until))

    def _failed(self) -> Iterator[RawLine]:
        for stream in self._contracts:
            for listed in self._objects.list(f"{FIREHOSE_ERRORS}/{stream}/"):
                if listed.last_modified >= self.wanted.since and (read := self._objects.read(listed.key)):
                    yield from failed_lines_with(listed.key, read[1], self.wanted.event_id)


def each_of(items: Sequence[T], look: Callable[[T], R]) -> list[R]:
    """Return what a function gives for each of some items, in their order, many at a time."""
    if len(items) < 2:
        return [look(item) for item in items]
    with ThreadPoolExecutor(min(_THREADS, len(items))) as pool:
        return list(pool.map(look, items))


def _all_in_tables(entry: Entry | None) -> bool:
    return entry is not None and entry.done and not entry.suppressed


def _hour_in(raw_key: str) -> str:
    """Return the hour in a raw key, ``raw/<stream>/yyyy/MM/dd/HH/…``, spelt as a generation."""
    return "-".join(raw_key.split("/")[2:6])
