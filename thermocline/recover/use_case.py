"""Bring rows back from quarantine: claim them, write them to raw, and only then let them leave (ADR 44)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import groupby
from typing import Final

from thermocline.errors import RefusedEvent
from thermocline.events.frames import framed
from thermocline.events.pack import MAX_LINES_BYTES
from thermocline.events.quarantined import Quarantined
from thermocline.layout import recovered_key
from thermocline.recover.model import Choice, Recovery, Tally
from thermocline.recover.ports import Arrivals, Claims, Quarantine, Reading, RecoveredObjects, RecoveryLedger
from thermocline.recover.source_object import SourceObject, without_content

_LOOKS: Final = 12
_LOOKS_BEFORE_QUEUED: Final = 3

Lines = dict[str, list[bytes]]
"""The lines of good rows, by the rows' event_id."""
Written = dict[str, list[Quarantined]]
"""The rows that are written back, without what they hold, by the raw object that took them."""


class Recover:
    """Brings rows of one table back from quarantine.

    Parameters
    ----------
    read
        Reads a row's event again.
    is_late
        Tells, before each raw object, whether the time for more is up.
    pause
        Waits between two looks whether convert has begun with what was written.
    """

    def __init__(
        self,
        *,
        quarantine: Quarantine,
        read: Reading,
        claims: Claims,
        objects: RecoveredObjects,
        ledger: RecoveryLedger,
        arrivals: Arrivals,
        is_late: Callable[[], bool],
        pause: Callable[[], None],
    ) -> None:
        self._quarantine = quarantine
        self._read = read
        self._claims = claims
        self._objects = objects
        self._ledger = ledger
        self._arrivals = arrivals
        self._is_late = is_late
        self._pause = pause

    def __call__(self, choice: Choice, *, dry_run: bool = False) -> Recovery:
        """Bring the chosen rows back that are good now; running it again finishes what a run left half done.

        Raises
        ------
        LeaseTaken, FencedOff, CommitFailed, RowsDiffer
            As of `WarmQuarantine.remove`: what was written is in the table, or will be, and the next run lets it leave.
        QueueUnavailable
            Convert was not told of all objects; the next run tells it.
        """
        tally, written, more = Tally(), Written(), False
        for rows in self._quarantine.groups(choice):
            if more := self._is_late():
                break
            source = SourceObject(rows, choice, self._claims.claims([rows[0].raw_key]).get(rows[0].raw_key, {}))
            if dry_run:
                self._foresee(source, tally)
            else:
                self._finish_others(source, tally, written)
                self._bring_back(source, tally, written)
        self._let_leave(written, tally)
        return Recovery(table=choice.table, counts=tally.counts(), objects=len(written), dry_run=dry_run, more=more)

    def _foresee(self, source: SourceObject, tally: Tally) -> None:
        good = self._good(source.free(tally), tally)
        for row in source.rows_of(good) + [row for rows in source.of_recoveries().values() for row in rows]:
            tally.add(row, "recovered")

    def _finish_others(self, source: SourceObject, tally: Tally, written: Written) -> None:
        """Write what a run has claimed and did not come to write: the same rows, under the same key."""
        for recovered, claimed in source.of_recoveries().items():
            if self._objects.is_there(recovered) or self._finish(recovered, claimed, source, tally):
                written[recovered] = without_content(source.rows_of(source.claimed_by(recovered)))

    def _finish(self, recovered: str, claimed: Sequence[Quarantined], source: SourceObject, tally: Tally) -> bool:
        """Write one such object; False if a row of it is bad again: what it holds may not depend on who writes it."""
        listed = self._objects.intended(recovered) or {row.event_id for row in claimed}
        source.note(self._claims.claim(source.raw_key, listed, recovered), recovered)
        rows = source.rows_of(source.claimed_by(recovered))
        lines = self._good(rows, tally)
        if lines.keys() == {row.event_id for row in rows}:
            self._objects.write(recovered, packed(_in_order(lines)))
            return True
        for row in source.rows_of(lines):
            tally.add(row, "refused", "others that were to come back with it are refused again")
        return False

    def _bring_back(self, source: SourceObject, tally: Tally, written: Written) -> None:
        """Claim the good rows that nobody has, and write those of them that are ours then."""
        lines = self._good(source.free(tally), tally)
        if not lines:
            return
        recovered = recovered_key(source.table, source.raw_key, lines)
        self._objects.intend(recovered, lines)
        mine = self._claims.claim(source.raw_key, lines, recovered)
        for row in source.rows_of(lines.keys() - mine):
            tally.add(row, "replayed")
        if mine:
            self._objects.write(recovered, packed(_in_order({name: lines[name] for name in mine})))
            written[recovered] = without_content(source.rows_of(mine))

    def _good(self, rows: Iterable[Quarantined], tally: Tally) -> Lines:
        """Return the lines of rows that are good now; rows with one event_id come back together or not at all."""
        good: Lines = {}
        for event_id, same in groupby(sorted(rows, key=_order), key=lambda row: row.event_id):
            alike = list(same)
            try:
                good[event_id] = [line for row in alike for line in self._read(row)]
            except RefusedEvent as again:
                for row in alike:
                    tally.add(row, "refused", f"{again.reason}: {again.detail}")
        return good

    def _let_leave(self, written: Written, tally: Tally) -> None:
        """Let rows leave quarantine once the ledger has the objects that took them: from then on none is forgotten."""
        entered = self._entered(list(written)) if written else frozenset()
        leaving = [row for recovered in written if recovered in entered for row in written[recovered]]
        if leaving:
            self._quarantine.remove(leaving)
        for recovered, rows in written.items():
            for row in rows:
                tally.add(row, "recovered" if recovered in entered else "waiting")

    def _entered(self, recovered: Sequence[str]) -> Collection[str]:
        for look in range(1, _LOOKS + 1):
            entries = self._ledger.entries_of(recovered)
            if len(entries) == len(recovered):
                break
            if look == _LOOKS_BEFORE_QUEUED:  # S3's notification may be lost, and the sweeper does not look so far back
                self._arrivals.send([key for key in recovered if key not in entries])
            self._pause()
        return entries.keys()


def packed(lines: Iterable[bytes]) -> bytes:
    """Return lines as a raw object: frames of as many lines as a record of ingest takes."""
    frames, waiting = bytearray(), bytearray()
    for line in lines:
        if waiting and len(waiting) + len(line) > MAX_LINES_BYTES:
            frames += framed(waiting)
            waiting = bytearray()
        waiting += line
    return bytes(frames + framed(waiting))


def _in_order(lines: Lines) -> Iterable[bytes]:
    return (line for event_id in sorted(lines) for line in lines[event_id])


def _order(row: Quarantined) -> tuple[str, str]:
    return row.event_id, row.replay_event_id or ""
