"""A schedule's event, or a person's → the hourly balance → what is unbalanced."""

from __future__ import annotations

import logging
from typing import Any

import msgspec

from thermocline.bootstrap.balance import hourly_balance

logging.getLogger().setLevel(logging.INFO)


class _Overrides(msgspec.Struct, frozen=True):
    """A range that an invocation by hand may set, in generations; a schedule's event sets none."""

    first: str | None = None
    last: str | None = None


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Balance the last generations, and tell of it by metric, table and log."""
    overrides = msgspec.convert(event, _Overrides)
    books = hourly_balance()(first=overrides.first, last=overrides.last)
    return {"generations": len(books.pages), "unbalanced": list(books.findings())}
