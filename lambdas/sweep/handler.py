"""A schedule's event, or a person's → the sweep use case → its counts."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import msgspec

from thermocline.bootstrap.sweep import sweep

logger = logging.getLogger(__name__)
logger.setLevel(logging.INFO)


class _Overrides(msgspec.Struct, frozen=True):
    """Values that an invocation by hand may set instead of the settings; a schedule's event sets none."""

    settle_minutes: float | None = None
    look_back_hours: float | None = None


def handler(event: dict[str, Any], context: object) -> dict[str, int]:
    """Compare raw/ with the ledger, and queue again what is missing or unfinished."""
    overrides = msgspec.convert(event, _Overrides)
    swept = sweep()(
        settle=None if overrides.settle_minutes is None else dt.timedelta(minutes=overrides.settle_minutes),
        look_back=None if overrides.look_back_hours is None else dt.timedelta(hours=overrides.look_back_hours),
    )
    counts: dict[str, int] = msgspec.to_builtins(swept)
    logger.log(logging.WARNING if swept.stuck else logging.INFO, "sweep %s", counts)
    return counts
