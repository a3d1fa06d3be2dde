from __future__ import annotations

import datetime as dt

NOW = dt.datetime(2026, 11, 22, 12, 34, 56, 789012, tzinfo=dt.UTC)


class FixedClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: dt.datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    def advance(self, **units: float) -> None:
        self.now += dt.timedelta(**units)
