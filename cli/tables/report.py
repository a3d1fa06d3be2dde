"""What `lake contracts new` prints: columns, guesses with their reasons, what to check, and what to do next."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from cli.console import out, print_json
from cli.tables.draft import Draft, DraftColumn
from cli.tables.samples import Format
from cli.tables.sources import is_gzip

_TYPES = {Format.CSV: "text/csv", Format.NDJSON: "application/x-ndjson"}


def show(draft: Draft, path: Path, file: str, *, as_json: bool) -> None:
    """Print the draft that was written to `path` from the sample `file`."""
    if as_json:
        print_json(described(draft, str(path), file))
        return
    out.print(f"Wrote {path.name}: {len(draft.columns)} columns{_from_rows(draft)}.\n", highlight=False)
    out.print(columns_table(draft))
    for line in ("", *guesses(draft), "", "Next:"):
        out.print(line, highlight=False, markup=False, soft_wrap=True)
    for number, step in enumerate(next_steps(draft, file), start=1):
        out.print(f"{number}. {step}", highlight=False, markup=False, soft_wrap=True)


def _from_rows(draft: Draft) -> str:
    return f" from {draft.rows:,} rows" if draft.rows else ""


def columns_table(draft: Draft) -> Table:
    """Return the columns as a table for a terminal."""
    table = Table("column", "member", "type", "class", "why", box=None, pad_edge=False)
    for column in draft.columns:
        member = "" if column.member == column.name else repr(column.member)
        cells = (column.name, member, type_of(column), column.classification, column.why)
        table.add_row(*map(Text, cells))
    return table


def type_of(column: DraftColumn) -> str:
    """Return a column's type as text, and whether it holds JSON text or is required."""
    text = "string (JSON text)" if column.json_text else column.type
    return f"{text}, required" if column.required else text


def guesses(draft: Draft) -> Iterator[str]:
    """Yield one line per guess, with its reason."""
    time, keys = draft.event_time or "the time of receipt", ", ".join(draft.identity)
    yield f"Event time: {time} ({draft.event_time_why})."
    yield f"Identity: {keys or 'the hash of what was sent'} ({draft.identity_why})."
    yield f"Members that the contract does not name: {draft.unknown_members}."
    for column in draft.columns:
        if column.look:
            yield f"Looks personal: {column.name} is {column.classification} ({column.look}). Have a look."


def next_steps(draft: Draft, file: str) -> list[str]:
    """Return what to do next: add a source to config/, and send a request."""
    source = source_name(draft.table)
    key = "LAKE_WRITE_KEY_" + re.sub(r"\W", "_", source).upper()
    post = f'curl -H "Authorization: Bearer ${key}" -H "Content-Type: {_TYPES.get(draft.format, "application/json")}"'
    lines = ("Add a source to config/local.toml:", f"  [sources.{source}]", f'  stream = "{draft.table}"')
    unzip = f"gunzip -c {shlex.quote(file)} | " if is_gzip(file) else ""
    send = (
        "Start the lake and send rows:",
        '  lake up && eval "$(lake env)"',
        f'  {unzip}{post} {_body(draft, file)} "$LAKE_INGEST_URL/v1/events"',
    )
    return ["\n".join(lines), "\n".join(send)]


def source_name(table: str) -> str:
    """Return a name for a table's first source: lower-case words joined by hyphens."""
    return table.strip("_").replace("_", "-")[:64]


def described(draft: Draft, path: str, file: str) -> dict[str, Any]:
    """Return the draft as ``--json`` shows it."""
    return {
        "contract": path,
        "rows": draft.rows,
        "event_time": draft.event_time,
        "event_time_why": draft.event_time_why,
        "identity": list(draft.identity),
        "identity_why": draft.identity_why,
        "unknown_members": draft.unknown_members,
        "columns": [
            {
                "name": column.name,
                "member": column.member,
                "type": column.type,
                "encoding": "json" if column.json_text else None,
                "required": column.required,
                "classification": column.classification,
                "why": column.why,
                "looks_personal": column.look,
            }
            for column in draft.columns
        ],
        "next": next_steps(draft, file),
    }


def _body(draft: Draft, file: str) -> str:
    if draft.format in (Format.PARQUET, Format.JSON_SCHEMA):
        return "-d '{…a row as JSON…}'"
    return f"--data-binary {shlex.quote('@-' if is_gzip(file) else '@' + file)}"
