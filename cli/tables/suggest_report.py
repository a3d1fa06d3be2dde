"""What `lake contracts suggest` prints: a table of the columns, and YAML to paste into the contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import yaml
from rich.table import Table
from rich.text import Text

from cli.console import err, out, print_json
from cli.tables.suggest import Suggestion
from thermocline.contracts.types import TYPES

_INDENT = 6


def show(suggested: Sequence[Suggestion], *, stream: str, column: str, events: int, as_json: bool) -> None:
    """Print the suggestions from a sample of `events` events."""
    if as_json:
        print_json({"events": events, "columns": [asdict(each) for each in suggested], "yaml": columns_yaml(suggested)})
        return
    if not suggested:
        out.print(f"No further member of {column} is in enough of the newest {events:,} events.", highlight=False)
        return
    out.print(suggestions_table(suggested))
    err.print(
        f"[dim]From the newest {events:,} events. Paste into contracts/{stream}.odcs.yaml, above _src:[/]",
        soft_wrap=True,
    )
    out.print(columns_yaml(suggested), highlight=False, markup=False, soft_wrap=True, end="")


def suggestions_table(suggested: Sequence[Suggestion]) -> Table:
    """Return the suggestions as a table for a terminal."""
    table = Table("path", "type", "in events", "does not fit", "examples", box=None, pad_edge=False)
    for each in suggested:
        kind = "string (JSON text)" if each.json_text else each.type
        examples = f"looks personal: {each.look}" if each.look else ", ".join(each.examples)
        misfits = f"{each.misfits} of {each.seen:,}" if each.misfits else ""
        table.add_row(*map(Text, (each.path, kind, f"{each.share:.0%}", misfits, examples)))
    return table


def columns_yaml(suggested: Sequence[Suggestion]) -> str:
    """Return the columns as the items of a contract's ``properties``."""
    if not suggested:
        return ""
    # Invisible characters are escaped, because some are line breaks in YAML.
    is_visible = all(each.path.isprintable() for each in suggested)
    text: str = yaml.safe_dump(
        [_column(each) for each in suggested],
        default_flow_style=None,
        sort_keys=False,
        allow_unicode=is_visible,
        width=10**9,
    )
    return "".join(f"{' ' * _INDENT}{line}\n" for line in text.removesuffix("\n").split("\n"))


def _column(each: Suggestion) -> dict[str, Any]:
    custom = {"writtenBy": "convert", "path": each.path, **({"encoding": "json"} if each.json_text else {})}
    return {
        "name": each.name,
        "description": each.description,
        "logicalType": TYPES[each.type].logical,
        "physicalType": each.type,
        "classification": each.classification,
        "customProperties": [{"property": name, "value": value} for name, value in custom.items()],
    }
