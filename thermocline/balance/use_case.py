"""Balance the books of every stream and generation, from the ledger and from the files' own counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence

from thermocline.balance.levels import Levels, hot_rows
from thermocline.balance.model import Books, Page, Range, Received
from thermocline.balance.ports import BalancedLedger, IngestCounts, ParquetCounts
from thermocline.balance.raw import RawReader, disagreement
from thermocline.balance.threads import side_by_side
from thermocline.balance.warm import WarmCounts, WarmReader
from thermocline.clock import Clock
from thermocline.contracts import Contract
from thermocline.generations import BEGINNING, begins, following, hour_of
from thermocline.layout import is_recovered
from thermocline.ledger import Entry
from thermocline.streams import QUARANTINE


class Balance:
    """Keeps the books.

    Parameters
    ----------
    pause
        Waits before the second look: what does not balance at first may have been on its way.
    settle
        An hour is closed when it ended so long ago: by then Firehose has written what was put in it.
    """

    def __init__(
        self,
        *,
        ledger: BalancedLedger,
        warm: WarmReader,
        raw: RawReader,
        parquet: ParquetCounts,
        ingest: IngestCounts,
        contracts: Mapping[str, Contract],
        clock: Clock,
        pause: Callable[[], None],
        settle: dt.timedelta = dt.timedelta(minutes=20),
    ) -> None:
        self._ledger = ledger
        self._warm = warm
        self._raw = raw
        self._parquet = parquet
        self._ingest = ingest
        self._contracts = contracts
        self._clock = clock
        self._pause = pause
        self._settle = settle

    def __call__(self, among: Range, *, streams: Sequence[str] | None = None) -> Books:
        """Balance a range of generations; only what does not balance at two looks is unbalanced."""
        names = tuple(self._contracts if streams is None else streams)
        books = self._look(among, names)
        if books.balanced:
            return books
        self._pause()
        again = self._look(among, names)
        return Books(pages=_settled(books.pages, again.pages), received=again.received)

    def _look(self, among: Range, streams: Sequence[str]) -> Books:
        # The marks first: what they say is in warm stays there, and hot files outlive them by a day.
        tables = {*streams, QUARANTINE}
        marks = {table: self._ledger.marks(table).watermark for table in tables}
        warm = {table: self._warm(table, among) if marks[table] != BEGINNING else WarmCounts() for table in tables}
        levels = Levels(marks=marks, warm=warm, contracts=self._contracts)
        pages = [page for stream in streams for page in self._pages(stream, among, levels)]
        return Books(pages=tuple(pages), received=tuple(self._received(among, streams, pages)))

    def _pages(self, stream: str, among: Range, levels: Levels) -> Iterator[Page]:
        gens = list(self._generations(stream, among))
        entries = dict(zip(gens, side_by_side(lambda gen: self._ledger.entries(stream, gen), gens), strict=True))
        entered = [entry.raw_key for group in entries.values() for entry in group]
        outside = list(self._raw.outside(stream, among, entered))
        lost = {waiting.gen for waiting in outside if waiting.gen is not None and waiting.gen in among}
        for gen in sorted(entries.keys() | levels.promoted(stream) | lost):
            keys = [waiting.raw_key for waiting in outside if waiting.gen == gen]
            yield self._page(stream, gen, entries.get(gen, ()), keys, levels)
        if floating := [waiting.raw_key for waiting in outside if waiting.gen is None]:
            yield self._waiting(stream, floating)

    def _generations(self, stream: str, among: Range) -> Iterator[str]:
        gen = self._ledger.next_generation(stream, among.first)
        while gen is not None and gen in among:
            yield gen
            gen = self._ledger.next_generation(stream, following(gen))

    def _page(self, stream: str, gen: str, entries: Sequence[Entry], lost: Sequence[str], levels: Levels) -> Page:
        done = [entry for entry in entries if entry.done]
        pending = self._raw.count(entry.raw_key for entry in entries if not entry.done)
        without_entry = self._raw.count(lost)
        hot = hot_rows(self._parquet, done, {table for table in (stream, QUARANTINE) if not levels.warmed(table, gen)})
        page = Page(
            stream=stream,
            gen=gen,
            raw=sum(entry.lines for entry in done) + pending.lines + without_entry.lines,
            suppressed=sum(entry.suppressed for entry in done),
            pending=pending.lines,
            again=sum(entry.lines for entry in done if is_recovered(entry.raw_key)),
            uncounted=pending.uncounted + without_entry.uncounted,
            problems=(
                *(sentence for entry in done if (sentence := disagreement(entry))),
                *(f"the entry of {raw_key} is lost, its files are there" for raw_key in lost),
                *pending.problems,
                *hot.problems,
            ),
        )
        return levels.placed(page, gen, hot)

    def _waiting(self, stream: str, raw_keys: Sequence[str]) -> Page:
        """Return the page of the raw objects that were never entered, or are parked."""
        counted = self._raw.count(raw_keys)
        return Page(
            stream=stream,
            gen=None,
            raw=counted.lines,
            pending=counted.lines,
            again=self._raw.count(filter(is_recovered, raw_keys)).lines,
            uncounted=counted.uncounted,
            problems=counted.problems,
        )

    def _received(self, among: Range, streams: Sequence[str], pages: Sequence[Page]) -> Iterator[Received]:
        """Yield ingest's counts beside raw's lines; with an end to the range, raw would lack what came in late."""
        since, until = begins(among.first), begins(hour_of(self._clock() - self._settle))
        if among.last is not None or since >= until:
            return
        for stream in streams:
            own = [page for page in pages if page.stream == stream]
            yield Received(
                stream=stream,
                since=since,
                until=until,
                put=self._put(stream, since, until),
                raw=sum(page.raw - page.again for page in own),
                uncounted=sum(page.uncounted for page in own),
            )

    def _put(self, stream: str, since: dt.datetime, until: dt.datetime) -> int:
        """Return how many lines ingest put for a stream: bad rows, of all streams, went to quarantine."""
        if stream != QUARANTINE:
            counts = self._ingest.acknowledged(stream, since, until)
            return counts.accepted - counts.quarantined
        others = (name for name in self._contracts if name != QUARANTINE)
        return sum(self._ingest.acknowledged(name, since, until).quarantined for name in others)


def _settled(first: Sequence[Page], second: Sequence[Page]) -> tuple[Page, ...]:
    """Return the pages of two looks: of each generation the first that balances, or else the second."""
    balanced = {(page.stream, page.gen): page for page in first if page.balanced}
    return tuple(balanced.get((page.stream, page.gen), page) for page in second)
