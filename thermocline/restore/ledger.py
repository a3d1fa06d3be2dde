"""Restore the ledger: from an older copy, and what is newer than it from warm, from hot and from the views.

Nothing of the lake may run meanwhile, and for a quarter of an hour before. Everything here may be repeated, and what a
run that died has done is kept. The watermarks are moved last: until then promotion refuses a ledger that is behind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from thermocline.clock import Clock
from thermocline.contracts import Contract
from thermocline.generations import BEGINNING, begins, following, hour_of
from thermocline.layout import RAW, generation_of, raw_key_digest, table_prefix
from thermocline.ledger import Entry, Marks, new_token
from thermocline.restore.evidence import Evidence
from thermocline.restore.merged import Merged
from thermocline.restore.ports import Bases, Erasures, Listing, OldLedger, RestoredLedger, Views
from thermocline.streams import QUARANTINE
from thermocline.warm.model import Base

_TOKENS_APART = 1_000_000
"""More leases than anybody has taken without a commit since an older copy was made."""
_VERSIONS_APART = 1_000_000
"""More changes of the suppression list than were lost: processes that live on remember a list by its version."""


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """What was restored, or in a dry run would be.

    Attributes
    ----------
    copied
        Items that only the older copy had.
    marks, tokens
        Marks by stream and tokens by table that move.
    version
        Of the suppression list, if it moves.
    suppressed
        Subjects that proofs of erasures name, of a list that both ledgers do not know yet.
    erasures
        Runs that both ledgers do not know: erase their subjects again, for what was under way is not known either.
    rebuilt
        Entries of raw objects that warm has rows of.
    parked
        Raw objects of published generations that warm has no rows of: they are converted anew.
    missing
        Raw objects without an entry: they are converted anew, too.
    twice
        Raw objects that warm has in two generations, with the later one: replay it.
    """

    copied: int
    marks: dict[str, Marks]
    tokens: dict[str, int]
    version: int | None
    suppressed: tuple[str, ...]
    erasures: tuple[str, ...]
    rebuilt: tuple[Entry, ...]
    parked: tuple[Entry, ...]
    missing: tuple[str, ...]
    twice: tuple[tuple[str, str], ...]


class RestoreLedger:
    """Restores the ledger of a lake.

    Parameters
    ----------
    ledger
        The stack's; it may be empty, or lack some items.
    old
        An older copy, as point-in-time recovery makes it; None: there is none.
    """

    def __init__(
        self,
        *,
        ledger: RestoredLedger,
        old: OldLedger | None,
        bases: Bases,
        views: Views,
        erasures: Erasures,
        evidence: Evidence,
        listing: Listing,
        contracts: Mapping[str, Contract],
        clock: Clock,
    ) -> None:
        self._ledger = ledger
        self._old = old
        self._merged = Merged(ledger, old)
        self._bases = bases
        self._views = views
        self._erasures = erasures
        self._evidence = evidence
        self._listing = listing
        self._contracts = contracts
        self._clock = clock

    def __call__(self, *, since: str | None = None, dry_run: bool = False) -> Restored:
        """Restore the ledger; a second run finds nothing to do.

        Parameters
        ----------
        since
            Entries of this generation and later ones may be missing. By default, those that were published after the
            older copy was made; without one, all.

        Raises
        ------
        ConfigurationError
            A warm table is not in the catalog: restore it first.
        """
        erasures = self._erasures.runs()
        later = [run for run in erasures if run.version > self._merged.version()]
        version = max([self._merged.version(), *(run.version for run in later)])
        bases = {table: self._bases.load(table) for table in self._contracts}
        watermarks = {table: self._watermark(table, base) for table, base in bases.items()}
        start = {table: self._start(table) if since is None else since for table in bases}
        rebuilt, twice = self._rebuilt(bases, watermarks, start, suppressing=version > 0)
        parked = tuple(self._stale(start, watermarks, {entry.raw_key for entry in rebuilt}))
        missing, written = self._missing(min(start.values()), {entry.raw_key for entry in rebuilt})
        copied = self._ledger.copy_missing(dry_run=True) if self._old else 0
        tokens = {table: token for table, base in bases.items() if (token := self._token(base))}
        damaged = bool(copied or rebuilt or parked or written or tokens or self._behind(watermarks))
        restored = Restored(
            copied=copied,
            marks=self._marks(watermarks, bases, written, damaged=damaged),
            tokens=tokens,
            version=version + _VERSIONS_APART if version > self._ledger.version() else None,
            suppressed=tuple(sorted({digest for run in later for digest in run.digests})),
            erasures=tuple(run.run for run in erasures if not self._merged.knows_erasure(run.run)),
            rebuilt=rebuilt,
            parked=parked,
            missing=missing,
            twice=twice,
        )
        if not dry_run:
            self._write(restored)
        return restored

    def _write(self, restored: Restored) -> None:
        for stream, marks in restored.marks.items():
            self._ledger.close(stream, marks.closing)
        if self._old:
            self._ledger.copy_missing(dry_run=False)
        if restored.suppressed:
            self._ledger.suppress(restored.suppressed)
        if restored.version:
            self._ledger.raise_version(restored.version)
        for table, token in restored.tokens.items():
            self._ledger.raise_token(table, token)
        entries = (*restored.rebuilt, *restored.parked)
        before = self._ledger.entries_of([entry.raw_key for entry in entries])
        for entry in entries:
            self._ledger.put(entry, instead_of=before.get(entry.raw_key))
        for stream, marks in restored.marks.items():
            if marks.watermark:
                self._ledger.advance(stream, marks.watermark)

    def _watermark(self, table: str, base: Base) -> str:
        view = self._views.read(self._contracts[table].table)
        committed = following(max(base.ids)) if base.ids else BEGINNING
        return max(self._merged.marks(table).watermark, view.watermark if view else BEGINNING, committed)

    def _start(self, table: str) -> str:
        return (self._old or self._ledger).marks(table).watermark

    def _behind(self, watermarks: Mapping[str, str]) -> bool:
        return any(self._ledger.marks(table).watermark < watermark for table, watermark in watermarks.items())

    def _token(self, base: Base) -> int | None:
        """Return the token that a lease must exceed: no commit may meet a higher fence, nor one of before its like."""
        last, now = self._merged.token(base.table), self._ledger.token(base.table)
        lost = now < max(last, base.fence)
        return max(last, base.fence) + _TOKENS_APART if lost else None

    def _rebuilt(
        self, bases: Mapping[str, Base], watermarks: Mapping[str, str], start: Mapping[str, str], *, suppressing: bool
    ) -> tuple[tuple[Entry, ...], tuple[tuple[str, str], ...]]:
        indexes = {
            table: {gen: key for gen, key in base.ids.items() if gen >= start[table]} for table, base in bases.items()
        }
        promoted = list(self._evidence.promoted(indexes))
        entries = self._merged.entries_of([each.raw_key for each in promoted])
        rebuilt: dict[str, Entry] = {}
        twice = []
        for each in promoted:
            known = rebuilt.get(each.raw_key) or entries.get(each.raw_key)
            if known is None or not known.done:
                rebuilt[each.raw_key] = self._evidence.entry(each, watermarks, suppressing=suppressing)
            elif known.gen != each.gen:
                twice.append((each.raw_key, each.gen))
        return tuple(rebuilt.values()), tuple(twice)

    def _stale(self, start: Mapping[str, str], watermarks: Mapping[str, str], rebuilt: set[str]) -> Iterator[Entry]:
        """Yield, as parked ones, the entries of published generations that are not done, and that warm has no rows of.

        An attempt that finished one would bring its rows to a generation that nobody promotes any more.
        """
        for stream in self._contracts:
            passed = max(watermarks[stream], watermarks[QUARANTINE])
            for gen in self._merged.generations(stream, min(start.values())):
                if gen >= passed:
                    break
                for entry in self._merged.entries(stream, gen):
                    if not entry.done and entry.raw_key not in rebuilt:
                        yield msgspec.structs.replace(entry, gen=None, status="parked", token=new_token())

    def _missing(self, start: str, rebuilt: set[str]) -> tuple[tuple[str, ...], set[str]]:
        """Return the raw objects without an entry, and the generations that these have hot files in."""
        keys = [
            listed.key
            for stream in self._contracts
            for listed in self._listing.list(f"{RAW}/{stream}/", after=_two_days_before(stream, start))
        ]
        entries = self._merged.entries_of(keys)
        missing = [key for key in keys if key not in entries and key not in rebuilt]
        digests = set(map(raw_key_digest, missing))
        written = self._written(digests, start) if missing else set()
        return tuple(missing), written

    def _written(self, digests: set[str], start: str) -> set[str]:
        gens = set()
        for table in self._contracts:
            for listed in self._listing.list(table_prefix(table), after=f"{table_prefix(table)}gen={start}"):
                gen, name = generation_of(listed.key), listed.key.rpartition("/")[2]
                if gen and name[:32] in digests:
                    gens.add(gen)
        return gens

    def _marks(
        self, watermarks: Mapping[str, str], bases: Mapping[str, Base], written: Iterable[str], *, damaged: bool
    ) -> dict[str, Marks]:
        """Return the marks that move; after a damage, all that was ever entered is closed.

        So nothing is entered where a promotion that the ledger has forgotten may have read already.
        """
        marks = {}
        horizon = self._horizon(bases, written) if damaged else BEGINNING
        for stream, watermark in watermarks.items():
            now, merged = self._ledger.marks(stream), self._merged.marks(stream)
            moved = Marks(closing=max(merged.closing, watermark, horizon), watermark=watermark)
            if moved != now:
                marks[stream] = moved
        return marks

    def _horizon(self, bases: Mapping[str, Base], written: Iterable[str]) -> str:
        entered = (gen for stream in self._contracts for gen in self._merged.generations(stream, self._start(stream)))
        committed = (gen for base in bases.values() for gen in base.ids)
        return following(max([hour_of(self._clock()), *entered, *committed, *written]))


def _two_days_before(stream: str, gen: str) -> str:
    """Return where the listing of raw begins: Firehose may deliver a day late, by the time of the oldest record."""
    return f"{RAW}/{stream}/{begins(gen) - dt.timedelta(days=2):%Y/%m/%d}" if gen else ""
