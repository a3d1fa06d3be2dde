"""`lake remove`: remove a stage from AWS."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer

from cli.console import err, out, print_json
from cli.errors import CliError
from cli.options import JsonOption, OwnStageOption
from cli.stages.choice import aws_config, refuse_if_protected
from cli.stages.deployed import DeployedStack, deployed_stacks
from cli.stages.removal import Removed, refuse_to_remove, remove_stage
from cli.stages.steps import progress_step, silent_step
from cli.stages.target import Target, find_target


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: lake remove --stage dev --delete-data")(remove)


def remove(
    stage: OwnStageOption = None,
    delete_data: Annotated[
        bool, typer.Option("--delete-data", help="Delete the data in its buckets and tables, for good.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask for the stage's name.")] = False,
    json: JsonOption = False,
) -> None:
    """Remove a stage from AWS.

    A protected stage cannot be removed. A stage that holds data is removed only with --delete-data, and if its
    configuration has removal = "destroy". If the command is interrupted, run it again to continue.
    """
    config = aws_config(stage, instead="`lake down` removes it")
    refuse_if_protected(config, "removal")
    target = find_target(config)
    stacks = deployed_stacks(target.client("cloudformation"), config.stage)
    refuse_to_remove(config, stacks, target.client, delete_data=delete_data)
    if stacks and not yes:
        _confirm(config.stage, target, stacks, delete_data=delete_data)
    removed = remove_stage(stacks, target.client, delete_data=delete_data, step=silent_step if json else progress_step)
    if json:
        print_json({"stage": config.stage, "account": target.account, "region": target.region, **asdict(removed)})
    else:
        _show(config.stage, target, removed)


def _confirm(stage: str, target: Target, stacks: Sequence[DeployedStack], *, delete_data: bool) -> None:
    err.print(f"{len(stacks)} stacks of stage {stage} will be removed from {target}:", soft_wrap=True)
    for stack in stacks:
        err.print(f"  {stack.name}")
        for holder in stack.holders if delete_data else ():
            err.print(f"    {holder}, with all its contents", style="red", soft_wrap=True)
    try:
        typed = typer.prompt("Type the stage's name to remove it", err=True)
    except typer.Abort:
        err.print()
        raise CliError(f"nothing was removed: type {stage!r} when asked, or give --yes") from None
    if typed != stage:
        raise CliError(f"nothing was removed: {typed!r} is not {stage!r}")


def _show(stage: str, target: Target, removed: Removed) -> None:
    if not removed.stacks:
        out.print(f"nothing of stage {stage} is deployed in {target}", soft_wrap=True, highlight=False)
        return
    objects = sum(removed.emptied.values())
    out.print(
        f"removed stage {stage}: {len(removed.stacks)} stacks, {objects:,} objects and versions",
        soft_wrap=True,
        highlight=False,
    )
    for name in removed.kept:
        out.print(f"kept: {name}", soft_wrap=True, highlight=False)
