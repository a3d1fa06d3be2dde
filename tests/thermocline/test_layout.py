from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.layout import (
    firehose_error_prefix,
    hot_key,
    hot_table,
    is_sealed,
    metadata_number,
    metadata_prefix,
    raw_prefix,
    stream_of,
    table_prefix,
    warm_data_key,
)

KEY = "raw/clickstream/2026/11/22/12/shop-1.gz"
generations = st.datetimes().map(lambda time: time.strftime("%Y-%m-%d-%H"))


@given(st.text(min_size=1), generations)
def test_a_key_tells_the_table_and_the_generation(raw_key: str, gen: str) -> None:
    key = hot_key("clickstream", raw_key, gen, "a1")
    assert re.fullmatch(rf"hot/clickstream/gen={gen}/[0-9a-f]{{32}}-a1\.parquet", key)


def test_many_raw_keys_have_as_many_keys() -> None:
    raw_keys = [f"raw/telemetry/2026/11/22/12/{number}" for number in range(50_000)]
    assert len({hot_key("telemetry", raw_key, "2026-11-22-12", "a1") for raw_key in raw_keys}) == 50_000


def test_two_attempts_have_no_key_in_common() -> None:
    first, second = (hot_key("clickstream", KEY, "2026-11-22-12", token) for token in ("a1", "a2"))
    assert first != second


def test_quarantined_rows_are_apart() -> None:
    assert hot_key("quarantine", KEY, "2026-11-22-12", "a1").startswith("quarantine/gen=2026-11-22-12/")
    assert [table_prefix(name) for name in ("telemetry", "quarantine")] == ["hot/telemetry/", "quarantine/"]


def test_a_sealed_file_is_known_by_its_name_and_by_nothing_else() -> None:
    place = ("sealed-deeds", "sealed-at_month=2026-11", "a")
    warm, cold = warm_data_key(*place), warm_data_key(*place, sealed=True)
    assert warm.rpartition("/")[0] == cold.rpartition("/")[0]
    assert (is_sealed(f"s3://lake/{warm}"), is_sealed(f"s3://lake/{cold}")) == (False, True)


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


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("00012-5f0c.metadata.json", 12),
        ("00000-5f0c.metadata.json", 0),
        ("5f0c-m0.avro", None),
        ("snap-123-0-5f0c.avro", None),
        ("123-m0.avro", None),
    ],
)
def test_metadata_tell_how_many_changes_came_before(name: str, number: int | None) -> None:
    assert metadata_number(f"{metadata_prefix('clicks')}{name}") == number
