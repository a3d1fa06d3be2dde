"""The `lake` command with all of its subcommands, or quicker with the one that is asked for."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Annotated, Final

import typer

from cli.group import LakeGroup

COMMANDS: Final[Mapping[str, Sequence[str]]] = {
    "environment": ("up", "down", "status", "env"),
    "dev": ("dev",),
    "demo": ("demo",),
    "query": ("query",),
    "send": ("send",),
    "promote": ("promote",),
    "replay": ("replay",),
    "balance": ("balance",),
    "tiers": ("tiers",),
    "trace": ("trace",),
    "erase": ("erase",),
    "export": ("export",),
    "cdc": ("cdc",),
    "redrive": ("redrive",),
    "restore": ("restore",),
    "logs": ("logs",),
    "invoke": ("invoke",),
    "permissions": ("permissions",),
    "deploy": ("deploy", "diff"),
    "remove": ("remove",),
    "contracts": ("contracts",),
    "new": ("new",),
}
"""Modules of `cli.commands`, in the order of the help, and the commands that each registers."""


def lake_app(words: Sequence[str] = ()) -> typer.Typer:
    """Return the application for some arguments: importing all commands takes half a second, one of them little."""
    app = typer.Typer(
        name="lake",
        cls=LakeGroup,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_show_locals=False,
        help="Thermocline: a serverless analytics lake, on AWS and offline.",
        epilog="Example: lake up && lake demo",
    )
    app.callback()(root)
    for module in [name for name, commands in COMMANDS.items() if words and words[0] in commands] or COMMANDS:
        import_module(f"cli.commands.{module}").register(app)
    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib import metadata

        typer.echo(metadata.version("thermocline"))
        raise typer.Exit


def root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Take the options that stand before a command."""
