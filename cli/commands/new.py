"""`lake new`: from nothing to a running project."""

import shlex
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
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that does not exist, or is empty.")],
    name: Annotated[
        str | None,
        typer.Option("--name", help="The app's name. Its resources' names begin with it. By default, the folder's."),
    ] = None,
) -> None:
    """Make a new project: an HTTP API, a table and a schedule, on top of this lake.

    The project has its own copy of the lake's code, and its own tests. It is a git repository, if git is installed.
    """
    chosen = name or name_of(folder)
    make_project(CODE_ROOT, folder, name=chosen)
    init_git(folder)
    out.print(f"{chosen} is in {folder}. Next:", highlight=False, soft_wrap=True, markup=False)
    for command, purpose in _next(folder):
        out.print(f"  {command:<22}  # {purpose}", highlight=False, soft_wrap=True, markup=False)


def _next(folder: Path) -> tuple[tuple[str, str], ...]:
    return (
        (f"cd {shlex.quote(str(folder))}", "your app is stacks/notes.py and lambdas/notes/"),
        ("make setup", "install what it needs"),
        (".venv/bin/lake dev", "run it: open the address of `notes`, edit a handler, reload"),
        ("make test", "its tests"),
        ("make demo", "the lake under it, on real input"),
    )
