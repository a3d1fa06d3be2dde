from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.sink import lines_of
from thermocline.errors import RefusedEvent
from thermocline.events.frames import zstd
from thermocline.events.pack import MAX_CALL_BYTES, MAX_CALL_RECORDS, MAX_LINES_BYTES, MAX_RECORD_BYTES, Packer, calls

# A line may hold a carriage return: only a newline ends it.
line = st.binary(max_size=40).map(lambda data: data.replace(b"\n", b"\r") + b"\n")


def packed(lines: list[bytes], max_bytes: int) -> list[bytes]:
    """Return the content of the records."""
    packer = Packer(append, max_bytes=max_bytes)
    for each in lines:
        packer.add({"line": each})
    assert packer.lines == len(lines)
    assert list(lines_of(packer.records())) == lines
    return list(map(zstd.decompress, packer.records()))


def append(event: dict[str, Any], lines: bytearray) -> None:
    lines += event["line"]


@given(st.lists(line), st.integers(min_value=41, max_value=100))
def test_the_lines_are_packed_in_order(lines: list[bytes], max_bytes: int) -> None:
    records = packed(lines, max_bytes)
    assert b"".join(records) == b"".join(lines)
    assert all(0 < len(record) <= max_bytes for record in records)


@given(st.lists(line, min_size=1), st.integers(min_value=41, max_value=100))
def test_no_record_could_have_taken_the_next_line(lines: list[bytes], max_bytes: int) -> None:
    records = packed(lines, max_bytes)
    firsts = [record[: record.index(b"\n") + 1] for record in records]
    assert all(len(record) + len(first) > max_bytes for record, first in zip(records[:-1], firsts[1:], strict=True))


def test_a_line_that_fits_no_record_is_refused_and_leaves_the_others() -> None:
    packer = Packer(append, max_bytes=5)
    packer.add({"line": b"1234\n"})
    with pytest.raises(RefusedEvent, match="takes 6 bytes, more than a record's 5"):
        packer.add({"line": b"12345\n"})
    packer.add({"line": b"1\n"})
    assert (packer.lines, list(lines_of(packer.records()))) == (2, [b"1234\n", b"1\n"])


def test_a_record_that_cannot_be_compressed_keeps_firehoses_limit() -> None:
    packer = Packer(append)
    packer.add({"line": random.Random(1).randbytes(MAX_LINES_BYTES)})
    (record,) = packer.records()
    assert MAX_LINES_BYTES < len(record) <= MAX_RECORD_BYTES
    with pytest.raises(RefusedEvent, match="more than a record's"):
        packer.add({"line": bytes(MAX_LINES_BYTES + 1)})


def test_the_lines_of_one_request_are_compressed_together() -> None:
    packer = Packer(append)
    lines = [
        b'{"event_id":"%032x","source":"shop","page_url":"https://shop.example/p/%d"}\n' % (n**9, n) for n in range(50)
    ]
    for each in lines:
        packer.add({"line": each})
    assert sum(map(len, packer.records())) < len(b"".join(lines)) / 3


@given(st.lists(st.binary(max_size=30)), st.integers(1, 6), st.integers(30, 90))
def test_calls_keep_order_and_limits(records: list[bytes], max_records: int, max_bytes: int) -> None:
    groups = list(calls(records, max_records=max_records, max_bytes=max_bytes))
    assert [record for group in groups for record in group] == records
    assert all(0 < len(group) <= max_records for group in groups)
    assert all(sum(map(len, group)) <= max_bytes for group in groups)


def test_the_limits_are_firehoses() -> None:
    assert (MAX_RECORD_BYTES, MAX_CALL_BYTES, MAX_CALL_RECORDS) == (1_024_000, 4_194_304, 500)
    assert [len(group) for group in calls([b"x"] * 1_001)] == [500, 500, 1]
    assert [len(group) for group in calls([bytes(MAX_RECORD_BYTES)] * 5)] == [4, 1]
