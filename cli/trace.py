"""The story of one event for the terminal and for scripts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import msgspec
from rich.table import Table
from rich.text import Text

from cli.deployment import Deployment
from cli.errors import WrongUsageError
from thermocline.trace.model import Story, Wanted

HOURS: Final = 72
_MARKS: Final = {False: "[green]✓[/]", True: "[red]✗[/]"}


def wanted_event(
    event_id: str,
    *,
    source: str | None,
    raw_key: str | None,
    since: str | None,
    until: str | None,
    thorough: bool,
    now: dt.datetime,
) -> Wanted:
    """Return what is asked for; by default among the raw objects of the last three days.

    Raises
    ------
    WrongUsageError
        A time cannot be read, or the range has none in it.
    """
    end = _time("--to", until) or now
    start = _time("--from", since) or end - dt.timedelta(hours=HOURS)
    if end < start:
        raise WrongUsageError("--to is before --from: no raw object is between them")
    return Wanted(
        event_id=event_id,
        source=source,
        raw_key=_key(raw_key) if raw_key else None,
        since=start,
        until=end,
        thorough=thorough,
    )


def story_of(lake: Deployment, wanted: Wanted, show: Callable[[str], object]) -> Story:
    """Return what became of an event in a lake."""
    from thermocline.bootstrap.trace import trace_of

    trace = trace_of(
        dynamodb=lake.client("dynamodb"),
        s3=lake.client("s3"),
        glue=lake.client("glue"),
        secrets=partial(lake.client, "secretsmanager"),
        ledger_table=lake.output("LedgerTable"),
        bucket=lake.output("LakeBucket"),
        database=lake.output("Database"),
        subject_key=lake.outputs.get("SubjectKeyArn", ""),
    )
    return trace(wanted, show)


def as_json(story: Story) -> dict[str, Any]:
    """Return a story in JSON's types."""
    told: dict[str, Any] = msgspec.to_builtins(story)
    return told


def story_lines(story: Story) -> Iterator[Text | Table]:
    """Yield a headline, the timeline, and the step that was not passed, for eighty columns."""
    event = story.event
    yield Text.from_markup(f"{_MARKS[story.missing is not None]} ").append(f"{event.event_id}: {story.fate}", "bold")
    if story.steps:
        yield _timeline(story)
    if story.missing:
        yield _block("not passed", story.missing.step, "red")
        yield _block("why", story.missing.why)
        yield _block("next", story.missing.next)
    for other in story.others:
        yield Text(f"\nAnother event with this id, from source {other.event.source}:")
        yield from story_lines(other)


def _timeline(story: Story) -> Table:
    table = _columns()
    day = None
    for step in story.steps:
        at = step.at
        if at and at.date() != day:
            day = at.date()
            table.add_row("", Text(f"{day:%Y-%m-%d}", "dim"), "")
        table.add_row(Text(step.step, "bold"), f"{at:%H:%M:%S}" if at else "", Text(step.text))
    return table


def _block(name: str, text: str, style: str = "") -> Table:
    table = _columns()
    table.add_row(Text(name, "bold"), "", Text(text, style))
    return table


def _columns() -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(width=10, no_wrap=True)
    table.add_column(width=10, no_wrap=True)
    table.add_column(overflow="fold")
    return table


def _key(raw_key: str) -> str:
    """Return the key in an address, which consoles copy, or the key as it is."""
    return raw_key.removeprefix("s3://").partition("/")[2] if raw_key.startswith("s3://") else raw_key


def _time(option: str, text: str | None) -> dt.datetime | None:
    if text is None:
        return None
    for form in ("%Y-%m-%d-%H", "%Y-%m-%dT%H:%M", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(text, form).replace(tzinfo=dt.UTC)
        except ValueError:
            continue
    raise WrongUsageError(f"{option} {text!r} is no time: write a day, an hour or a minute (UTC) like 2026-11-26-14")
