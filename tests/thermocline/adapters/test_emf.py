from __future__ import annotations

import io
import time
from typing import Any

import msgspec

from thermocline.adapters.emf import EmfMetrics


def written(**changes: Any) -> str:
    out = io.StringIO()
    given: dict[str, Any] = {"stream": "clickstream", "source": "shop", "accepted": 5, "quarantined": 2} | changes
    EmfMetrics(out).count(**given)
    return out.getvalue()


def test_a_line_keeps_the_rules_of_the_embedded_metric_format() -> None:
    text = written()
    assert text.endswith("\n")
    assert text.count("\n") == 1
    line = msgspec.json.decode(text)
    assert abs(line["_aws"]["Timestamp"] - time.time() * 1000) < 60_000
    (directive,) = line["_aws"]["CloudWatchMetrics"]
    assert directive["Namespace"] == "Thermocline"
    assert directive["Dimensions"] == [["Stream"], ["Stream", "Source"]]
    for dimensions in directive["Dimensions"]:
        assert len(dimensions) <= 30
        assert all(isinstance(line[name], str) and line[name] for name in dimensions)
    for metric in directive["Metrics"]:
        assert metric["Unit"] == "Count"
        assert isinstance(line[metric["Name"]], int)


def test_the_values_are_the_requests_own() -> None:
    line = msgspec.json.decode(written(accepted=7, quarantined=0, source='a"b'))
    assert (line["AcceptedEvents"], line["QuarantinedEvents"]) == (7, 0)
    assert (line["Stream"], line["Source"]) == ("clickstream", 'a"b')


def test_generations_that_do_not_balance_are_a_metric_of_their_stream() -> None:
    out = io.StringIO()
    EmfMetrics(out).unbalanced("clickstream", 2)
    line = msgspec.json.decode(out.getvalue())
    assert (line["Stream"], line["Unbalanced"]) == ("clickstream", 2)
    (directive,) = line["_aws"]["CloudWatchMetrics"]
    assert (directive["Dimensions"], directive["Metrics"]) == ([["Stream"]], [{"Name": "Unbalanced", "Unit": "Count"}])


def test_parked_objects_are_a_metric_of_the_whole_lake() -> None:
    out = io.StringIO()
    EmfMetrics(out).parked(2)
    line = msgspec.json.decode(out.getvalue())
    (directive,) = line["_aws"]["CloudWatchMetrics"]
    assert (directive["Dimensions"], directive["Metrics"]) == ([[]], [{"Name": "ParkedObjects", "Unit": "Count"}])
    assert line["ParkedObjects"] == 2
