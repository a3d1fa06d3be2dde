"""`lake invoke`: call a function with an event from a file, or with one of an earlier invocation."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Column, Table

from cli.console import out, print_json
from cli.deployment import Deployment, find_deployment
from cli.errors import CliError
from cli.functions import full_name, function_names
from cli.options import JsonOption, NameOption, StageOption
from cli.project import chosen_folder, project_root
from kit.project import name_prefix
from offline.journal import Invocation, find_invocation, invocations

_SHOWN_BYTES = 300


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: lake invoke convert --replay last")(invoke)


def invoke(
    function: Annotated[str, typer.Argument(help="The short name of the function, such as ingest.")],
    event: Annotated[str | None, typer.Option("--event", help="A file with a JSON event; - is standard input.")] = None,
    replay: Annotated[
        str | None,
        typer.Option("--replay", metavar="ID", help="An earlier invocation: the start of its id, or `last`."),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="Show the function's last invocations.")] = False,
    name: NameOption = None,
    stage: StageOption = None,
    json: JsonOption = False,
) -> None:
    """Call a function and print its result. The exit status is 1 if the function fails.

    The offline environment keeps a journal of all invocations: --list shows it, and --replay runs one of them again,
    with the code as it is now.
    """
    if (event is not None) + (replay is not None) + listed != 1:
        raise typer.BadParameter("give one of --event, --replay and --list")
    if stage and event is None:
        raise typer.BadParameter("only the offline environment has a journal: leave --stage out")
    deployment = find_deployment(name=name, stage=stage)
    known = function_names(deployment.client("cloudformation"), name_prefix(project_root(), deployment.stage))
    wanted, journal = full_name(known, function), chosen_folder(name).journal
    if listed:
        _show(invocations(journal, function=wanted), as_json=json)
    else:
        payload = _read(event) if event else find_invocation(journal, wanted, str(replay)).event
        result, failed = _call(deployment, wanted, payload)
        if failed and not stage:
            result = _whole_error(journal, wanted, payload) or result
        _report(wanted, result, failed=failed, as_json=json)


def _read(event: str) -> bytes:
    try:
        text = sys.stdin.buffer.read() if event == "-" else Path(event).read_bytes()
    except OSError as error:
        raise CliError(f"{event}: {error.strerror}") from None
    try:
        json.loads(text)
    except ValueError as error:
        raise CliError(f"{event} is not JSON: {error}") from None
    return text


def _call(deployment: Deployment, function: str, payload: bytes) -> tuple[Any, bool]:
    answer = deployment.client("lambda").invoke(FunctionName=function, Payload=payload)
    return json.loads(answer["Payload"].read() or b"null"), "FunctionError" in answer


def _whole_error(journal: Path, function: str, payload: bytes) -> Any:
    """Return the error as the function gave it; the emulator passes on its first 512 bytes only."""
    event = json.loads(payload)
    failures = (one for one in invocations(journal, function=function) if not one.ok and json.loads(one.event) == event)
    return next((json.loads(failure.result) for failure in failures), None)


def _report(function: str, result: Any, *, failed: bool, as_json: bool) -> None:
    if as_json:
        print_json({"function": function, "ok": not failed, "result": result})
    elif failed:
        typer.echo("\n".join(_error_lines(result)), err=True)
    else:
        print_json(result)
    if failed:
        raise typer.Exit(1)


def _error_lines(error: dict[str, Any]) -> Iterator[str]:
    yield f"{error.get('errorType', 'Error')}: {error.get('errorMessage', '')}"
    # Python's stack trace, or Node's, which begins with the message.
    yield from (line.rstrip() for line in error.get("stackTrace") or (error.get("trace") or ())[1:])


def _show(history: list[Invocation], *, as_json: bool) -> None:
    if as_json:
        print_json([_fields(invocation) for invocation in history])
        return
    table = Table("id", "at", "seconds", "outcome", Column("event", no_wrap=True))
    for invocation in history:
        outcome = "ok" if invocation.ok else "[red]failed[/]"
        table.add_row(
            invocation.id[:8], invocation.started_at[:19], f"{invocation.seconds:.3f}", outcome, _head(invocation.event)
        )
    out.print(table)


def _head(event: bytes) -> str:
    return event[:_SHOWN_BYTES].decode(errors="replace")


def _fields(invocation: Invocation) -> dict[str, Any]:
    return {
        "id": invocation.id,
        "function": invocation.function,
        "started_at": invocation.started_at,
        "seconds": round(invocation.seconds, 4),
        "ok": invocation.ok,
        "event": json.loads(invocation.event),
        "result": json.loads(invocation.result),
    }
