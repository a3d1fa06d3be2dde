"""Raw objects that are not done: their lines are pending, unless their entry was lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from thermocline.balance.model import Range
from thermocline.balance.ports import BalancedLedger, Listing, RawLines
from thermocline.layout import RAW, raw_key_digest, table_prefix
from thermocline.ledger import Entry
from thermocline.streams import QUARANTINE

_MAX_COUNTED = 200
"""Objects of a stream that are read for their lines; of more only the number is told."""


class Waiting(NamedTuple):
    """A raw object that is not done: its generation if it has one, and whether it had an entry that is gone."""

    raw_key: str
    gen: str | None
    lost: bool = False


class Lines(msgspec.Struct, frozen=True, kw_only=True):
    """The lines of raw objects, as far as they were counted."""

    lines: int = 0
    uncounted: int = 0
    problems: tuple[str, ...] = ()


class RawReader:
    """Finds the raw objects of a stream that are in no generation, and counts lines."""

    def __init__(self, *, ledger: BalancedLedger, listing: Listing, raw: RawLines) -> None:
        self._ledger = ledger
        self._listing = listing
        self._raw = raw

    def outside(self, stream: str, among: Range, entered: Iterable[str]) -> Iterator[Waiting]:
        """Yield the raw objects of a range that the ledger has in no generation.

        Parameters
        ----------
        entered
            Keys of those that are in a generation of the range, so that they are not looked up once more.
        """
        known = frozenset(entered)
        since = f"{RAW}/{stream}/{among.day_before.replace('-', '/')}"
        unknown = [each.key for each in self._listing.list(f"{RAW}/{stream}/", after=since) if each.key not in known]
        entries = self._ledger.entries_of(unknown)
        written = dict(self._written(stream)) if len(entries) < len(unknown) else {}
        for key in unknown:
            entry = entries.get(key)
            if entry is None:
                gen = written.get(raw_key_digest(key))
                yield Waiting(key, gen, lost=gen is not None)
            elif entry.gen is None:
                yield Waiting(key, None)

    def count(self, raw_keys: Iterable[str], *, budget: int = _MAX_COUNTED) -> Lines:
        """Count the lines of raw objects, of so many at most."""
        lines = uncounted = 0
        problems = []
        for place, key in enumerate(raw_keys):
            try:
                counted = self._raw.lines(key) if place < budget else None
            except FileNotFoundError:
                problems.append(f"{key} is not done, and the object is gone")
                continue
            lines += counted or 0
            uncounted += counted is None
        return Lines(lines=lines, uncounted=uncounted, problems=tuple(problems))

    def _written(self, stream: str) -> Iterator[tuple[str, str]]:
        """Yield the digest of the raw key and the generation of each hot file: only entered objects have any."""
        for table in {stream, QUARANTINE}:
            for listed in self._listing.list(table_prefix(table)):
                folder, _, name = listed.key.rpartition("/")
                yield name[:32], folder.rpartition("gen=")[2]


def disagreement(entry: Entry) -> str | None:
    """Return a sentence if what an entry says does not add up."""
    named = sum(file.rows for file in entry.files) + entry.suppressed
    if named == entry.lines:
        return None
    return f"the entry of {entry.raw_key} has {entry.lines:,} lines, and names {named:,} rows"
