"""Send real input, wait until it is queryable, count it at every step, and ask the analysts' questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import msgspec

from cli.athena import QueryResult, run_query
from cli.demo import clicks, data, weather
from cli.demo.books import StreamBooks, accepted_events, converted_events, wait_until
from cli.deployment import Deployment
from cli.errors import CliError
from stacks.queries import load_queries

_METRICS_PATIENCE_SECONDS = 10.0
_CONVERT_PATIENCE_SECONDS = 60.0

Progress = Callable[[int], None]


class Display(Protocol):
    """Shows how far the demo is."""

    @contextmanager
    def bar(self, name: str, total: int) -> Iterator[Progress]:
        """Show a progress bar, and yield the function that sets its count."""


class Traffic(msgspec.Struct, frozen=True, kw_only=True):
    """The demo's input."""

    clicks: list[data.Row]
    packs: list[weather.Pack]

    @property
    def sent(self) -> dict[str, int]:
        """Number of events by stream."""
        return {"clickstream": len(self.clicks), "telemetry": sum(len(records) for _, records in self.packs)}

    def tenth(self) -> Traffic:
        """Return a tenth of the input: the first clicks, and every tenth pack, so that no station is left out."""
        return Traffic(clicks=self.clicks[: len(self.clicks) // 10], packs=self.packs[::10])


def load_traffic(folder: Path) -> Traffic:
    """Read the fetched data files."""
    return Traffic(clicks=data.clicks(folder), packs=weather.packs(data.weather(folder)))


def send_traffic(lake: Deployment, traffic: Traffic, display: Display) -> None:
    """Send everything, both streams at once.

    Raises
    ------
    CliError
        A client gave up on something.
    """
    keys, sent = lake.write_keys(), traffic.sent
    with (
        display.bar("clicks sent by Segment's client", sent["clickstream"]) as clicks_bar,
        display.bar("measurements sent by AWS's IoT client", sent["telemetry"]) as weather_bar,
        ThreadPoolExecutor(2) as pool,
    ):
        jobs = [
            pool.submit(
                clicks.send_clicks,
                traffic.clicks,
                ingest_url=lake.ingest_url,
                write_key=keys[clicks.SOURCE],
                progress=clicks_bar,
            ),
            pool.submit(
                weather.send_packs,
                traffic.packs,
                ingest_url=lake.ingest_url,
                write_key=keys[weather.SOURCE],
                progress=weather_bar,
            ),
        ]
        errors = [error for job in jobs for error in job.result()]
    if errors:
        raise CliError(f"{len(errors)} requests failed, the first with: {errors[0]}")


def keep_books(lake: Deployment, sent: dict[str, int], since: dt.datetime, display: Display) -> dict[str, StreamBooks]:
    """Wait until the lake has converted everything; count each stream where it is accepted and where it is queried."""
    cloudwatch, dynamodb = lake.client("cloudwatch"), lake.client("dynamodb")

    def accepted_now() -> dict[str, int]:
        return {stream: accepted_events(cloudwatch, stream, since) for stream in sent}

    wait_until(
        sum(sent.values()),
        lambda: sum(accepted_now().values()),
        patience=_METRICS_PATIENCE_SECONDS,
        progress=lambda _count: None,
    )
    accepted = accepted_now()
    ledger, total = lake.output("LedgerTable"), sum(accepted.values())
    with display.bar("events turned into Parquet", total) as bar:
        wait_until(total, lambda: converted_events(dynamodb, ledger), patience=_CONVERT_PATIENCE_SECONDS, progress=bar)
    quarantined = _quarantined(lake)
    return {
        stream: StreamBooks(
            sent=sent[stream],
            accepted=accepted[stream],
            queryable=_count(lake, f"SELECT count(*) FROM {stream}"),  # noqa: S608 - a name of ours
            quarantined=quarantined.get(stream, 0),
        )
        for stream in sent
    }


def ask(lake: Deployment, queries: Path) -> Iterator[tuple[str, QueryResult]]:
    """Run the analysts' queries, ``sql/queries/*.sql``, and yield each result with its query's description."""
    for query in load_queries(queries):
        yield query.description, run_query(lake, query.sql)


def _quarantined(lake: Deployment) -> dict[str, int]:
    rows = run_query(lake, "SELECT stream, count(*) FROM quarantine GROUP BY stream").rows
    return {str(stream): int(count or 0) for stream, count in rows}


def _count(lake: Deployment, sql: str) -> int:
    return int(run_query(lake, sql).rows[0][0] or 0)
