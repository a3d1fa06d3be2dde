"""The convert use case: each object counts once, however often and whenever it is delivered."""

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

from tests.fakes import HASHER, NOW, FixedClock, MemoryLedger, MemoryStore
from tests.thermocline.convert.rows import CONTRACTS, clicks, read
from thermocline.contracts.validator import validator_for
from thermocline.convert import parquet
from thermocline.convert.ports import StoredObject
from thermocline.convert.use_case import Convert
from thermocline.errors import LedgerConflict, UnknownStream
from thermocline.events.batch import Refused
from thermocline.events.frames import framed
from thermocline.events.quarantine import quarantine_row
from thermocline.layout import hot_key
from thermocline.ledger import Entry, HotFile

KEY = "raw/clickstream/2026/11/22/11/shop-1.ndjson.zst"
BAD_KEY = "raw/quarantine/2026/11/22/11/bad-1"
GEN = "2026-11-22-12"


class Lake(NamedTuple):
    convert: Convert
    store: MemoryStore
    ledger: MemoryLedger
    clock: FixedClock

    def entry(self, key: str = KEY) -> Entry:
        return self.ledger.by_key[key]

    def rows(self, table: str, key: str = KEY) -> list[dict[str, Any]]:
        """The rows of the files that the ledger names."""
        return [row for file in self.entry(key).files_of(table) for row in read(self.store.written[file.key])]

    def counts(self, key: str = KEY) -> dict[str, int]:
        """Lines, and rows by table."""
        entry = self.entry(key)
        return {"lines": entry.lines, **{file.table: file.rows for file in entry.files}}


def lake(body: bytes, key: str = KEY, ledger: MemoryLedger | None = None) -> Lake:
    store, clock, ledger = MemoryStore({key: body}), FixedClock(), ledger or MemoryLedger()
    return Lake(
        Convert(store=store, ledger=ledger, contracts=CONTRACTS, hasher=HASHER, clock=clock), store, ledger, clock
    )


def test_one_raw_object_becomes_one_file() -> None:
    body = gzip.compress(b"".join(clicks(3)))
    found = lake(body)
    entry = found.convert(KEY)
    assert entry == found.entry()
    ((key, written),) = found.store.writes
    file = HotFile(table="clickstream", key=key, rows=3, bytes=len(written))
    assert entry == Entry(
        raw_key=KEY, stream="clickstream", gen=GEN, status="done", token=entry.token, lines=3,
        raw_bytes=len(body), files=(file,), subjects="",
    )  # fmt: skip
    assert key == hot_key("clickstream", KEY, GEN, entry.token)
    assert [(row["event_id"], row["_src"]) for row in found.rows("clickstream")] == [(f"e{n}", KEY) for n in range(3)]


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
    found.convert(KEY)
    assert found.counts() == {"lines": 5, "clickstream": 4, "quarantine": 1}
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
    found.convert(KEY)
    assert found.counts() == {"lines": 4, "clickstream": 4}
    assert found.entry().misfits == {"quantity": 1}
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
    found.convert(KEY)
    assert found.counts() == {"lines": 2, "quarantine": 2}
    assert len(found.store.writes) == 1


@pytest.mark.parametrize("body", [b"", b"\n", gzip.compress(b"")], ids=["no bytes", "a newline", "gzip of nothing"])
def test_an_empty_object_is_done_and_writes_nothing(body: bytes) -> None:
    found = lake(body)
    found.convert(KEY)
    assert found.store.writes == []
    assert (found.entry().done, found.entry().files, found.entry().raw_bytes) == (True, (), len(body))


def test_the_quarantine_streams_own_bad_lines_join_its_rows() -> None:
    refused = Refused(raw=b"{", reason="malformed", detail="why")
    row = quarantine_row(refused, stream="telemetry", source="m", protocol="senml", stage="ingest", received=NOW)
    found = lake(validator_for(CONTRACTS["quarantine"]).encode(row) + b"nonsense\n", key=BAD_KEY)
    found.convert(BAD_KEY)
    assert found.counts(BAD_KEY) == {"lines": 2, "quarantine": 2}
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
    assert not found.entry().done


@pytest.mark.parametrize("damage", ["cut", "changed"])
def test_a_damaged_frame_is_quarantined_and_it_alone(damage: str) -> None:
    first, bad, last = (framed(b"".join(clicks(5)[start : start + 2])) for start in (0, 2, 3))
    bad = bad[:-9] if damage == "cut" else bad[:-1] + bytes([bad[-1] ^ 1])
    found = lake(first + bad + last)
    found.convert(KEY)
    assert found.counts() == {"lines": 5, "clickstream": 4, "quarantine": 1}
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
    assert not found.entry().done


def test_an_object_larger_than_what_is_kept_in_memory_is_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_LARGEST_IN_MEMORY", 10_000)
    found = lake(b"".join(framed(b"".join(clicks(1_000))) for _ in range(12)))
    found.convert(KEY)
    assert found.counts() == {"lines": 12_000, "clickstream": 12_000}
    assert len(found.rows("clickstream")) == 12_000


def test_ten_deliveries_write_once() -> None:
    found = lake(gzip.compress(b"".join([*clicks(3), b"nonsense\n"])))
    entries = []
    for _ in range(10):
        entries.append(found.convert(KEY))
        found.clock.advance(minutes=50)
    assert entries == [found.entry(), *[None] * 9]
    assert [key for key, _ in found.store.writes] == [file.key for file in found.entry().files]
    assert found.counts() == {"lines": 4, "clickstream": 3, "quarantine": 1}


def test_after_a_crash_before_the_ledger_is_written_the_next_attempts_files_count() -> None:
    found = lake(b"".join([*clicks(3), b"nonsense\n"]), ledger=MemoryLedger(crashes=2))
    for _ in range(2):
        with pytest.raises(ConnectionError):
            found.convert(KEY)
        found.clock.advance(hours=5)
    found.convert(KEY)
    keys = [key for key, _ in found.store.writes]
    assert len(set(keys)) == len(keys) == 6
    assert {key.split("/")[-2] for key in keys} == {f"gen={GEN}"}
    assert [file.key for file in found.entry().files] == keys[-2:]


def test_an_attempt_that_was_taken_over_reports_nothing_and_names_no_files(caplog: pytest.LogCaptureFixture) -> None:
    found = lake(b"".join(clicks(1)))
    get = found.store.get

    def get_late(key: str) -> StoredObject:
        found.store.get = get  # type: ignore[method-assign]
        assert found.convert(KEY)  # another delivery, which is quicker
        return get(key)

    found.store.get = get_late  # type: ignore[method-assign]
    assert found.convert(KEY) is None
    (quicker, _), (slower, _) = found.store.writes
    assert [file.key for file in found.entry().files] == [quicker] != [slower]
    assert "another attempt has taken over" in caplog.text


def test_the_message_of_an_attempt_whose_object_was_parked_is_not_done() -> None:
    found = lake(b"".join(clicks(1)))
    get = found.store.get

    def get_late(key: str) -> StoredObject:
        found.store.get = get  # type: ignore[method-assign]
        found.ledger.park(found.entry(key), token="parked")
        return get(key)

    found.store.get = get_late  # type: ignore[method-assign]
    with pytest.raises(LedgerConflict, match="the next delivery enters it anew"):
        found.convert(KEY)
    assert found.convert(KEY)
    assert found.entry().done


def test_raw_is_read_only_after_the_attempt_has_begun() -> None:
    found = lake(b"".join(clicks(1)))
    get, begun = found.store.get, []

    def seen(key: str) -> StoredObject:
        begun.append(found.entry(key).status)
        return get(key)

    found.store.get = seen  # type: ignore[method-assign]
    found.convert(KEY)
    assert begun == ["pending"]


@pytest.mark.parametrize("closed", ["clickstream", "quarantine"])
def test_an_object_enters_a_generation_that_is_open(closed: str) -> None:
    found = lake(b"".join(clicks(1)), ledger=MemoryLedger({closed: "2026-11-22-15", "telemetry": "2027-01-01-00"}))
    found.convert(KEY)
    assert found.entry().gen == "2026-11-22-15"
    assert [file.key.split("/")[2] for file in found.entry().files] == ["gen=2026-11-22-15"]


def test_a_mark_before_the_hour_does_not_matter() -> None:
    found = lake(b"".join(clicks(1)), ledger=MemoryLedger({"clickstream": "2026-11-22-11"}))
    found.convert(KEY)
    assert found.entry().gen == GEN


def test_an_unknown_stream_is_told_and_not_taken_for_another() -> None:
    found = lake(b"".join(clicks(1)), key="raw/unknown/x")
    with pytest.raises(UnknownStream, match="there is no stream 'unknown'"):
        found.convert("raw/unknown/x")
    assert found.ledger.by_key == {}


@pytest.mark.parametrize("key", ["hot/clickstream/x.parquet", "raw/clickstream", "x", ""])
def test_other_objects_are_left_alone(key: str) -> None:
    found = lake(b"".join(clicks(1)), key=key)
    assert found.convert(key) is None
    assert (found.store.writes, found.ledger.by_key) == ([], {})
