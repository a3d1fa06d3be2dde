"""`lake restore`: bring back a view, a warm table, the ledger, or objects that were deleted."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import msgspec
import typer

from cli.console import err, notice, out, print_json
from cli.deployment import find_deployment
from cli.errors import CliError
from cli.group import LakeGroup
from cli.options import FirstOption, JsonOption, NameOption, StageOption, TableArgument, generation

DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Only show what would be done.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        name="restore",
        cls=LakeGroup,
        no_args_is_help=True,
        help="Bring back a view, a warm table, the ledger, or objects that were deleted.",
        epilog="Example: lake restore table clickstream --dry-run --stage dev",
    )
    group.command(epilog="Example: lake restore view clickstream --stage dev")(view)
    group.command(epilog="Example: lake restore table clickstream --dry-run --stage dev")(table)
    group.command(epilog="Example: lake restore ledger --copy dev-ledger-restored --stage dev")(ledger)
    group.command(
        epilog="Example: lake restore objects warm/clickstream/ --deleted-after 2026-11-26T14:00 --stage dev"
    )(objects)
    app.add_typer(group)


def view(
    table: TableArgument,
    dry_run: DryRunOption = False,
    name: NameOption = None,
    stage: StageOption = None,
    json: JsonOption = False,
) -> None:
    """Make a view again, at the ledger's watermark. Doing it twice does no harm."""
    from cli.promotion import promote_function
    from thermocline.bootstrap.restore import restore_view

    lake = find_deployment(name=name, stage=stage)
    parts = {"ledger_table": lake.output("LedgerTable"), "database": lake.output("Database")}
    look = restore_view(dynamodb=lake.client("dynamodb"), glue=lake.single_call_client("glue"), **parts)
    before = look(table)
    if before.state == "ahead":
        raise CliError(f"the view {table} is past the ledger's watermark: run `lake restore ledger` first")
    if not dry_run and before.state != "there":
        promote_function(lake)({"action": "publish", "table": table})
    after = look(table)
    if json:
        print_json({"before": msgspec.to_builtins(before), "after": msgspec.to_builtins(after)})
    else:
        out.print(f"{table}: the view was {before.state}, and is {after.state}", highlight=False)


def table(
    table: TableArgument,
    metadata: Annotated[
        str | None, typer.Option(help="Key of the metadata to take, if several may be right.", show_default=False)
    ] = None,
    dry_run: DryRunOption = False,
    name: NameOption = None,
    stage: StageOption = None,
    json: JsonOption = False,
) -> None:
    """Let the catalog have a warm table again, with the newest metadata that landed. No object is changed."""
    from thermocline.bootstrap.restore import restore_table

    lake = find_deployment(name=name, stage=stage)
    with err.status("reading metadata"):
        restored = restore_table(**lake.parts())(table, metadata=metadata, dry_run=dry_run)
    if json:
        print_json(msgspec.to_builtins(restored))
        return
    told = {"there": "is there", "lost": "would be restored", "restored": "is restored"}[restored.state]
    out.print(f"{table}: the warm table {told}, with {restored.metadata}", highlight=False, soft_wrap=True)
    for key in restored.left:
        notice(f"as recent, and not taken: {key}")


def ledger(
    copy: Annotated[
        str | None, typer.Option(help="Table with an older copy, made by point-in-time recovery.", show_default=False)
    ] = None,
    first: FirstOption = None,
    dry_run: DryRunOption = False,
    name: NameOption = None,
    stage: StageOption = None,
    json: JsonOption = False,
) -> None:
    """Copy what the ledger lacks from an older copy, and rebuild what is newer from warm, hot and the views.

    Convert, promote, sweep and upkeep must have stood still for 15 minutes. Raw objects without an entry are queued at
    the end. Doing it twice does no harm. With --from, lost entries are looked for from that generation on.
    """
    from cli.redrive import queue_again
    from cli.restoring import as_json, require_copy, require_standstill, restored_table
    from thermocline.bootstrap.restore import restore_ledger

    since = generation("--from", first)
    lake = find_deployment(name=name, stage=stage)
    if not dry_run:
        require_standstill(lake)
    if copy:
        require_copy(lake, copy)
    with err.status("reading the ledger, warm and hot"):
        restored = restore_ledger(**lake.parts(), source=copy)(since=since, dry_run=dry_run)
    again = [*restored.missing, *(entry.raw_key for entry in restored.parked)]
    queued = 0 if dry_run else queue_again(lake.client("sqs"), lake.output("ArrivalsQueueUrl"), again)
    if json:
        print_json(as_json(restored, queued=queued))
    else:
        out.print(restored_table(restored))
        for run in restored.erasures:
            err.print(f"[red]✗[/] the erasure {run} is not in the ledger: erase its subjects again", soft_wrap=True)
        for raw_key, gen in restored.twice:
            err.print(f"[red]✗[/] warm has {raw_key} twice: run `lake replay` for {gen}", soft_wrap=True)
        if not dry_run:
            notice("give the functions their concurrency back, then run `lake promote` and `lake balance`")
    if restored.twice or restored.erasures or queued < (0 if dry_run else len(again)):
        raise typer.Exit(1)


def objects(
    prefix: Annotated[str, typer.Argument(help="Prefix of the lake bucket, such as warm/clickstream/.")],
    deleted_after: Annotated[
        dt.datetime,
        typer.Option(
            metavar="TIME",
            help="What was deleted before is left alone: a time like 2026-11-26T14:00 (UTC).",
            show_default=False,
        ),
    ],
    dry_run: DryRunOption = False,
    name: NameOption = None,
    stage: StageOption = None,
    json: JsonOption = False,
) -> None:
    """Bring back objects that were deleted by mistake. The bucket keeps their versions for 30 days."""
    from thermocline.bootstrap.restore import restore_objects

    lake = find_deployment(name=name, stage=stage)
    with err.status("listing versions"):
        keys = restore_objects(
            s3=lake.client("s3"),
            bucket=lake.output("LakeBucket"),
            prefix=prefix,
            after=deleted_after if deleted_after.tzinfo else deleted_after.replace(tzinfo=dt.UTC),
            dry_run=dry_run,
        )
    if json:
        print_json({"objects": keys})
    else:
        out.print(f"objects that {'would come' if dry_run else 'came'} back: {len(keys):,}", highlight=False)
