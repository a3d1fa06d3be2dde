"""Labels: what they say, that every reader of zstd passes over them, and that damage in one loses nothing else."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.events.frames import MAGIC, framed, zstd
from thermocline.events.labels import LONGEST, Label, label_in, label_length, labelled, record_start

RECEIVED = dt.datetime(2026, 11, 26, 12, 0, 0, 123456, dt.UTC)
FRAME = framed(b'{"a":1}\n')


def label(request: str = "JKJaXmPLvHcESHA=", protocol: str = "segment") -> bytes:
    (record,) = labelled([b""], request=request, received=RECEIVED, protocol=protocol)
    return record


def test_a_label_says_which_request_and_which_record_of_it() -> None:
    records = labelled([FRAME, FRAME], request="JKJaXmPLvHcESHA=", received=RECEIVED, protocol="segment")
    assert [label_in(record) for record in records] == [
        Label(request="JKJaXmPLvHcESHA=", received=RECEIVED, protocol="segment", record=(at, 2)) for at in (1, 2)
    ]
    assert all(record[label_length(record) :] == FRAME for record in records)


@pytest.mark.parametrize("request_id", ["", "x" * 129, "kö", "\x01"])
def test_a_record_without_a_usable_id_has_no_label(request_id: str) -> None:
    assert labelled([FRAME], request=request_id, received=RECEIVED, protocol="segment") == [FRAME]


def test_no_label_is_longer_than_a_record_has_room_for() -> None:
    assert len(label('"' * 128, "x" * 40)) < LONGEST
    assert len(label()) < 128


def test_every_reader_passes_over_labels(tmp_path: Path) -> None:
    body = b"".join(label() + framed(b'{"a":%d}\n' % number) for number in range(3))
    text = b'{"a":0}\n{"a":1}\n{"a":2}\n'
    path = tmp_path / "raw.ndjson.zst"
    path.write_bytes(body)
    with pa.CompressedInputStream(pa.BufferReader(body), "zstd") as stream:
        assert stream.read() == text
    assert zstd.decompress(body) == text
    query = f"SELECT a FROM read_json('{path}', format = 'newline_delimited', compression = 'zstd')"
    assert duckdb.sql(query).fetchall() == [(0,), (1,), (2,)]


@pytest.mark.skipif(not shutil.which("zstdcat"), reason="this machine has no zstdcat")
def test_zstdcat_passes_over_labels(tmp_path: Path) -> None:
    path = tmp_path / "raw.ndjson.zst"
    path.write_bytes((label() + FRAME) * 2)
    assert subprocess.run(["zstdcat", str(path)], capture_output=True, check=True).stdout == b'{"a":1}\n' * 2


@given(st.data())
def test_a_label_ends_where_its_frame_begins_whatever_byte_of_it_is_damaged(data: st.DataObject) -> None:
    damaged = bytearray(label())
    damaged[data.draw(st.integers(0, len(damaged) - 1))] ^= data.draw(st.integers(1, 255))
    assert label_length(bytes(damaged) + label() + FRAME) in (len(damaged), len(damaged) + len(label()))
    assert label_length(bytes(damaged) + FRAME * 99) == len(damaged)


@given(st.integers(4, len(label()) - 2))
def test_a_cut_label_ends_where_the_next_one_begins(length: int) -> None:
    cut = label()[:length]
    assert label_length(cut + label() + FRAME) == length
    assert label_length(cut) == length
    assert label_in(cut) is None


@pytest.mark.parametrize("text", [b"", b"^", b"^*M", b'{"a":1}\n', b"^*M\n" * 200, FRAME])
def test_other_bytes_are_no_label(text: bytes) -> None:
    assert label_length(text) == 0


def test_a_record_begins_at_its_label() -> None:
    body = FRAME + label() + FRAME + FRAME
    frames = [len(FRAME) + len(label()), 2 * len(FRAME) + len(label())]
    assert all(body.startswith(MAGIC, frame) for frame in frames)
    assert [record_start(body, frame) for frame in frames] == [len(FRAME), frames[1]]
