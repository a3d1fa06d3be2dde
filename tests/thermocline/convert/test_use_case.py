"""The convert use case: the same result however often, and whenever, an object is delivered."""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import io
import zlib
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import NOW, FixedClock, MemoryLedger, MemoryStore
from tests.thermocline.convert.rows import CONTRACTS, clicks, read
from thermocline.contracts.validator import validator_for
from thermocline.convert import parquet
from thermocline.convert.ports import Outcome, StoredObject
from thermocline.convert.use_case import Convert
from thermocline.errors import UnknownStream
from thermocline.events.batch import Refused
from thermocline.events.frames import framed
from thermocline.events.quarantine import quarantine_row
from thermocline.layout import parquet_key

KEY = "raw/clickstream/2026/11/22/11/shop-1.ndjson.zst"
BAD_KEY = "raw/quarantine/2026/11/22/11/bad-1"
GEN = "2026-11-22-12"


class Lake(NamedTuple):
    convert: Convert
    store: MemoryStore
    ledger: MemoryLedger
    clock: FixedClock

    def rows(self, stream: str, key: str = KEY, gen: str = GEN) -> list[dict[str, Any]]:
        return read(self.store.written[parquet_key(stream, key, gen)])


def lake(body: bytes, key: str = KEY, ledger: MemoryLedger | None = None) -> Lake:
    store, clock, ledger = MemoryStore({key: body}), FixedClock(), ledger or MemoryLedger()
    return Lake(Convert(store=store, ledger=ledger, contracts=CONTRACTS, clock=clock), store, ledger, clock)


def test_one_raw_object_becomes_one_file() -> None:
    body = gzip.compress(b"".join(clicks(3)))
    found = lake(body)
    assert found.convert(KEY) == Outcome(rows=3, quarantined=0, raw_bytes=len(body))
    assert list(found.store.written) == [parquet_key("clickstream", KEY, GEN)]
    assert [(row["event_id"], row["_src"]) for row in found.rows("clickstream")] == [(f"e{n}", KEY) for n in range(3)]
    assert found.ledger.entries[KEY].done
    assert found.ledger.outcomes[KEY].rows == 3


@pytest.mark.parametrize(
    "body",
    [
        b"".join(clicks(2)),
        gzip.compress(clicks(2)[0]) + gzip.compress(clicks(2)[1]),
        gzip.compress(clicks(2)[0]) + clicks(2)[1],
        b"".join(map(framed, clicks(2))),
        framed(clicks(2)[0]) + clicks(2)[1],
        clicks(2)[0] + framed(clicks(2)[1]),
        gzip.compress(b"".join(map(framed, clicks(2)))),
    ],
    ids=[
        "plain",
        "two members",
        "a member and plain",
        "two frames",
        "a frame and plain",
        "plain and a frame",
        "gzip of frames",
    ],
)
def test_bytes_are_what_they_are_whatever_the_suffix_says(body: bytes) -> None:
    found = lake(body)
    found.convert(KEY)
    assert [row["event_id"] for row in found.rows("clickstream")] == ["e0", "e1"]


@given(st.integers(0, 4), st.binary(min_size=1, max_size=20).filter(lambda bad: b"\n" not in bad and bad.strip()))
def test_a_bad_line_is_quarantined_and_it_alone(position: int, bad: bytes) -> None:
    lines = clicks(4)
    lines.insert(position, bad + b"\n")
    found = lake(b"".join(map(framed, lines)))
    outcome = found.convert(KEY)
    assert outcome is not None
    assert (outcome.rows, outcome.quarantined) == (4, 1)
    assert [row["event_id"] for row in found.rows("clickstream")] == ["e0", "e1", "e2", "e3"]
    (row,) = found.rows("quarantine")
    expected = quarantine_row(
        Refused(raw=bad, reason=row["reason"], detail=row["detail"]),
        stream="clickstream",
        source=None,
        protocol=None,
        stage="convert",
        received=NOW,
        redact=False,
    )
    assert row == expected | {"_src": KEY}


def test_a_refused_line_keeps_whose_and_who_it_is() -> None:
    line = clicks(1)[0].replace(b'"time_clamped":false', b'"time_clamped":"no","original_time":"2026-11-22T10:00:00Z"')
    found = lake(line)
    found.convert(KEY)
    (row,) = found.rows("quarantine")
    assert (row["source"], row["replay_event_id"], row["replay_fingerprint"]) == ("shop", "e0", 1)
    assert (row["original_time"], row["replayable"]) == (dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC), True)


def test_typed_columns_are_filled_and_what_does_not_fit_is_counted(caplog: pytest.LogCaptureFixture) -> None:
    line = clicks(1)[0].rstrip(b"}\n")
    texts = [r"{\"price\":19.90,\"quantity\":2}", r"{\"price\":\"19.90\",\"quantity\":2.5}", "[]"]
    bodies = [line + f',"properties":"{text}"}}\n'.encode() for text in texts]
    found = lake(b"".join([*bodies, *clicks(1)]))
    outcome = found.convert(KEY)
    assert outcome is not None
    assert (outcome.rows, outcome.quarantined, outcome.misfits) == (4, 0, {"quantity": 1})
    rows = found.rows("clickstream")
    assert [(row["price"], row["quantity"]) for row in rows] == [
        (Decimal("19.9"), 2),
        (Decimal("19.9"), None),
        (None, None),
        (None, None),
    ]
    assert rows[1]["properties"] == '{"price":"19.90","quantity":2.5}'
    assert [record.getMessage() for record in caplog.records] == [
        f"{KEY}: values that did not fit their typed columns are null there: quantity 1"
    ]


def test_an_object_of_bad_lines_only_has_no_hot_file() -> None:
    found = lake(b"{}\n{}\n")
    assert found.convert(KEY) == Outcome(rows=0, quarantined=2, raw_bytes=6)
    assert list(found.store.written) == [parquet_key("quarantine", KEY, GEN)]


@pytest.mark.parametrize("body", [b"", b"\n", gzip.compress(b"")], ids=["no bytes", "a newline", "gzip of nothing"])
def test_an_empty_object_is_done_and_writes_nothing(body: bytes) -> None:
    found = lake(body)
    assert found.convert(KEY) == Outcome(rows=0, quarantined=0, raw_bytes=len(body))
    assert found.store.writes == []
    assert found.ledger.entries[KEY].done


def test_the_quarantine_streams_own_bad_lines_join_its_rows() -> None:
    refused = Refused(raw=b"{", reason="malformed", detail="why")
    row = quarantine_row(refused, stream="telemetry", source="m", protocol="senml", stage="ingest", received=NOW)
    found = lake(validator_for(CONTRACTS["quarantine"]).encode(row) + b"nonsense\n", key=BAD_KEY)
    outcome = found.convert(BAD_KEY)
    assert outcome is not None
    assert (outcome.rows, outcome.quarantined) == (1, 1)
    rows = found.rows("quarantine", BAD_KEY)
    assert [(row["stage"], row["stream"], row["payload"]) for row in rows] == [
        ("ingest", "telemetry", "{"),
        ("convert", "quarantine", "nonsense"),
    ]
    assert len(found.store.writes) == 1


def test_truncated_gzip_raises_writes_nothing_and_stays_open() -> None:
    found = lake(gzip.compress(b"".join(clicks(3)))[:-5])
    with pytest.raises(zlib.error):
        found.convert(KEY)
    assert found.store.writes == []
    assert not found.ledger.entries[KEY].done


@pytest.mark.parametrize("damage", ["cut", "changed"])
def test_a_damaged_frame_is_quarantined_and_it_alone(damage: str) -> None:
    first, bad, last = (framed(b"".join(clicks(5)[start : start + 2])) for start in (0, 2, 3))
    bad = bad[:-9] if damage == "cut" else bad[:-1] + bytes([bad[-1] ^ 1])
    found = lake(first + bad + last)
    assert found.convert(KEY) == Outcome(rows=4, quarantined=1, raw_bytes=len(first + bad + last))
    assert [row["event_id"] for row in found.rows("clickstream")] == ["e0", "e1", "e3", "e4"]
    (row,) = found.rows("quarantine")
    assert (row["stage"], row["reason"], row["_src"]) == ("convert", "malformed", KEY)
    assert row["detail"].startswith(f"{len(bad)} bytes of the raw object, from byte {len(first)}, are a zstd frame")
    assert (row["payload_encoding"], base64.b64decode(row["payload"])) == ("base64", bad)


def test_a_connection_that_ends_early_is_an_error_and_not_the_objects_end() -> None:
    class Cut(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if data := super().read(size):
                return data
            raise ConnectionError

    found = lake(b"")
    whole = b"".join(map(framed, clicks(3)))
    found.store.get = lambda key: StoredObject(body=Cut(whole[:-9]), size=len(whole), last_modified=NOW)  # type: ignore[method-assign]
    with pytest.raises(ConnectionError):
        found.convert(KEY)
    assert found.store.writes == []
    assert not found.ledger.entries[KEY].done


def test_an_object_larger_than_what_is_kept_in_memory_is_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_LARGEST_IN_MEMORY", 10_000)
    found = lake(b"".join(framed(b"".join(clicks(1_000))) for _ in range(12)))
    assert found.convert(KEY) == Outcome(rows=12_000, quarantined=0, raw_bytes=found.ledger.outcomes[KEY].raw_bytes)
    assert len(found.rows("clickstream")) == 12_000


def test_ten_deliveries_write_one_version() -> None:
    found = lake(gzip.compress(b"".join([*clicks(3), b"nonsense\n"])))
    outcomes = []
    for _ in range(10):
        outcomes.append(found.convert(KEY))
        found.clock.advance(minutes=50)
    assert outcomes[1:] == [None] * 9
    assert sorted(key for key, _ in found.store.writes) == sorted(
        parquet_key(name, KEY, GEN) for name in ("clickstream", "quarantine")
    )
    assert found.ledger.outcomes[KEY] == outcomes[0]


def test_a_crash_before_the_ledger_is_written_leaves_the_same_objects_hours_later() -> None:
    found = lake(b"".join([*clicks(3), b"nonsense\n"]), ledger=MemoryLedger(crashes=2))
    for _ in range(2):
        with pytest.raises(ConnectionError):
            found.convert(KEY)
        found.clock.advance(hours=5)
    assert found.convert(KEY) is not None
    assert len(found.store.writes) == 6
    assert len(set(found.store.writes)) == 2
    assert {key.split("/")[-2] for key in found.store.written} == {f"gen={GEN}"}


def test_a_generation_is_never_below_the_watermark() -> None:
    found = lake(
        b"".join(clicks(1)), ledger=MemoryLedger({"clickstream": "2026-11-22-15", "telemetry": "2027-01-01-00"})
    )
    found.convert(KEY)
    assert list(found.store.written) == [parquet_key("clickstream", KEY, "2026-11-22-15")]


def test_an_old_watermark_does_not_matter() -> None:
    found = lake(b"".join(clicks(1)), ledger=MemoryLedger({"clickstream": "2026-11-22-11"}))
    found.convert(KEY)
    assert found.ledger.entries[KEY].gen == GEN


def test_an_unknown_stream_is_told_and_not_taken_for_another() -> None:
    found = lake(b"".join(clicks(1)), key="raw/unknown/x")
    with pytest.raises(UnknownStream, match="there is no stream 'unknown'"):
        found.convert("raw/unknown/x")
    assert found.ledger.entries == {}


@pytest.mark.parametrize("key", ["hot/clickstream/x.parquet", "raw/clickstream", "x", ""])
def test_other_objects_are_left_alone(key: str) -> None:
    found = lake(b"".join(clicks(1)), key=key)
    assert found.convert(key) is None
    assert (found.store.writes, found.ledger.entries) == ([], {})
