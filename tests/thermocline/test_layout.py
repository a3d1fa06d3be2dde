from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import NOW
from thermocline.layout import (
    firehose_error_prefix,
    generation,
    hot_table,
    parquet_key,
    raw_prefix,
    stream_of,
    table_prefix,
)

KEY = "raw/clickstream/2026/11/22/12/shop-1.gz"
generations = st.datetimes().map(lambda time: time.strftime("%Y-%m-%d-%H"))


@given(st.text(min_size=1), generations)
def test_a_key_depends_on_the_raw_key_and_the_generation_only(raw_key: str, gen: str) -> None:
    found = parquet_key("clickstream", raw_key, gen)
    assert found == parquet_key("clickstream", raw_key, gen)
    assert re.fullmatch(rf"hot/clickstream/gen={gen}/[0-9a-f]{{32}}\.parquet", found)


def test_many_raw_keys_have_as_many_keys() -> None:
    keys = {
        parquet_key("telemetry", f"raw/telemetry/2026/11/22/12/{number}", "2026-11-22-12") for number in range(50_000)
    }
    assert len(keys) == 50_000


def test_the_same_raw_key_always_has_this_key() -> None:
    # A redelivery after an upgrade must find the object of the first delivery.
    assert (
        parquet_key("clickstream", KEY, "2026-11-22-12")
        == "hot/clickstream/gen=2026-11-22-12/34717282a47374297a6dd8abd18688f6.parquet"
    )


def test_quarantined_rows_are_apart() -> None:
    assert parquet_key("quarantine", KEY, "2026-11-22-12").startswith("quarantine/gen=2026-11-22-12/")
    assert [table_prefix(name) for name in ("telemetry", "quarantine")] == ["hot/telemetry/", "quarantine/"]


def test_the_plain_name_is_free_for_the_view() -> None:
    assert hot_table("clickstream") == "hot_clickstream"


@pytest.mark.parametrize(
    ("key", "stream"),
    [
        (KEY, "clickstream"),
        ("raw/telemetry/x", "telemetry"),
        (raw_prefix("quarantine"), "quarantine"),
        (firehose_error_prefix("clickstream"), None),
        ("hot/clickstream/gen=2026-11-22-12/x.parquet", None),
        ("raw/clickstream", None),
        ("raw", None),
        ("", None),
        ("other/raw/clickstream/x", None),
    ],
)
def test_only_keys_below_raw_have_a_stream(key: str, stream: str | None) -> None:
    assert stream_of(key) == stream


@given(st.datetimes(timezones=st.just(dt.UTC)), st.none() | generations)
def test_a_generation_is_never_before_the_watermark(now: dt.datetime, watermark: str | None) -> None:
    found = generation(now, watermark)
    hour = now.strftime("%Y-%m-%d-%H")
    assert found in (hour, watermark)
    assert found >= hour
    assert watermark is None or found >= watermark


def test_a_generation_is_the_hour_in_utc() -> None:
    east = dt.timezone(dt.timedelta(hours=9))
    assert generation(NOW.astimezone(east)) == "2026-11-22-12"
