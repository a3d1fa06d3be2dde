"""Values as JSON that can be read back: what JSON has no exact type for is text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

_encode = msgspec.json.Encoder().encode


def line_of(row: Mapping[str, Any]) -> bytes:
    """Return a row as a line of NDJSON; the manifest has the type of each column, and `msgspec.convert` reads it."""
    return _encode({name: as_json(value) for name, value in row.items()}) + b"\n"


def as_json(value: object) -> str | bool | None:
    """Return a value as text, a truth value or null.

    Times are UTC with microseconds, like ``2026-11-26T14:05:00.000000Z``; whole numbers, decimals and floating ones are
    text, because readers of JSON round them.
    """
    match value:
        case None | bool() | str():
            return value
        case dt.datetime():
            return f"{_utc(value).isoformat(timespec='microseconds').removesuffix('+00:00')}Z"
        case dt.date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case _:
            return repr(value)


def _utc(time: dt.datetime) -> dt.datetime:
    """Return a time in UTC; warm files name no zone."""
    return time.astimezone(dt.UTC) if time.tzinfo else time.replace(tzinfo=dt.UTC)
