"""A schedule, or a person → the sweep use case → what it found."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import msgspec

from thermocline.bootstrap.sweep import sweep

logger = logging.getLogger(__name__)
logger.setLevel(logging.INFO)


class _Wishes(msgspec.Struct, frozen=True):
    """What an invocation by hand may ask for instead of the settings; a schedule's event asks for nothing."""

    settle_minutes: float | None = None
    look_back_hours: float | None = None


def handler(event: dict[str, Any], context: object) -> dict[str, int]:
    """Compare raw/ with the ledger, and queue again what is missing or unfinished."""
    wishes = msgspec.convert(event, _Wishes)
    swept = sweep()(
        settle=None if wishes.settle_minutes is None else dt.timedelta(minutes=wishes.settle_minutes),
        look_back=None if wishes.look_back_hours is None else dt.timedelta(hours=wishes.look_back_hours),
    )
    found: dict[str, int] = msgspec.to_builtins(swept)
    logger.log(logging.WARNING if swept.stuck else logging.INFO, "sweep %s", found)
    return found
