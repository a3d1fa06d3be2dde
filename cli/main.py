"""The `lake` command: `app` is its entry point."""

from importlib import metadata
from typing import Annotated

import typer

from cli.commands import (
    balance,
    cdc,
    contracts,
    demo,
    deploy,
    dev,
    environment,
    erase,
    export,
    invoke,
    logs,
    new,
    permissions,
    promote,
    query,
    redrive,
    remove,
    replay,
    restore,
    send,
    tiers,
    trace,
)
from cli.group import LakeGroup

app = typer.Typer(
    name="lake",
    cls=LakeGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    help="Thermocline: a serverless analytics lake, on AWS and offline.",
    epilog="Example: lake up && lake demo",
)

_COMMANDS = (
    environment, dev, demo, query, send, promote, replay, balance, tiers, trace, erase, export, cdc, redrive, restore,
    logs, invoke, permissions, deploy, remove, contracts, new,
)  # fmt: skip

for _commands in _COMMANDS:
    _commands.register(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(metadata.version("thermocline"))
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Take the options that stand before a command."""
