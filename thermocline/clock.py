"""The time now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

Clock = Callable[[], dt.datetime]
"""Returns the time now, with its time zone."""


def utc_now() -> dt.datetime:
    """Return the time now, UTC."""
    return dt.datetime.now(dt.UTC)
