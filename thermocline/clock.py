"""The time now, and waiting."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable

Clock = Callable[[], dt.datetime]
"""Returns the time now, with its time zone."""


def utc_now() -> dt.datetime:
    """Return the time now, UTC."""
    return dt.datetime.now(dt.UTC)


def jittered_pause(retry: int) -> None:
    """Wait before a retry: for a random time, up to 0.1 s before the first and twice as long before each next one."""
    time.sleep(random.uniform(0, min(2.0, 0.05 * 2**retry)))  # noqa: S311 - it only keeps racers apart
