"""Promote the oldest generation of a table: the protocol of ADR 33, step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import msgspec

from thermocline.contracts import Contract
from thermocline.errors import CommitFailed, FencedOff, LedgerBehind
from thermocline.generations import following, moved
from thermocline.ledger import Entry
from thermocline.promote.ports import PromotedLedger, Rows, Work, Written
from thermocline.streams import QUARANTINE
from thermocline.warm.model import Base, Change
from thermocline.warm.ports import Catalog, Leases

WINDOW_HOURS = 24
"""Rows are deduplicated against so many generations before theirs."""

_MAX_COMMITS = 5

State = Literal["promoted", "waiting", "nothing"]


class Promoted(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a table's oldest generation.

    Attributes
    ----------
    state
        ``promoted``: it is in warm and published. ``waiting``: it is closed, and entries of it are not done.
        ``nothing``: no generation before the limit has an entry.
    watermark
        The table's watermark afterwards.
    pending
        Entries that it waits for.
    """

    table: str
    state: State
    watermark: str
    gen: str | None = None
    pending: int = 0
    written: Written | None = None


class Promote:
    """Moves one generation of a table from hot to warm.

    Parameters
    ----------
    publish
        Brings a table's view to its watermark.
    """

    def __init__(
        self,
        *,
        ledger: PromotedLedger,
        leases: Leases,
        catalog: Catalog,
        rows: Rows,
        contracts: Mapping[str, Contract],
        publish: Callable[[str], None],
        window: int = WINDOW_HOURS,
    ) -> None:
        self._ledger = ledger
        self._leases = leases
        self._catalog = catalog
        self._rows = rows
        self._streams = tuple(name for name in contracts if name != QUARANTINE)
        self._publish = publish
        self._window = window

    def __call__(self, table: str, *, before: str) -> Promoted:
        """Promote the oldest generation of a table that has entries, if it is before a limit.

        Generations without entries are passed over. Quarantine takes rows of every stream, so that it only goes as far
        as all of them have closed.

        Raises
        ------
        LeaseTaken
            Another promotes, compacts or erases this table.
        FencedOff
            The lease was lost, and its next holder has committed.
        CommitFailed
            The catalog failed again and again.
        HotFileMissing
            A file that the ledger names is not there.
        LedgerBehind
            Warm or the view has a later generation: the ledger was restored, and what is newer than it was not.
        """
        limit = min([before, *(self._ledger.marks(stream).closing for stream in self._feeders(table))])
        gen = self._oldest(table)
        if gen is None or gen >= limit:
            gen = self._pass_over(table, limit)
        if gen is None:
            return Promoted(table=table, state="nothing", watermark=self._ledger.marks(table).watermark)
        if table == QUARANTINE and (pending := _pending(self._entries(table, gen))):
            return self._waiting(table, gen, pending)  # asked before leasing, or tokens would grow without end
        self._publish(table)  # it refuses a ledger that is behind the view: entries may be missing from this generation
        token = self._leases.acquire(table)
        try:
            promoted = self._promote(table, gen, token)
        finally:
            self._leases.release(table, token)
        return promoted or self(table, before=before)

    def _feeders(self, table: str) -> tuple[str, ...]:
        """Return the streams that must have closed a generation before the table does."""
        return self._streams if table == QUARANTINE else ()

    def _oldest(self, table: str) -> str | None:
        start = self._ledger.marks(table).watermark
        found = (self._ledger.next_generation(stream, start) for stream in (*self._feeders(table), table))
        return min((gen for gen in found if gen is not None), default=None)

    def _pass_over(self, table: str, limit: str) -> str | None:
        """Close and publish generations that have no entries; return the one that got an entry meanwhile, if any."""
        marks = self._ledger.marks(table)
        if limit <= marks.watermark:
            self._publish(table)  # an earlier run may have died before it
            return None
        self._ledger.close(table, limit)
        gen = self._oldest(table)
        if gen is not None and gen < limit:
            return gen
        self._ledger.advance(table, limit)
        self._publish(table)
        return None

    def _entries(self, table: str, gen: str) -> Sequence[Entry]:
        return [entry for stream in (*self._feeders(table), table) for entry in self._ledger.entries(stream, gen)]

    def _promote(self, table: str, gen: str, token: int) -> Promoted | None:
        """Promote a generation; None when another promoter was faster, so that there may be a next one."""
        self._ledger.close(table, following(gen))
        # An attempt by a clock that is behind may have entered an earlier generation before it was closed.
        gen = min(gen, self._oldest(table) or gen)
        for _ in range(_MAX_COMMITS):
            if gen < self._ledger.marks(table).watermark:
                return None
            entries = self._entries(table, gen)
            if pending := _pending(entries):
                return self._waiting(table, gen, pending)
            if written := self._commit(table, gen, token, entries):
                break
        else:
            raise CommitFailed(f"{table} {gen}: {_MAX_COMMITS} commits failed")
        self._ledger.advance(table, following(gen))
        self._publish(table)
        watermark = self._ledger.marks(table).watermark
        return Promoted(table=table, state="promoted", gen=gen, watermark=watermark, written=written)

    def _waiting(self, table: str, gen: str, pending: int) -> Promoted:
        watermark = self._ledger.marks(table).watermark
        return Promoted(table=table, state="waiting", gen=gen, watermark=watermark, pending=pending)

    def _commit(self, table: str, gen: str, token: int, entries: Sequence[Entry]) -> Written | None:
        """Commit a generation; None when it has not landed and must be prepared again, from what is true by then."""
        base = self._catalog.load(table)
        if base.fence > token:
            raise FencedOff(f"{table}: token {token} is behind {base.fence}")
        if (last := max(base.ids, default=gen)) > gen:
            raise LedgerBehind(
                f"the ledger would have {table} promote {gen}, and warm has {last} already: run `lake restore ledger`"
            )
        # A generation that was never committed has no files, and the table's files need not be looked through.
        old = self._catalog.files(base, gen=gen) if gen in base.ids else ()
        written = self._rows.write(
            Work(
                table=table,
                gen=gen,
                hot=tuple(file.key for entry in entries for file in entry.files_of(table)),
                earlier=self._earlier(base, gen),
                rest=tuple(file for file in old if not file.holds_only(gen)),
                suppression=self._ledger.suppression(),
            )
        )
        change = Change(token=token, gens=(gen,), add=written.files, remove=tuple(old), ids={gen: written.ids})
        return written if self._landed(base, change) else None

    def _earlier(self, base: Base, gen: str) -> tuple[str, ...]:
        first = moved(gen, -self._window)
        return tuple(key for other, key in sorted(base.ids.items()) if first <= other < gen)

    def _landed(self, base: Base, change: Change) -> bool:
        """Commit, and after an error let the table itself say whether the commit is there."""
        try:
            self._catalog.commit(base, change)
        except CommitFailed:
            now = self._catalog.load(base.table)
            if (change.gens[0], change.token) in now.commits:
                return True
            if now.fence > change.token:
                raise FencedOff(f"{base.table}: token {change.token} is behind {now.fence}") from None
            return False
        return True


def _pending(entries: Sequence[Entry]) -> int:
    return sum(not entry.done for entry in entries)
