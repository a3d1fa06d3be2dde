"""Query results as CSV, JSON and a table. Pure."""

import csv
import io
import json
import re
from typing import Any

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

from cli.athena import Cell, QueryResult

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|[+-]?(Infinity|NaN)")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ANY_WIDTH = 1_000_000
_WHOLE = frozenset({"tinyint", "smallint", "integer", "int", "bigint"})
_REAL = frozenset({"double", "float", "real"})
_NUMERIC = _WHOLE | _REAL | {"decimal"}


def as_csv(result: QueryResult) -> str:
    """Return CSV with a header; text that a spreadsheet would run as a formula gets a leading quote."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(name for name, _ in result.columns)
    writer.writerows([_plain(cell) for cell in row] for row in result.rows)
    return text.getvalue()


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) and not _NUMBER.fullmatch(cell) else cell


def as_json(result: QueryResult) -> str:
    """Return a JSON array of objects; numbers and booleans stay what they are, decimals and all else become text."""
    names = [name for name, _ in result.columns]
    types = [kind for _, kind in result.columns]
    rows = [dict(zip(names, map(_typed, types, row), strict=True)) for row in result.rows]
    return json.dumps(rows, indent=2, ensure_ascii=False)


def _typed(kind: str, cell: Cell) -> Any:
    if cell is None:
        return None
    if kind in _WHOLE:
        return int(cell)
    if kind == "boolean":
        return cell == "true"
    if kind in _REAL:
        value = float(cell)
        return value if value - value == 0 else cell  # JSON has no NaN and no infinity
    return cell


def as_text(result: QueryResult) -> str:
    """Return the lines of a result that is one text."""
    return "".join(f"{row[0] or ''}\n" for row in result.rows)


def summary(result: QueryResult) -> str:
    """Return one line about a result, such as ``3 rows, 1,024 bytes scanned``."""
    count = len(result.rows) if result.written is None else result.written
    rows = f"{count:,} row{'' if count == 1 else 's'}{'' if result.written is None else ' written'}"
    return f"{rows}, {result.scanned_bytes:,} bytes scanned"


def as_table(result: QueryResult) -> Table:
    """Return a table for a terminal, with numbers aligned to the right."""
    table = Table()
    for name, kind in result.columns:
        table.add_column(name, justify="right" if kind.partition("(")[0] in _NUMERIC else "left", overflow="fold")
    for row in result.rows:
        table.add_row(*(_shown(cell) for cell in row))
    return table


def as_records(result: QueryResult) -> Table:
    """Return a table with one row per value, for results too wide for a terminal; nulls are left out."""
    table = Table("column", "value", title=None if result.rows else "no rows")
    for row in result.rows:
        for (name, _), cell in zip(result.columns, row, strict=True):
            if cell is not None:
                table.add_row(name, _shown(cell))
        table.add_section()
    return table


def fitting(result: QueryResult, console: Console) -> Table:
    """Return the result as a table, or as records when the table is wider than the terminal."""
    table = as_table(result)
    unbounded = console.options.update(max_width=_ANY_WIDTH)
    return table if Measurement.get(console, unbounded, table).maximum <= console.width else as_records(result)


def _shown(cell: Cell) -> str:
    return "" if cell is None else cell.replace("[", r"\[")
