"""Sends the metrics found in log lines to CloudWatch, in batches, as CloudWatch Logs does on AWS."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from offline.runner.emf import Sample, metric_data, samples_of_line

Put = Callable[[str, list[dict[str, Any]]], None]
"""PutMetricData: (namespace, metric data)."""

_MAX_DATA_PER_CALL = 500
_log = logging.getLogger(__name__)


class MetricsSink:
    """A buffer of samples, which are put every `interval` seconds, or when `flush` is called."""

    def __init__(self, put: Put, *, interval: float = 0.2) -> None:
        self._put = put
        self._interval = interval
        self._samples: list[Sample] = []
        self._flushing = asyncio.Lock()

    def add_line(self, line: str) -> None:
        """Take the metrics of one log line, if it has any."""
        self._samples.extend(samples_of_line(line))

    async def flush(self) -> None:
        """Put everything collected so far, and return when CloudWatch has it."""
        async with self._flushing:
            samples, self._samples = self._samples, []
            for namespace, data in metric_data(samples).items():
                for start in range(0, len(data), _MAX_DATA_PER_CALL):
                    await self._send(namespace, data[start : start + _MAX_DATA_PER_CALL])

    async def _send(self, namespace: str, data: list[dict[str, Any]]) -> None:
        try:
            await asyncio.to_thread(self._put, namespace, data)
        except Exception:  # noqa: BLE001 (no error of a metric may fail an invocation)
            _log.exception("%d metrics of %s were lost", len(data), namespace)

    async def run(self) -> None:
        """Flush repeatedly until cancelled."""
        while True:
            await asyncio.sleep(self._interval)
            if self._samples:
                await self.flush()
