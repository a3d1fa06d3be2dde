"""`lake promote`: move generations from hot to warm now, instead of in the next hour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
import typer
from rich.table import Table

from cli.console import err, notice, out, print_json
from cli.deployment import find_deployment
from cli.options import JsonOption, NameOption, StageOption
from cli.promotion import Outcome, parked_objects, promote_all, promote_function


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: lake promote clickstream --all --stage dev")(promote)


def promote(
    tables: Annotated[
        list[str] | None, typer.Argument(metavar="table", help="Tables to promote. By default, all.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Close and promote the open generations, too.")] = False,
    name: NameOption = None,
    stage: StageOption = None,
    json: JsonOption = False,
) -> None:
    """Move every closed generation from hot to warm, each in one commit, and publish the views.

    A stage does this by itself every hour. With --all, later rows of this hour and the next go into a generation of
    their own. A call that was interrupted is continued by the next one. The exit status is 1 if a table could not be
    promoted: because objects of a generation are not converted within five minutes, or because of an error.
    """
    lake = find_deployment(name=name, stage=stage)
    with err.status("promoting") as status:
        outcomes = list(promote_all(promote_function(lake), tables or (), everything=everything, show=status.update))
        parked = parked_objects(lake)
    if json:
        print_json(_as_json(outcomes, parked))
    else:
        out.print(outcomes_table(outcomes))
        _tell_problems(outcomes, parked)
        if not everything and not any(outcome.generations or outcome.problem for outcome in outcomes):
            notice("no closed generation waits. `lake promote --all` closes and promotes the open ones, too")
    if any(outcome.problem for outcome in outcomes):
        raise typer.Exit(1)


def outcomes_table(outcomes: Sequence[Outcome]) -> Table:
    """Return the table that a promotion ends with."""
    table = Table("table")
    for column in ("generations", "rows", "twins"):
        table.add_column(column, justify="right")
    table.add_column("watermark", no_wrap=True)
    for outcome in outcomes:
        counts = (len(outcome.generations), outcome.rows, outcome.dropped)
        table.add_row(outcome.table, *(f"{count:,}" for count in counts), outcome.watermark)
    return table


def _tell_problems(outcomes: Sequence[Outcome], parked: Sequence[str]) -> None:
    for outcome in outcomes:
        if outcome.problem:
            err.print(f"[red]✗[/] {outcome.table}: {outcome.problem}", soft_wrap=True)
    for key in parked:
        notice(f"parked, so that its rows are in no table: {key}. `lake redrive` lets convert try it again")


def _as_json(outcomes: Sequence[Outcome], parked: Sequence[str]) -> dict[str, Any]:
    return {
        "tables": {
            outcome.table: {key: value for key, value in msgspec.to_builtins(outcome).items() if key != "table"}
            for outcome in outcomes
        },
        "parked": list(parked),
    }
