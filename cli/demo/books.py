"""The books: how many events per stream were sent, accepted, and can be queried, each counted where it happens."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

import msgspec

METRICS_NAMESPACE = "Thermocline"
_POLL_SECONDS = 0.5
_PERIOD_SECONDS = 3600


class StreamBooks(msgspec.Struct, frozen=True, kw_only=True):
    """One stream's books.

    Attributes
    ----------
    sent
        Counted by the sender.
    accepted
        Counted by the ingest function, in CloudWatch: events whose request was acknowledged.
    queryable
        Counted by Athena in the stream's table.
    quarantined
        Counted by Athena in the quarantine table.
    """

    sent: int
    accepted: int
    queryable: int
    quarantined: int

    @property
    def balanced(self) -> bool:
        """True if no event was lost, and none was counted twice."""
        return self.sent == self.accepted == self.queryable + self.quarantined


def accepted_events(cloudwatch: Any, stream: str, since: dt.datetime) -> int:
    """Return how many events of a stream were acknowledged since a time."""
    answer = cloudwatch.get_metric_statistics(
        Namespace=METRICS_NAMESPACE,
        MetricName="AcceptedEvents",
        Dimensions=[{"Name": "Stream", "Value": stream}],
        StartTime=since.replace(second=0, microsecond=0),
        EndTime=dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1),
        Period=_PERIOD_SECONDS,
        Statistics=["Sum"],
    )
    return int(sum(point["Sum"] for point in answer["Datapoints"]))


def converted_events(dynamodb: Any, ledger_table: str) -> int:
    """Return how many events, good and bad, convert has finished, by the ledger."""
    pages = dynamodb.get_paginator("scan").paginate(TableName=ledger_table)
    items = (item for page in pages for item in page["Items"] if item.get("status", {}).get("S") == "done")
    return sum(int(item["lines"]["N"]) for item in items)


def wait_until(target: int, count: Callable[[], int], *, patience: float, progress: Callable[[int], None]) -> int:
    """Poll `count` until it reaches `target`, and return the last count, which is less if it was not reached in time.

    Parameters
    ----------
    patience
        Seconds without an increase after which to give up.
    progress
        Called with each count.
    """
    best, deadline = -1, time.monotonic() + patience
    while True:
        current = count()
        progress(current)
        if current >= target or time.monotonic() >= deadline:
            return current
        if current > best:
            best, deadline = current, time.monotonic() + patience
        time.sleep(_POLL_SECONDS)
