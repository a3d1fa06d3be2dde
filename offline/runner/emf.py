"""CloudWatch Embedded Metric Format: the metrics that a log line carries. Pure.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_MAX_VALUES_PER_DATUM = 150


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Values of one metric under one set of dimensions (`minute` in epoch seconds)."""

    namespace: str
    name: str
    unit: str
    resolution: int
    dimensions: tuple[tuple[str, str], ...]
    minute: int
    values: tuple[float, ...]


def samples_of_line(line: str) -> list[Sample]:
    """Return the samples in a log line; none if it is not a valid EMF line (a log line is never an error)."""
    if '"_aws"' not in line:
        return []
    try:
        root = json.loads(line)
        return list(_samples(root))
    except (ValueError, KeyError, TypeError, AttributeError):
        return []


def _samples(root: dict[str, Any]) -> Iterator[Sample]:
    minute = int(root["_aws"]["Timestamp"]) // 60_000 * 60
    for directive in root["_aws"]["CloudWatchMetrics"]:
        for names in directive.get("Dimensions") or [[]]:
            dimensions = tuple((name, str(root[name])) for name in names)
            for metric in directive["Metrics"]:
                value = root[metric["Name"]]
                yield Sample(
                    namespace=directive["Namespace"],
                    name=metric["Name"],
                    unit=metric.get("Unit", "None"),
                    resolution=int(metric.get("StorageResolution", 60)),
                    dimensions=dimensions,
                    minute=minute,
                    values=tuple(float(v) for v in (value if isinstance(value, list) else [value])),
                )


def metric_data(samples: Iterable[Sample]) -> dict[str, list[dict[str, Any]]]:
    """Return PutMetricData's `MetricData` by namespace, with equal metrics combined into Values and Counts."""
    counts: dict[tuple[Any, ...], Counter[float]] = defaultdict(Counter)
    for s in samples:
        counts[(s.namespace, s.name, s.unit, s.resolution, s.dimensions, s.minute)].update(s.values)
    data: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for (namespace, name, unit, resolution, dimensions, minute), counter in counts.items():
        for values in _slices(list(counter.items()), _MAX_VALUES_PER_DATUM):
            data[namespace].append(
                {
                    "MetricName": name,
                    "Unit": unit,
                    "StorageResolution": resolution,
                    "Dimensions": [{"Name": key, "Value": value} for key, value in dimensions],
                    "Timestamp": minute,
                    "Values": [value for value, _ in values],
                    "Counts": [float(count) for _, count in values],
                }
            )
    return dict(data)


def _slices(items: list[tuple[float, int]], size: int) -> Iterator[list[tuple[float, int]]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
