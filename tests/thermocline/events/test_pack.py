from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.sink import lines_of
from thermocline.errors import RefusedEvent
from thermocline.events.pack import MAX_CALL_BYTES, MAX_CALL_RECORDS, MAX_RECORD_BYTES, Packer, calls

# A line may hold a carriage return: only a newline ends it.
line = st.binary(max_size=40).map(lambda data: data.replace(b"\n", b"\r") + b"\n")


def packed(lines: list[bytes], max_bytes: int) -> list[bytes]:
    packer = Packer(append, max_bytes=max_bytes)
    for each in lines:
        packer.add({"line": each})
    assert packer.lines == len(lines)
    return packer.records()


def append(event: dict[str, Any], lines: bytearray) -> None:
    lines += event["line"]


@given(st.lists(line), st.integers(min_value=41, max_value=100))
def test_the_lines_are_packed_in_order(lines: list[bytes], max_bytes: int) -> None:
    records = packed(lines, max_bytes)
    assert list(lines_of(records)) == lines
    assert all(0 < len(record) <= max_bytes for record in records)


@given(st.lists(line, min_size=1), st.integers(min_value=41, max_value=100))
def test_no_record_could_have_taken_the_next_line(lines: list[bytes], max_bytes: int) -> None:
    records = packed(lines, max_bytes)
    firsts = [next(lines_of([record])) for record in records]
    assert all(len(record) + len(first) > max_bytes for record, first in zip(records[:-1], firsts[1:], strict=True))


def test_a_line_that_fits_no_record_is_refused_and_leaves_the_others() -> None:
    packer = Packer(append, max_bytes=5)
    packer.add({"line": b"1234\n"})
    with pytest.raises(RefusedEvent, match="takes 6 bytes, more than a record's 5"):
        packer.add({"line": b"12345\n"})
    packer.add({"line": b"1\n"})
    assert (packer.lines, packer.records()) == (2, [b"1234\n", b"1\n"])


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
