"""`lake logs`: the logs of functions and child processes."""

import time
from collections import deque
from pathlib import Path
from typing import Annotated

import typer

from cli.errors import CliError
from cli.options import NameOption
from cli.project import chosen_folder, project_root
from kit.project import app_name
from offline.state import LakeFolder

_POLL_SECONDS = 0.2


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: lake logs ingest --follow")(logs)


def logs(
    target: Annotated[
        str | None, typer.Argument(help="A function, such as ingest; or emulator, athena, runner, frontdoor.")
    ] = None,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Show new lines as they are written.")] = False,
    lines: Annotated[int, typer.Option("--lines", "-n", min=0, help="How many of the last lines to show.")] = 20,
    name: NameOption = None,
) -> None:
    """Show the last lines of one log, or of all logs."""
    folder = chosen_folder(name)
    files = log_files(folder, target)
    positions = {path: _show_tail(path, lines, titled=len(files) > 1) for path in files}
    while follow:
        time.sleep(_POLL_SECONDS)
        for path in log_files(folder, target):
            positions[path] = _show_new(path, positions.get(path, 0), titled=target is None)


def log_files(folder: LakeFolder, target: str | None) -> list[Path]:
    """Return the log files of a function or process; of all, without one.

    Raises
    ------
    CliError
        There is no such log; the text lists the others.
    """
    files = sorted(folder.logs.glob("*.log"))
    if target is None:
        chosen = files
    else:
        chosen = [path for path in files if path.stem == target or _function_of(path) == target]
    if chosen:
        return chosen
    known = ", ".join(_function_of(path) or path.stem for path in files)
    raise CliError(f"{target or folder.name} has no log yet; " + (f"there are {known}" if known else "`lake up` first"))


def _function_of(path: Path) -> str | None:
    """Return a function's short name, as `ingest` of `lambda-local-thermocline-ingest.log`; None for other logs."""
    name = path.stem.removeprefix("lambda-")
    _, prefix, function = name.partition(f"-{app_name(project_root())}-")
    return None if name == path.stem else (function if prefix else name)


def _show_tail(path: Path, lines: int, *, titled: bool) -> int:
    if titled:
        typer.echo(f"==> {path.stem} <==")
    with path.open("rb") as file:
        for line in deque(file, maxlen=lines):
            typer.echo(line.decode(errors="replace"), nl=False)
        return file.tell()


def _show_new(path: Path, position: int, *, titled: bool) -> int:
    with path.open("rb") as file:
        file.seek(position if path.stat().st_size >= position else 0)
        for line in file:
            if not line.endswith(b"\n"):
                break
            position = file.tell()
            typer.echo(f"{path.stem}: " if titled else "", nl=False)
            typer.echo(line.decode(errors="replace"), nl=False)
        return position
