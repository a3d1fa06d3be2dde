"""The event that asks for a recovery, and its result as data."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec

from thermocline.errors import RequestError
from thermocline.recover.model import Choice
from thermocline.recover.use_case import Recover

_GENERATION = re.compile(r"\d{4}-\d{2}-\d{2}-\d{2}")


class RecoverRows(msgspec.Struct, frozen=True, kw_only=True, tag_field="action", tag="recover"):
    """Bring rows of a table back from quarantine (see `Choice`)."""

    table: str
    source: str | None = None
    reason: str | None = None
    first: str | None = None
    last: str | None = None
    dry_run: bool = True


def recover_rows(asked: RecoverRows, recover: Callable[[], Recover]) -> dict[str, Any]:
    """Do it with a use case, and return what became of the rows.

    Raises
    ------
    RequestError
        A bound is not a generation.
    """
    for gen in (asked.first, asked.last):
        if gen is not None and not _GENERATION.fullmatch(gen):
            raise RequestError(400, "no_generation", f"{gen!r} is not a generation: write an hour like 2026-11-26-14")
    choice = Choice(table=asked.table, source=asked.source, reason=asked.reason, first=asked.first, last=asked.last)
    recovery: dict[str, Any] = msgspec.to_builtins(recover()(choice, dry_run=asked.dry_run))
    return recovery
