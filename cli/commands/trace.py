"""`lake trace`: where one event is, how it came there, or which step it did not pass."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.console import err, out, print_json
from cli.deployment import find_deployment
from cli.options import JsonOption, NameOption, StageOption


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: lake trace 3f2a9c --source shop --stage dev")(trace)


def trace(
    event_id: Annotated[str, typer.Argument(help="The event's id, as its table or quarantine has it.")],
    source: Annotated[str | None, typer.Option(help="Only of this source.", show_default=False)] = None,
    raw_key: Annotated[
        str | None, typer.Option("--raw-key", help="The raw object that brought it.", show_default=False)
    ] = None,
    first: Annotated[
        str | None,
        typer.Option("--from", help="Raw objects since an hour (UTC) like 2026-11-26-14. By default, 72 hours."),
    ] = None,
    last: Annotated[str | None, typer.Option("--to", help="Raw objects until an hour.", show_default=False)] = None,
    thorough: Annotated[
        bool,
        typer.Option("--thorough", help="Read all raw objects of the range, those of tables, too."),
    ] = False,
    name: NameOption = None,
    stage: StageOption = None,
    json: JsonOption = False,
) -> None:
    """Tell an event's way: request, record, raw object, ledger, hot file, snapshot, warm file, and the view.

    Of an event that is not there, it says which step it did not pass, why, and what to do next. The same id from
    another source, or with another payload, is another event and is shown beside it.

    JSON has event, found, fate, place, visible, steps (each with step, at, text and facts), missing (step, why and
    next, or null) and others. Fates are fresh, promoted, sealed, duplicate, late, quarantined, replayed, suppressed,
    expired, stuck, undeliverable, missing and never arrived. The exit status is 1 if no table has the event.
    """
    from cli.trace import as_json, story_lines, story_of, wanted_event
    from thermocline.clock import utc_now

    wanted = wanted_event(
        event_id, source=source, raw_key=raw_key, since=first, until=last, thorough=thorough, now=utc_now()
    )
    lake = find_deployment(name=name, stage=stage)
    with err.status("reading the lake's marks") as status:
        story = story_of(lake, wanted, status.update)
    if json:
        print_json(as_json(story))
    else:
        for part in story_lines(story):
            out.print(part, highlight=False)
    if story.place not in {"hot", "warm"}:
        raise typer.Exit(1)
