"""The demo: its books balance, and its answers are those that pandas finds in the input."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd
import pytest

from cli.demo.data import CLICKS, WEATHER
from cli.project import lake_folder, project_root
from offline.lifecycle import down
from tests.e2e.lake import lake_command

CLICKS_SENT, MEASUREMENTS_SENT = 32_283, 211_061
pytestmark = [pytest.mark.long, pytest.mark.timeout(400)]


class Demo(NamedTuple):
    name: str
    shown: dict[str, Any]


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    name = f"e2e-demo-{os.getpid()}"
    try:
        yield Demo(name, json.loads(lake_command("demo", "--json", name=name).stdout))
    finally:
        down(lake_folder(name))
        shutil.rmtree(lake_folder(name).path)


@pytest.fixture(scope="module")
def clicks(demo: Demo) -> pd.DataFrame:
    return pd.read_csv(project_root() / ".lake" / "data" / CLICKS, parse_dates=["timestamp"])


@pytest.fixture(scope="module")
def weather(demo: Demo) -> pd.DataFrame:
    return pd.read_csv(project_root() / ".lake" / "data" / WEATHER)


def answer(demo: Demo, query: str) -> list[dict[str, Any]]:
    file = str(project_root() / "sql" / "queries" / f"{query}.sql")
    done = lake_command("query", "--file", file, "--format", "json", name=demo.name)
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


def test_the_books_balance(demo: Demo) -> None:
    assert demo.shown["streams"] == {
        stream: {"sent": sent, "accepted": sent, "queryable": sent, "quarantined": 0}
        for stream, sent in (("clickstream", CLICKS_SENT), ("telemetry", MEASUREMENTS_SENT))
    }
    assert demo.shown["urls"]["ingest"].startswith("http://127.0.0.1:")
    assert demo.shown["seconds"] > 0


def test_promotion_changes_no_answer_and_leaves_few_files(demo: Demo) -> None:
    promotion = demo.shown["promotion"]
    assert (promotion["same_answers"], promotion["balanced"]) == (True, True)
    assert promotion["hot_files"] >= 20 * promotion["warm_files"]
    tiers = demo.shown["tiers"]
    rows = {stream: (tiers[stream]["hot"]["rows"], tiers[stream]["warm"]["rows"]) for stream in demo.shown["streams"]}
    assert rows == {"clickstream": (0, CLICKS_SENT), "telemetry": (0, MEASUREMENTS_SENT)}


def test_a_query_prints_the_number_accepted(demo: Demo) -> None:
    done = lake_command("query", "select count(*) from clickstream", "--format", "csv", name=demo.name)
    assert done.stdout == f"_col0\n{CLICKS_SENT}\n"


def test_daily_active_users(demo: Demo, clicks: pd.DataFrame) -> None:
    days = clicks.groupby(clicks["timestamp"].dt.strftime("%Y-%m-%d"))["user_id"].agg(["nunique", "size"])
    busiest = days.sort_index().sort_values("nunique", ascending=False, kind="stable").head(10)
    found = [(row["day"], int(row["active_users"]), int(row["events"])) for row in answer(demo, "daily_active_users")]
    assert found == list(busiest.itertuples(name=None))


def test_checkout_funnel(demo: Demo, clicks: pd.DataFrame) -> None:
    first = clicks.groupby(["user_id", "event"])["timestamp"].min().unstack()
    cart = first["cart"] > first["catalog"]
    choice = cart & (first["payment_choice"] > first["cart"])
    done = choice & (first["payment_done"] > first["payment_choice"])
    found = [int(row["users"]) for row in answer(demo, "checkout_funnel")]
    assert found == [first["catalog"].notna().sum(), cart.sum(), choice.sum(), done.sum()]


def test_sessions_by_month(demo: Demo, clicks: pd.DataFrame) -> None:
    ordered = clicks.sort_values(["user_id", "timestamp"])
    gap = ordered.groupby("user_id")["timestamp"].diff()
    starts = gap.isna() | (gap.dt.total_seconds() >= 1801)
    sessions = ordered[starts]["timestamp"].dt.strftime("%Y-%m").value_counts().sort_index()
    found = {row["month"]: int(row["sessions"]) for row in answer(demo, "sessions_by_month")}
    assert found == sessions.to_dict()


def test_device_rollup(demo: Demo, weather: pd.DataFrame) -> None:
    found = {(row["device_id"], row["metric"]): row for row in answer(demo, "device_rollup")}
    for metric in ("temp", "wind_speed"):
        for station, values in weather.groupby("origin")[metric]:
            row = found[str(station), metric]
            assert int(row["n"]) == values.count()
            assert float(row["least"]) == round(values.min(), 1)
            assert float(row["mean"]) == pytest.approx(values.mean(), abs=0.051)
            assert float(row["p95"]) == pytest.approx(values.quantile(0.95), rel=0.03)
