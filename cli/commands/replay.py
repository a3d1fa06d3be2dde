"""`lake replay`: convert generations again from raw, by the contracts of today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from cli.console import err, notice, out, print_json
from cli.deployment import find_deployment
from cli.functions import called_function
from cli.options import JsonOption, NameOption, StageOption
from cli.replay import Difference, Replaying


def register(app: typer.Typer) -> None:
    """Add the command."""
    example = "Example: lake replay clickstream --from 2026-11-20-00 --to 2026-11-20-23 --dry-run --stage dev"
    app.command(epilog=example)(replay)


def replay(
    table: Annotated[str, typer.Argument(help="The stream to replay.")],
    first: Annotated[str, typer.Option("--from", metavar="GEN", help="The first generation, yyyy-MM-dd-HH (UTC).")],
    last: Annotated[str, typer.Option("--to", metavar="GEN", help="The last generation; it is replayed, too.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing, and tell what would change.")] = False,
    name: NameOption = None,
    stage: StageOption = None,
    json: JsonOption = False,
) -> None:
    """Convert generations again from raw, and replace what the tables have of them.

    Rows that were bad and are good by the contract of today leave quarantine; rows that were good may become bad. Twins
    in the 24 hours after each generation are decided again in the same commit. The generations must have been published
    for a day, and all of their raw objects must still be there. A replay that was interrupted is continued by the same
    command. Its conversions have a queue of their own, so that new events do not wait for them.
    """
    lake = find_deployment(name=name, stage=stage)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, transient=True, disable=json) as progress:
        task = progress.add_task("planning", total=None)

        def show(what: str, done: int, total: int) -> None:
            progress.update(task, description=what, completed=done, total=total)

        differences = Replaying(called_function(lake, "replay"), show=show)(table, first, last, dry=dry_run)
    if json:
        print_json({"dry_run": dry_run, "generations": [msgspec.to_builtins(each) for each in differences]})
        return
    out.print(differences_table(differences))
    if dry_run:
        _show_examples(differences)
        notice("nothing was changed. Without --dry-run it is")


def differences_table(differences: Sequence[Difference]) -> Table:
    """Return the table that a replay ends with."""
    table = Table("generation", "table")
    for column in ("appear", "change", "vanish"):
        table.add_column(column, justify="right")
    for each in sorted(differences, key=lambda each: (each.gen, each.table)):
        counts: tuple[Any, ...] = (each.appear, each.change, each.vanish)
        table.add_row(each.gen, each.table, *(f"{count:,}" for count in counts))
    return table


def _show_examples(differences: Sequence[Difference]) -> None:
    for each in differences:
        for kind, event_ids in each.examples.items():
            out.print(f"{each.gen} {each.table} {kind}: {', '.join(event_ids)}", highlight=False, soft_wrap=True)
