"""What arrives at a deployed lake: clicks, measurements, twins and bad lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from tests.histories.tiers.deployed import DeployedLake

PAGES = ("catalog", "cart", "payment_choice", "payment_done")
BAD = (b"bad\n", b"bad\n")


def click(number: int, at: dt.datetime) -> dict[str, Any]:
    """Return an event; every second one is a day older."""
    return {
        "event_id": f"e{number:03}",
        "fingerprint": number,
        "source": "shop",
        "event_type": "track",
        "event_name": PAGES[number % 4],
        "anonymous_id": f"visitor {number % 3}",
        "event_time": at + dt.timedelta(days=-(number % 2), seconds=number),
        "received_at": at,
        "time_clamped": False,
    }


def measurement(number: int, at: dt.datetime) -> dict[str, Any]:
    """Return a row of telemetry."""
    return {
        "event_id": f"m{number:03}",
        "fingerprint": number,
        "source": "devices",
        "topic": "dt/site",
        "device_id": "station",
        "metric": "temp",
        "value_double": number / 2,
        "event_time": at + dt.timedelta(seconds=number),
        "received_at": at,
        "time_clamped": False,
    }


def arrivals(lake: DeployedLake, hours_ago: int) -> Iterator[str]:
    """Yield raw objects with twins: within an object, of the hour before, and of an object of the same hour."""
    first, at = 10 * (3 - hours_ago), lake.now - dt.timedelta(hours=hours_ago)
    rows = [click(number, at) for number in [*range(first - 1, first + 10), first]]
    yield lake.arrive("clickstream", f"{hours_ago}-one", [*rows, *BAD])
    yield lake.arrive("clickstream", f"{hours_ago}-two", [click(first, at), b"{}\n"])
    yield lake.arrive("telemetry", f"{hours_ago}", [measurement(number, at) for number in (first, first + 1)])


def refused_by_strict(now: dt.datetime) -> list[dict[str, Any]]:
    """Return clicks of users, which the strict contract refuses; others of the hour after them have the same ids."""
    return [click(number, now - dt.timedelta(hours=3)) | {"user_id": "ann"} for number in (11, 13, 90, 91)]
