import asyncio
import json
from typing import Any

from offline.runner.metrics import MetricsSink

LINE = json.dumps(
    {
        "_aws": {"Timestamp": 0, "CloudWatchMetrics": [{"Namespace": "N", "Metrics": [{"Name": "m"}]}]},
        "m": 1,
    }
)


def test_lines_are_put_in_batches_and_flush_waits_for_them() -> None:
    puts: list[tuple[str, list[dict[str, Any]]]] = []

    async def run() -> None:
        sink = MetricsSink(lambda namespace, data: puts.append((namespace, data)), interval=0.01)
        background = asyncio.create_task(sink.run())
        sink.add_line(LINE)
        sink.add_line("not a metric")
        sink.add_line(LINE)
        await asyncio.sleep(0.1)
        assert [(namespace, data[0]["Counts"]) for namespace, data in puts] == [("N", [2.0])]
        sink.add_line(LINE)
        await sink.flush()
        assert len(puts) == 2
        background.cancel()

    asyncio.run(run())


def test_a_failed_put_is_logged_and_forgotten(caplog: Any) -> None:
    def fail(namespace: str, data: list[dict[str, Any]]) -> None:
        raise ConnectionError(namespace)

    sink = MetricsSink(fail)
    sink.add_line(LINE)
    asyncio.run(sink.flush())
    assert "1 metrics of N were lost" in caplog.text
