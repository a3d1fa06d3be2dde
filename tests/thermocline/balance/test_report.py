"""The hourly run tells of the books by metric, table and log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from tests.fakes.clock import NOW
from tests.thermocline.balance.lake import CLICKS, GENS, STREAMS, MemoryLake
from tests.thermocline.balance.test_use_case import double_warm_file, filled
from thermocline.balance.model import Page, Range
from thermocline.balance.report import HourlyBalance


class Told:
    """Keeps what it is told as metrics and as a table."""

    def __init__(self) -> None:
        self.metrics: dict[str, int] = {}
        self.pages: Sequence[Page] = ()
        self.among: Range | None = None

    def unbalanced(self, stream: str, generations: int) -> None:
        self.metrics[stream] = generations

    def replace(self, pages: Sequence[Page], among: Range, *, checked_at: dt.datetime) -> None:
        self.pages, self.among = pages, among


def hourly(lake: MemoryLake, told: Told) -> HourlyBalance:
    look_back = dt.timedelta(hours=11)
    return HourlyBalance(balance=lake.balance(), metrics=told, table=told, clock=lambda: NOW, look_back=look_back)


def test_every_stream_has_a_metric_and_every_generation_a_row(caplog: pytest.LogCaptureFixture) -> None:
    told = Told()
    books = hourly(filled(), told)()
    assert told.metrics == dict.fromkeys(STREAMS, 0)
    assert (told.pages, told.among) == (books.pages, Range(first="2026-11-22-01"))
    assert not caplog.records


def test_what_is_unbalanced_is_counted_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    lake, told = filled(), Told()
    double_warm_file(lake)
    hourly(lake, told)(first=GENS[1], last=GENS[1])
    assert told.metrics == {CLICKS: 1, "telemetry": 0, "quarantine": 0}
    assert told.among == Range(first=GENS[1], last=GENS[1])
    assert [record.getMessage() for record in caplog.records] == [
        "unbalanced: clickstream 2026-11-22-02: 10 rows too many, that no line of raw accounts for"
    ]
