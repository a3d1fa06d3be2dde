"""Ingest's metrics, as CloudWatch has them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from thermocline.adapters.emf import NAMESPACE
from thermocline.balance.ports import Acknowledged

_HOUR = dt.timedelta(hours=1)
# CloudWatch answers with so many values at most.
_MAX_HOURS = 1440


class CloudWatchCounts:
    """Reads what ingest counted, in whole hours.

    Parameters
    ----------
    client
        A boto3 CloudWatch client.
    """

    def __init__(self, client: Any) -> None:
        self._client = client

    def acknowledged(self, stream: str, since: dt.datetime, until: dt.datetime) -> Acknowledged:
        """Return what was acknowledged in whole hours."""
        return Acknowledged(
            accepted=self._sum("AcceptedEvents", stream, since, until),
            quarantined=self._sum("QuarantinedEvents", stream, since, until),
        )

    def _sum(self, metric: str, stream: str, since: dt.datetime, until: dt.datetime) -> int:
        total = 0.0
        while since < until:
            end = min(since + _MAX_HOURS * _HOUR, until)
            answer = self._client.get_metric_statistics(
                Namespace=NAMESPACE,
                MetricName=metric,
                Dimensions=[{"Name": "Stream", "Value": stream}],
                StartTime=since,
                EndTime=end,
                Period=int(_HOUR.total_seconds()),
                Statistics=["Sum"],
            )
            total += sum(point["Sum"] for point in answer["Datapoints"])
            since = end
        return int(total)
