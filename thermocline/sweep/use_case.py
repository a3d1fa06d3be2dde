"""The sweeper: raw objects that convert never received, or never finished, are queued again."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from thermocline.clock import Clock
from thermocline.errors import LedgerConflict
from thermocline.generations import begins, following, hour_of
from thermocline.layout import raw_day_prefix
from thermocline.ledger import Entry, new_token
from thermocline.sweep.ports import Arrivals, ListedObject, Listing, SweepMetrics, SweptLedger

logger = logging.getLogger(__name__)

# More sweeps do not help an object that convert could not finish by then; it waits in the dead-letter queue, and
# must not hold up the promotion of its generation.
MAX_SWEEPS = 3
# A queue that is behind gains nothing from more messages.
MAX_WAITING = 10_000


class Swept(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of a sweep.

    Attributes
    ----------
    compared
        Listed raw objects old enough to be compared with the ledger.
    missing
        Those without an entry: their notification was lost.
    unfinished
        Objects begun and not done, also those whose entry alone was found.
    stuck
        Those among the unfinished that the sweeper has given up: they are parked, and enter a later generation when
        their dead letters are redriven.
    parked
        Those that this sweep has parked.
    queued
        Those queued again, the oldest first, as far as the queue has room.
    """

    compared: int
    missing: int
    unfinished: int
    stuck: int
    parked: int
    queued: int


class Sweep:
    """Compares a listing of raw/ with the ledger, and looks for entries that hold up a generation.

    An object that was redriven may be older than the listing reaches; its entry is in a new generation.

    Parameters
    ----------
    listing
        The lake bucket.
    ledger
        Knows what convert has begun and done.
    arrivals
        The queue that convert reads.
    metrics
        Counts the parked objects, however old they are.
    streams
        Streams that have raw objects.
    clock
        Returns the time now.
    settle
        A younger object is left out: its message may be on its way.
    look_back
        How far back objects are compared; it must exceed the day for which Firehose may hold records, because it names
        an object after the oldest of them.
    """

    def __init__(
        self,
        *,
        listing: Listing,
        ledger: SweptLedger,
        arrivals: Arrivals,
        metrics: SweepMetrics,
        streams: Sequence[str],
        clock: Clock,
        settle: dt.timedelta,
        look_back: dt.timedelta,
    ) -> None:
        self._listing = listing
        self._ledger = ledger
        self._arrivals = arrivals
        self._metrics = metrics
        self._streams = streams
        self._clock = clock
        self._settle = settle
        self._look_back = look_back

    def __call__(self, *, settle: dt.timedelta | None = None, look_back: dt.timedelta | None = None) -> Swept:
        """Queue again what is missing or unfinished; an object that is queued twice is converted once."""
        now = self._clock()
        since = now - (self._look_back if look_back is None else look_back)
        written_before = now - (self._settle if settle is None else settle)
        objects = [listed for listed in self._listed(since, now) if listed.last_modified <= written_before]
        entries = dict(self._ledger.entries_of([listed.key for listed in objects]))
        left = [listed for listed in objects if not (listed.key in entries and entries[listed.key].done)]
        for entry in self._holding_up(hour_of(written_before)):
            if entry.raw_key not in entries:
                entries[entry.raw_key] = entry
                left.append(ListedObject(key=entry.raw_key, last_modified=begins(entry.gen or "")))
        unfinished = [entries[listed.key] for listed in left if listed.key in entries]
        stuck = {entry.raw_key for entry in unfinished if entry.status == "parked"}
        given_up = [entry for entry in unfinished if entry.raw_key not in stuck and entry.sweeps >= MAX_SWEEPS]
        parked = {entry.raw_key for entry in given_up if self._parked(entry)}
        self._metrics.parked(len(self._ledger.parked()))
        left_alone = stuck | {entry.raw_key for entry in given_up}
        return Swept(
            compared=len(objects),
            missing=len(left) - len(unfinished),
            unfinished=len(unfinished),
            stuck=len(stuck | parked),
            parked=len(parked),
            queued=self._queue([listed for listed in left if listed.key not in left_alone], entries),
        )

    def _holding_up(self, before: str) -> Iterator[Entry]:
        """Yield the entries that are not done in generations before one, from each stream's watermark on."""
        for stream in self._streams:
            gen = self._ledger.next_generation(stream, self._ledger.marks(stream).watermark)
            while gen is not None and gen < before:
                yield from (entry for entry in self._ledger.entries(stream, gen) if not entry.done)
                gen = self._ledger.next_generation(stream, following(gen))

    def _parked(self, entry: Entry) -> bool:
        """Park an entry; False when an attempt is at it right now, which may finish it."""
        try:
            self._ledger.park(entry, token=new_token())
        except LedgerConflict:
            return False
        logger.warning("%s: parked, convert could not finish it; its message is a dead letter", entry.raw_key)
        return True

    def _listed(self, since: dt.datetime, now: dt.datetime) -> Iterator[ListedObject]:
        first, last = (time.astimezone(dt.UTC).date() for time in (since, now))
        for stream in self._streams:
            for day in range((last - first).days + 1):
                yield from self._listing.list(raw_day_prefix(stream, first + dt.timedelta(days=day)))

    def _queue(self, objects: Sequence[ListedObject], entries: Mapping[str, Entry]) -> int:
        room = max(0, MAX_WAITING - self._arrivals.waiting()) if objects else 0
        oldest = [listed.key for listed in sorted(objects, key=lambda listed: listed.last_modified)][:room]
        self._arrivals.send(oldest)
        for key in oldest:
            if key in entries:
                self._ledger.count_sweep(key)
        return len(oldest)
