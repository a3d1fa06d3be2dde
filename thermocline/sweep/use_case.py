"""The sweeper: raw objects that convert never received, or never finished, are queued again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from thermocline.clock import Clock
from thermocline.layout import raw_day_prefix
from thermocline.sweep.ports import Arrivals, ListedObject, Listing, Progress, SweptLedger

# More sweeps do not help an object that convert could not finish by then; it waits in the dead-letter queue.
MAX_SWEEPS = 3
# A queue that is behind gains nothing from more messages.
MAX_WAITING = 10_000

_NO_ENTRY = Progress(done=False, sweeps=0)


class Swept(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of a sweep.

    Attributes
    ----------
    compared
        Raw objects old enough to be compared with the ledger.
    missing
        Those without an entry: their notification was lost.
    unfinished
        Those begun and not done.
    stuck
        Those among the unfinished that the sweeper has given up.
    queued
        Those queued again, the oldest first, as far as the queue has room.
    """

    compared: int
    missing: int
    unfinished: int
    stuck: int
    queued: int


class Sweep:
    """Compares a listing of raw/ with the ledger.

    Parameters
    ----------
    listing
        The lake bucket.
    ledger
        Knows what convert has begun and done.
    arrivals
        The queue that convert reads.
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
        streams: Sequence[str],
        clock: Clock,
        settle: dt.timedelta,
        look_back: dt.timedelta,
    ) -> None:
        self._listing = listing
        self._ledger = ledger
        self._arrivals = arrivals
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
        progress = self._ledger.progress([listed.key for listed in objects])
        left = [listed for listed in objects if not progress.get(listed.key, _NO_ENTRY).done]
        entered = [listed for listed in left if listed.key in progress]
        stuck = {listed.key for listed in entered if progress[listed.key].sweeps >= MAX_SWEEPS}
        return Swept(
            compared=len(objects),
            missing=len(left) - len(entered),
            unfinished=len(entered),
            stuck=len(stuck),
            queued=self._queue([listed for listed in left if listed.key not in stuck], progress),
        )

    def _listed(self, since: dt.datetime, now: dt.datetime) -> Iterator[ListedObject]:
        first, last = (time.astimezone(dt.UTC).date() for time in (since, now))
        for stream in self._streams:
            for day in range((last - first).days + 1):
                yield from self._listing.list(raw_day_prefix(stream, first + dt.timedelta(days=day)))

    def _queue(self, objects: Sequence[ListedObject], progress: Mapping[str, Progress]) -> int:
        room = max(0, MAX_WAITING - self._arrivals.waiting()) if objects else 0
        oldest = [listed.key for listed in sorted(objects, key=lambda listed: listed.last_modified)][:room]
        self._arrivals.send(oldest)
        for key in oldest:
            if key in progress:
                self._ledger.count_sweep(key)
        return len(oldest)
