"""`lake replay`: bring back, by the contracts of today, what is in raw or in quarantine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from cli.calls import function_call
from cli.console import err, notice, out, print_json
from cli.deployment import Deployment, find_deployment
from cli.errors import WrongUsageError
from cli.options import FirstOption, JsonOption, LastOption, NameOption, StageOption, TableArgument, generations
from cli.recovery import as_json, fates_table, recover_all
from cli.replay import Difference, Replaying


def register(app: typer.Typer) -> None:
    """Add the command."""
    example = "Example: lake replay clickstream --from 2026-11-20-00 --to 2026-11-20-23 --dry-run --stage dev"
    app.command(epilog=example)(replay)


def replay(
    table: TableArgument,
    first: FirstOption = None,
    last: LastOption = None,
    from_quarantine: Annotated[
        bool, typer.Option("--from-quarantine", help="Bring refused events back that are good now.")
    ] = False,
    source: Annotated[str | None, typer.Option(help="With --from-quarantine: of one source.")] = None,
    reason: Annotated[str | None, typer.Option(help="With --from-quarantine: refused for one reason.")] = None,
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

    With --from-quarantine, rows of quarantine that are in warm are read again as ingest or convert reads events today.
    The good ones become events of the open generation, with the identity and the time of receipt that they had; the
    others stay, and are counted with the reason. Without --from and --to, all of them are looked at.
    """
    first, last = generations(first, last)
    if (source or reason) and not from_quarantine:
        raise WrongUsageError("--source and --reason choose rows of quarantine: add --from-quarantine")
    if from_quarantine:
        choice = {"table": table, "source": source, "reason": reason, "first": first, "last": last}
        _recover(find_deployment(name=name, stage=stage), choice, dry_run=dry_run, json=json)
        return
    if first is None or last is None:
        raise WrongUsageError("say which generations: --from 2026-11-20-00 --to 2026-11-20-23")
    lake = find_deployment(name=name, stage=stage)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, transient=True, disable=json) as progress:
        task = progress.add_task("planning", total=None)

        def show(what: str, done: int, total: int) -> None:
            progress.update(task, description=what, completed=done, total=total)

        differences = Replaying(function_call(lake, "replay"), show=show)(table, first, last, dry=dry_run)
    if json:
        print_json({"dry_run": dry_run, "generations": [msgspec.to_builtins(each) for each in differences]})
        return
    out.print(differences_table(differences))
    if dry_run:
        _show_examples(differences)
        notice("nothing was changed. Without --dry-run it is")


def _recover(lake: Deployment, choice: dict[str, str | None], *, dry_run: bool, json: bool) -> None:
    with err.status("reading quarantine") as status:
        told = recover_all(function_call(lake, "recover"), choice, dry_run=dry_run, show=status.update)
    if json:
        print_json(as_json(told, dry_run=dry_run))
        return
    if told.counts:
        out.print(fates_table(told.counts))
    if told.partial:
        notice("the time was up before all rows were looked at: choose fewer of them with --from and --to")
    if not told.counts:
        notice("no row of quarantine is chosen: rows are looked at once their generation is in warm")
    elif dry_run:
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
