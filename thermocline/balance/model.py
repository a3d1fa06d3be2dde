"""The books of a stream: what became of the lines of its raw objects, a generation at a time.

A line's books are those of the raw object that it lies in. So a row that convert refused is in the books of its stream,
and one that ingest refused is in those of ``quarantine``, whose raw objects hold it.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from thermocline.generations import moved


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """The books of one generation of one stream, in lines.

    Attributes
    ----------
    gen
        None: raw objects that belong to no generation, because they were never entered or are parked.
    raw
        Lines of its raw objects.
    hot, warm
        Rows of the stream's own table, counted in its files.
    quarantined
        Rows of the quarantine table, hot and warm, counted in its files.
    deduplicated
        Rows that promotion dropped as twins.
    recovered
        Lines whose events came back from quarantine: they are lines of another raw object now.
    suppressed
        Lines that were left out, because their subject is suppressed.
    expired
        Rows that the table's retention removed from warm.
    pending
        Lines of raw objects that are not done.
    again
        Lines of `raw` that are in raw objects of recovered events: ingest put them long before.
    uncounted
        Raw objects, not done, whose lines were not counted: too many, or damaged.
    problems
        What does not agree, a sentence each.
    """

    stream: str
    gen: str | None
    raw: int = 0
    hot: int = 0
    warm: int = 0
    quarantined: int = 0
    deduplicated: int = 0
    recovered: int = 0
    suppressed: int = 0
    expired: int = 0
    pending: int = 0
    again: int = 0
    uncounted: int = 0
    problems: tuple[str, ...] = ()

    @property
    def difference(self) -> int:
        """Lines of raw that are nowhere; below 0: rows that no line accounts for."""
        placed = self.hot + self.warm + self.quarantined + self.deduplicated + self.recovered
        return self.raw - placed - self.suppressed - self.expired - self.pending

    @property
    def balanced(self) -> bool:
        """True if every line is in one place, and all counts agree."""
        return self.difference == 0 and not self.problems


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """Ingest's own count of what it put for a stream's raw objects, beside the lines that these have.

    Attributes
    ----------
    since, until
        The closed hours that are counted.
    put
        Lines, by ingest's metrics.
    raw
        Lines of raw objects that were entered since, or wait; there may be more, because delivery is at least once.
    uncounted
        Raw objects whose lines are not counted: with any, a lack proves nothing.
    """

    stream: str
    since: dt.datetime
    until: dt.datetime
    put: int
    raw: int
    uncounted: int = 0

    @property
    def missing(self) -> int:
        """Lines that ingest put and raw does not have."""
        return 0 if self.uncounted else max(0, self.put - self.raw)


class Books(msgspec.Struct, frozen=True, kw_only=True):
    """All books, by stream and generation, and ingest's count beside them."""

    pages: tuple[Page, ...]
    received: tuple[Received, ...] = ()

    @property
    def unbalanced(self) -> tuple[Page, ...]:
        """The pages that do not balance."""
        return tuple(page for page in self.pages if not page.balanced)

    @property
    def streams(self) -> frozenset[str]:
        """The streams that were looked at."""
        return frozenset([page.stream for page in self.pages] + [line.stream for line in self.received])

    def unbalanced_of(self, stream: str) -> int:
        """Return how many pages of a stream do not balance; what raw lacks of ingest's lines is one more."""
        lacking = sum(line.missing > 0 for line in self.received if line.stream == stream)
        return sum(page.stream == stream for page in self.unbalanced) + lacking

    @property
    def balanced(self) -> bool:
        """True if all pages balance, and raw has all that ingest put."""
        return not self.unbalanced and not any(line.missing for line in self.received)

    def findings(self) -> tuple[str, ...]:
        """Return what is wrong, a line each."""
        pages = [text for page in self.unbalanced for text in _findings(page)]
        lacking = [line for line in self.received if line.missing]
        lacks = [f"{line.stream}: ingest put {_counted(line.missing, 'line')} more than raw has" for line in lacking]
        return tuple(pages + lacks)


class Range(msgspec.Struct, frozen=True, kw_only=True):
    """The generations to balance, `first` and `last` among them; `last` None: to the newest one."""

    first: str
    last: str | None = None

    def __contains__(self, gen: str) -> bool:
        """Tell whether a generation is in the range."""
        return self.first <= gen and (self.last is None or gen <= self.last)

    @property
    def day_before(self) -> str:
        """The generation 24 hours before: Firehose names an object after its oldest record, which it may hold a day."""
        return moved(self.first, -24)


def _findings(page: Page) -> list[str]:
    place = f"{page.stream} {page.gen or 'in no generation'}"
    if page.difference > 0:
        lines = [f"{place}: {_counted(page.difference, 'line')} of raw nowhere"]
    elif page.difference < 0:
        lines = [f"{place}: {_counted(-page.difference, 'row')} too many, that no line of raw accounts for"]
    else:
        lines = []
    return lines + [f"{place}: {problem}" for problem in page.problems]


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
