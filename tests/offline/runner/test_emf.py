import json
from typing import Any

import pytest

from offline.runner.emf import metric_data, samples_of_line


def line(**changes: Any) -> str:
    directive = {
        "Namespace": "Thermocline",
        "Dimensions": [["stream"], []],
        "Metrics": [{"Name": "accepted", "Unit": "Count"}, {"Name": "ms", "StorageResolution": 1}],
    }
    aws = {"Timestamp": 1_764_000_061_500, "CloudWatchMetrics": [directive]}
    return json.dumps({"_aws": aws, "stream": "clickstream", "accepted": 3, "ms": [1.5, 2], **changes})


def test_every_metric_is_taken_under_every_set_of_dimensions() -> None:
    samples = samples_of_line(line())
    assert [(s.name, s.dimensions, s.values) for s in samples] == [
        ("accepted", (("stream", "clickstream"),), (3.0,)),
        ("ms", (("stream", "clickstream"),), (1.5, 2.0)),
        ("accepted", (), (3.0,)),
        ("ms", (), (1.5, 2.0)),
    ]
    assert {s.minute for s in samples} == {1_764_000_060}
    assert {s.unit for s in samples} == {"Count", "None"}


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        '{"_aws": 1}',
        '{"_aws": {"Timestamp": 1}}',
        '"_aws" {',
        line(accepted="many"),
        line(accepted=None),
        '["_aws"]',
    ],
)
def test_a_line_that_is_no_valid_emf_gives_nothing(text: str) -> None:
    assert samples_of_line(text) == []


def test_equal_metrics_fold_into_values_and_counts() -> None:
    samples = [s for _ in range(3) for s in samples_of_line(line())] + samples_of_line(line(accepted=9))
    data = metric_data(samples)
    assert set(data) == {"Thermocline"}
    accepted = next(d for d in data["Thermocline"] if d["MetricName"] == "accepted" and d["Dimensions"])
    assert dict(zip(accepted["Values"], accepted["Counts"], strict=True)) == {3.0: 3, 9.0: 1}
    assert accepted["Dimensions"] == [{"Name": "stream", "Value": "clickstream"}]


def test_a_datum_holds_at_most_150_values() -> None:
    data = metric_data(samples_of_line(line(ms=[float(n) for n in range(301)])))["Thermocline"]
    values = [d["Values"] for d in data if d["MetricName"] == "ms" and d["Dimensions"]]
    assert [len(v) for v in values] == [150, 150, 1]
    assert sorted(value for part in values for value in part) == [float(n) for n in range(301)]
