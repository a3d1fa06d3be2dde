"""Raw objects without some lines: what has none of them stays byte for byte."""

from __future__ import annotations

import datetime as dt
import gzip
import io

from hypothesis import given
from hypothesis import strategies as st

from thermocline.convert.raw import read_raw
from thermocline.erase.frames import without
from thermocline.events import labels
from thermocline.events.frames import framed, zstd

LINES = st.lists(st.sampled_from([b'{"a":1}', b'{"b":2}', b"mine", b'{"c":"mine"}', b""]), max_size=4)


def mine(line: bytes) -> bool:
    return line == b"mine"


def text(lines: list[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def content(body: bytes) -> bytes:
    return b"".join(part for part in read_raw(io.BytesIO(body)) if isinstance(part, bytes))


@given(frames=st.lists(LINES, max_size=5))
def test_frames_without_such_lines_stay_and_other_lines_are_as_they_were(frames: list[list[bytes]]) -> None:
    packed = [framed(text(lines)) for lines in frames]
    left = without(b"".join(packed), mine)
    assert content(left.body) == b"".join(text([line for line in lines if line != b"mine"]) for lines in frames)
    assert len(left.removed) == sum(lines.count(b"mine") for lines in frames)
    kept = [frame for frame, lines in zip(packed, frames, strict=True) if b"mine" not in lines]
    place = 0
    for frame in kept:
        place = left.body.index(frame, place) + len(frame)


@given(first=LINES, second=LINES)
def test_plain_lines_and_gzip_are_read_too(first: list[bytes], second: list[bytes]) -> None:
    for body in (text(first) + framed(text(second)), gzip.compress(text(first)) + framed(text(second))):
        left = without(body, mine)
        assert content(left.body) == text([line for line in (*first, *second) if line != b"mine"])
        assert left.removed or left.body == body


def test_frames_in_gzip_stay_frames() -> None:
    body = gzip.compress(framed(b"mine\n{}\n") + framed(b"[]\n"))
    left = without(body, mine)
    assert left.body.endswith(framed(b"[]\n"))
    assert content(left.body) == b"{}\n[]\n"


def test_a_frame_that_loses_all_its_lines_takes_its_label_along() -> None:
    received = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    mine_, other, both = (
        b"".join(labels.labelled([framed(lines)], request=f"request-{lines!r}"[:20], received=received, protocol="p"))
        for lines in (b"mine\n", b"{}\n", b"mine\n[]\n")
    )
    left = without(mine_ + other + both, mine)
    assert left.body.startswith(other)
    assert content(left.body) == b"{}\n[]\n"
    assert left.body.count(labels.MAGIC) == 2


def test_a_last_line_without_an_end_keeps_having_none() -> None:
    assert without(b"mine\n{}", mine).body == b"{}"


def test_a_damaged_frame_stays_and_is_told_of() -> None:
    good = framed(b"mine\n{}\n")
    damaged = framed(b"mine\n" * 100)[:-1] + b"\0"
    left = without(damaged + good, mine)
    assert left.body.startswith(damaged)
    assert zstd.decompress(left.body[len(damaged) :]) == b"{}\n"
    assert left.unreadable == (f"{len(damaged)} bytes from byte 0 are a zstd frame that cannot be read",)


def test_damaged_gzip_stays_and_is_told_of() -> None:
    body = gzip.compress(b"mine\n" * 100)[:-4]
    left = without(body, mine)
    assert left.body == body
    assert left.unreadable
