"""Metrics as log lines in CloudWatch's Embedded Metric Format: without a call that could fail.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

from __future__ import annotations

import sys
import time
from typing import TextIO

import msgspec

NAMESPACE = "Thermocline"


class EmfMetrics:
    """Writes one line per request to standard output, which Lambda sends to CloudWatch Logs."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout

    def count(self, *, stream: str, source: str, accepted: int, quarantined: int) -> None:
        """Count the events of one acknowledged request, by stream and by stream and source."""
        values = {"AcceptedEvents": accepted, "QuarantinedEvents": quarantined}
        self._write({"Stream": stream, "Source": source}, [["Stream"], ["Stream", "Source"]], values)

    def unbalanced(self, stream: str, generations: int) -> None:
        """Tell how many generations of a stream do not balance."""
        self._write({"Stream": stream}, [["Stream"]], {"Unbalanced": generations})

    def parked(self, objects: int) -> None:
        """Tell how many raw objects are parked: convert cannot finish them."""
        self._write({}, [[]], {"ParkedObjects": objects})

    def _write(self, names: dict[str, str], dimensions: list[list[str]], values: dict[str, int]) -> None:
        directive = {
            "Namespace": NAMESPACE,
            "Dimensions": dimensions,
            "Metrics": [{"Name": name, "Unit": "Count"} for name in values],
        }
        about = {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [directive]}
        line = {"_aws": about, **names, **values}
        self._out.write(msgspec.json.encode(line).decode() + "\n")
