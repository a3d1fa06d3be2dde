from __future__ import annotations

from pathlib import Path

import pytest

from cli.dev.logs import LogFollower, LogLine, shown

START = "2026-11-24T12:03:22.847Z add196df-1 START RequestId: add196df-1 Version: $LATEST\n"
REPORT = "REPORT RequestId: r\tDuration: 264.20 ms\tBilled Duration: 265 ms\tMemory Size: 1024 MB"
METRIC = (
    '{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"T","Dimensions":[["S"],[]],'
    '"Metrics":[{"Name":"AcceptedEvents"}]}]},"S":"a","AcceptedEvents":3}'
)


def line(text: str) -> LogLine:
    return LogLine(function="ingest", time="12:03:22.847", request_id="add196df-1", text=text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hello", "12:03:22.847 ingest       add196df hello"),
        (REPORT, "12:03:22.847 ingest       add196df done in 264 ms"),
        (
            REPORT + "\tInit Duration: 79.40 ms",
            "12:03:22.847 ingest       add196df done in 264 ms, after a start of 79 ms",
        ),
        (METRIC, "12:03:22.847 ingest       add196df AcceptedEvents 3"),
        ("START RequestId: r Version: $LATEST", None),
        ("END RequestId: r", None),
    ],
)
def test_a_line_says_who_and_what(text: str, expected: str | None) -> None:
    found = shown(line(text))
    assert (found and found.plain) == expected


def test_only_whole_new_lines_are_read_in_the_order_of_time(tmp_path: Path) -> None:
    ingest, convert = (
        tmp_path / "lambda-local-thermocline-ingest.log",
        tmp_path / "lambda-local-thermocline-convert.log",
    )
    ingest.write_text("2026-11-24T12:00:00.000Z old before\n")
    follower = LogFollower(tmp_path, "local-thermocline-")
    assert follower.lines() == []
    with ingest.open("a") as file:
        file.write("2026-11-24T12:00:03.000Z r1 third\n2026-11-24T12:00:04.000Z r1 hal")
    convert.write_text("2026-11-24T12:00:02.000Z r2 second\n")  # a function that has not run before
    assert [(found.function, found.text) for found in follower.lines()] == [("convert", "second"), ("ingest", "third")]
    with ingest.open("a") as file:
        file.write("f\nnot a log line\n")
    assert [found.text for found in follower.lines()] == ["half"]
    ingest.write_text(START)  # a new environment begins its logs anew
    assert [found.request_id for found in follower.lines()] == ["add196df-1"]
