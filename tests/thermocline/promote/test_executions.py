from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
import pytest

from thermocline.errors import Terminal
from thermocline.ledger import Entry, HotFile, Marks, Suppression
from thermocline.promote.executions import Measured, Plan, measure, plan, report
from thermocline.promote.turns import Turn

NOW = dt.datetime(2026, 11, 26, 14, 10, tzinfo=dt.UTC)
TABLES = ("cdc_log", "clickstream", "quarantine", "telemetry")


class Ledger(msgspec.Struct):
    """A ledger of given entries."""

    all_entries: tuple[Entry, ...] = ()
    watermark: str = ""

    def marks(self, stream: str) -> Marks:
        return Marks(watermark=self.watermark)

    def close(self, stream: str, gen: str) -> None:
        raise AssertionError("nothing is closed here")

    advance = close

    def entries(self, stream: str, gen: str) -> Sequence[Entry]:
        return [entry for entry in self.all_entries if (entry.stream, entry.gen) == (stream, gen)]

    def next_generation(self, stream: str, start: str) -> str | None:
        gens = (entry.gen for entry in self.all_entries if entry.stream == stream)
        return min((gen for gen in gens if gen is not None and gen >= start), default=None)

    def suppression(self) -> Suppression:
        return Suppression()


def entry(stream: str, gen: str, *files: HotFile) -> Entry:
    key = f"raw/{stream}/{gen}/{len(files)}"
    return Entry(raw_key=key, stream=stream, gen=gen, status="done", token="t", files=files)


def hot(table: str, size: int) -> HotFile:
    return HotFile(table=table, key=f"hot/{table}/{size}", rows=1, bytes=size)


def test_streams_come_first_and_quarantine_last() -> None:
    found = plan(TABLES, Ledger(), NOW, everything=False)
    assert found == Plan(before="2026-11-26-14", rounds=(("cdc_log", "clickstream", "telemetry"), ("quarantine",)))


def test_an_execution_that_starts_on_the_hour_takes_the_hour_before() -> None:
    assert plan(TABLES, Ledger(), NOW.replace(minute=0), everything=False).before == "2026-11-26-14"


def test_everything_goes_past_the_hour_that_begins_meanwhile() -> None:
    assert plan(TABLES, Ledger(), NOW, everything=True).before == "2026-11-26-16"


def test_everything_goes_past_the_last_entry() -> None:
    ahead = Ledger(all_entries=(entry("telemetry", "2026-11-26-13"), entry("telemetry", "2026-11-27-03")))
    assert plan(TABLES, ahead, NOW, everything=True).before == "2026-11-27-04"
    assert plan(TABLES, ahead, NOW, everything=False).before == "2026-11-26-14"


def test_everything_is_refused_when_entries_are_too_far_ahead() -> None:
    far = Ledger(all_entries=(entry("telemetry", "2026-11-28-12"),))
    with pytest.raises(Terminal, match="wait until they are at most 46 ahead"):
        plan(TABLES, far, NOW, everything=True)


def test_a_generation_is_measured_by_the_files_that_its_entries_name() -> None:
    gen = "2026-11-26-13"
    ledger = Ledger(
        all_entries=(
            entry("clickstream", gen, hot("clickstream", 70), hot("quarantine", 5)),
            entry("clickstream", gen, hot("clickstream", 31)),
            entry("clickstream", "2026-11-26-14", hot("clickstream", 1000)),
            entry("telemetry", gen, hot("telemetry", 9), hot("quarantine", 6)),
        )
    )

    def measured(table: str, streams: Sequence[str], before: str = "2026-11-26-14") -> Measured:
        return measure(ledger, streams, table, before, lambda_max=100)

    assert measured("clickstream", ["clickstream"]) == Measured(gen=gen, files=2, bytes=101, engine="glue")
    assert measured("telemetry", ["telemetry"]) == Measured(gen=gen, files=1, bytes=9, engine="lambda")
    assert measured("quarantine", TABLES) == Measured(gen=gen, files=2, bytes=11, engine="lambda")
    assert measured("clickstream", ["clickstream"], gen) == Measured(gen=None, files=0, bytes=0, engine="lambda")


def turn(table: str, **values: object) -> Turn:
    return msgspec.convert({"table": table, "before": "2026-11-26-14", "next": "done", **values}, Turn)


def test_a_report_names_what_failed_and_what_has_waited_for_long() -> None:
    found = report(
        [
            turn("clickstream", promoted=3),
            turn("telemetry", next="failed", reason="CommitFailed: x"),
            turn("cdc_log", gen="2026-11-26-07", pending=2, reason="2 entries of it are not done"),
            turn("quarantine", gen="2026-11-26-08", pending=2, reason="young"),
        ],
        stalled_hours=6,
    )
    assert found.failed == (
        "telemetry: CommitFailed: x",
        "cdc_log has waited for more than 6 hours: 2 entries of it are not done",
    )
    assert found.promoted == {"clickstream": 3, "telemetry": 0, "cdc_log": 0, "quarantine": 0}
