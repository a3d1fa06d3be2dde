"""Samples of tests, and what their values are once more: read without the code under test."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from cli.tables.draft import Draft, make_draft, read_columns
from cli.tables.readers import open_sample
from cli.tables.wishes import Wishes
from thermocline.contracts.model import Column

FOLDER = Path(__file__).parents[2] / "samples" / "tables"
SAMPLES = sorted(path.name for path in FOLDER.iterdir())


def drafted(path: Path, table: str = "things", **wishes: Any) -> Draft:
    """Return the draft for a sample."""
    sample = open_sample(path)
    return make_draft(sample, read_columns(sample), table=table, file=path.name, wishes=Wishes(**wishes))


def as_sent(value: object, column: Column) -> object:
    """Return what a stored value was when it was sent as JSON."""
    if value is None or column.encoding == "json":
        return None if value is None else json.loads(str(value), parse_float=Decimal)
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC)
    return value


def meant(value: object, column: Column) -> object:
    """Return what a value of a sample means, to be compared with `as_sent`: times are moments, and not their text."""
    if isinstance(value, str) and column.type == "timestamp":
        return dt.datetime.fromisoformat(value)
    if isinstance(value, str) and column.type == "date":
        return dt.date.fromisoformat(value)
    return value
