"""`lake new`: from nothing to a running project."""

from pathlib import Path
from typing import Annotated

import typer

from cli.console import out
from cli.new.project import init_git, make_project, name_of
from offline.environment import CODE_ROOT


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: lake new ../notes")(new)


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is not there yet, or empty.")],
    name: Annotated[
        str | None,
        typer.Option("--name", help="Begins the names of its resources; the folder's name, unless told."),
    ] = None,
) -> None:
    """Make a project of one's own: an API, a table and a cron, with this lake as their backbone."""
    chosen = name or name_of(folder)
    make_project(CODE_ROOT, folder, name=chosen)
    init_git(folder)
    out.print(f"{chosen} is in {folder}. Next:", highlight=False)
    for command in (f"cd {folder}", "make test", "make setup && .venv/bin/lake dev"):
        out.print(f"  {command}", highlight=False, soft_wrap=True)
