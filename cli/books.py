"""The lake's books for the terminal and for scripts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec
from rich.table import Table

from cli.deployment import Deployment
from cli.options import generations
from thermocline.balance.model import Books, Page, Range
from thermocline.generations import hour_of

_ALWAYS: Final = ("raw", "hot", "warm")
# Shown where there are any; short names, because eighty columns must do.
_IF_ANY: Final = {
    "quarantined": "quar.",
    "deduplicated": "dedup.",
    "recovered": "recov.",
    "suppressed": "suppr.",
    "expired": "expired",
    "pending": "pending",
    "uncounted": "objects",
}
_SHOWN_GENERATIONS: Final = 24


def books_of(
    lake: Deployment, *, first: str | None = None, last: str | None = None, stream: str | None = None
) -> Books:
    """Return a lake's books; by default, of the last three days.

    Raises
    ------
    WrongUsageError
        A bound is not a generation, or the last generation is before the first.
    UnknownStream
        There is no such stream.
    """
    from thermocline.bootstrap.balance import balance_of
    from thermocline.contracts import load_contracts
    from thermocline.streams import contract_of

    first, last = generations(first, last)
    among = Range(first=first or _three_days_ago(), last=last)
    streams = None if stream is None else [contract_of(stream, load_contracts()).name]
    balance = balance_of(**lake.parts(), cloudwatch=lake.client("cloudwatch"))
    return balance(among, streams=streams)


def _three_days_ago() -> str:
    return hour_of(dt.datetime.now(dt.UTC) - dt.timedelta(days=3))


def as_json(books: Books) -> dict[str, Any]:
    """Return the books in JSON's types."""
    pages = [
        msgspec.to_builtins(page) | {"difference": page.difference, "balanced": page.balanced} for page in books.pages
    ]
    received = [msgspec.to_builtins(line) | {"missing": line.missing} for line in books.received]
    return {"balanced": books.balanced, "pages": pages, "received": received, "findings": list(books.findings())}


def balance_tables(books: Books) -> Iterator[Table]:
    """Yield a table per stream, of eighty columns; the oldest generations that balance are one row."""
    for stream in dict.fromkeys(page.stream for page in books.pages):
        yield _stream_table(stream, [page for page in books.pages if page.stream == stream])


def _stream_table(stream: str, pages: Sequence[Page]) -> Table:
    columns = [*_ALWAYS, *(name for name in _IF_ANY if any(getattr(page, name) for page in pages))]
    table = Table(
        title=stream, title_justify="left", box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim"
    )
    table.add_column("generation", no_wrap=True)
    for name in [*columns, "difference"]:
        table.add_column({**_IF_ANY, "difference": "diff."}.get(name, name), justify="right", no_wrap=True)
    shown, rest = _shown(pages)
    rows = [("older", _sum(rest))] if rest else []
    rows += [(page.gen or "in none", page) for page in shown]
    for name, page in [*rows, ("all", _sum(pages))] if len(pages) > 1 else rows:
        style = "" if page.balanced else "red"
        table.add_row(name, *(f"{getattr(page, column):,}" for column in [*columns, "difference"]), style=style)
    return table


def _shown(pages: Sequence[Page]) -> tuple[list[Page], list[Page]]:
    """Return the pages to show each for itself, and the old ones that balance."""
    recent = set(map(id, pages[-_SHOWN_GENERATIONS:]))
    shown = [page for page in pages if id(page) in recent or not page.balanced]
    return shown, [page for page in pages if id(page) not in recent and page.balanced]


def _sum(pages: Sequence[Page]) -> Page:
    counts = {name: sum(getattr(page, name) for page in pages) for name in [*_ALWAYS, *_IF_ANY]}
    problems = tuple(problem for page in pages for problem in page.problems)
    return Page(stream=pages[0].stream, gen=None, problems=problems, **counts)


def balanced_text(books: Books) -> str:
    """Return a line on books that balance."""
    count = len(books.pages)
    return {0: "no generation has rows", 1: "1 generation balances"}.get(count, f"{count} generations balance")


def received_text(books: Books) -> str:
    """Return a line on ingest's own count; "" when no hour is closed, or the range has an end."""
    if not any(line.put for line in books.received):
        return ""
    until = books.received[0].until
    counts = ", ".join(f"{line.stream} {line.put:,} of {line.raw:,}" for line in books.received)
    return f"ingest put, until {until:%Y-%m-%d %H:%M} UTC, of the lines in raw: {counts}"
