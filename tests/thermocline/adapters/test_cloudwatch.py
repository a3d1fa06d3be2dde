from __future__ import annotations

import datetime as dt

from tests.fakes.aws import AwsClient
from thermocline.adapters.cloudwatch import CloudWatchCounts
from thermocline.balance.ports import Acknowledged

SINCE = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
UNTIL = dt.datetime(2026, 11, 26, 15, tzinfo=dt.UTC)


def test_counts_of_a_stream_are_added_over_any_number_of_hours(aws: AwsClient) -> None:
    client = aws("cloudwatch")
    counted = [
        ("AcceptedEvents", "clickstream", SINCE, 1),
        ("AcceptedEvents", "clickstream", dt.datetime(2026, 9, 2, 13, 30, tzinfo=dt.UTC), 10),
        ("AcceptedEvents", "clickstream", UNTIL - dt.timedelta(seconds=1), 100),
        ("AcceptedEvents", "clickstream", UNTIL, 1000),
        ("AcceptedEvents", "telemetry", UNTIL - dt.timedelta(hours=2), 10_000),
        ("QuarantinedEvents", "clickstream", UNTIL - dt.timedelta(hours=2), 7),
    ]
    for metric, stream, time, value in counted:
        client.put_metric_data(
            Namespace="Thermocline",
            MetricData=[
                {
                    "MetricName": metric,
                    "Dimensions": [{"Name": "Stream", "Value": stream}],
                    "Timestamp": time,
                    "Value": value,
                }
            ],
        )
    counts = CloudWatchCounts(client).acknowledged("clickstream", SINCE, UNTIL)
    assert counts == Acknowledged(accepted=111, quarantined=7)
