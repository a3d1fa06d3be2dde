"""`lake send`: send a file of events to the ingest endpoint."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cli.batches import batches
from cli.console import err, out, print_json
from cli.deployment import find_deployment
from cli.errors import CliError
from cli.options import JsonOption, NameOption, StageOption
from cli.sender import Sender, Sent


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: lake send clicks.ndjson --source shop")(send)


def send(
    file: Annotated[str, typer.Argument(help="A file with one JSON event per line; - is standard input.")],
    source: Annotated[str, typer.Option(help="The source whose write key is used.")],
    name: NameOption = None,
    stage: StageOption = None,
    json: JsonOption = False,
) -> None:
    """Send a file of events to the ingest endpoint, in batches. A batch that it cannot take yet is sent again."""
    deployment = find_deployment(name=name, stage=stage)
    sender = Sender(url=deployment.ingest_url, write_key=deployment.write_key(source))
    with _opened(file) as lines, _progress(quiet=json) as progress:
        task = progress.add_task("sending", total=_count_lines(file))

        def show(sent: Sent) -> None:
            progress.advance(task, sent.sent)

        total = _run(sender, lines, show)
    if json:
        print_json(asdict(total))
    else:
        out.print(f"sent {total.sent}, accepted {total.accepted}, quarantined {total.quarantined}", highlight=False)


def _run(sender: Sender, lines: BinaryIO, show: Callable[[Sent], None]) -> Sent:
    try:
        return asyncio.run(sender.send(batches(lines), show))
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        opened = Path(file).open("rb")  # noqa: SIM115 (closed below; only opening may fail here)
    except OSError as error:
        raise CliError(f"can't read {file}: {error.strerror}") from None
    with opened:
        yield opened


def _count_lines(file: str) -> int | None:
    if file == "-":
        return None
    with Path(file).open("rb") as lines:
        return sum(1 for line in lines if line.strip())


def _progress(*, quiet: bool) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=err, transient=True, disable=quiet)
