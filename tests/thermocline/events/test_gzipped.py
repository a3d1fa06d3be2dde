from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.events.gzipped import gunzip

contents = st.lists(st.binary(max_size=50), min_size=1, max_size=4)


@given(contents, st.binary(max_size=9).map(lambda rest: b"\n" + rest), st.integers(0, 600))
def test_members_and_what_follows_them_are_told_apart(parts: list[bytes], rest: bytes, zeros: int) -> None:
    members = b"".join(gzip.compress(part) + bytes(zeros) for part in parts)
    assert gunzip(members) == (b"".join(parts), b"")
    assert gunzip(members + rest) == (b"".join(parts), rest)
    assert gunzip(rest) == (b"", rest)


@given(contents, st.integers(0, 100))
def test_it_stops_one_byte_after_the_most(parts: list[bytes], most: int) -> None:
    whole = b"".join(parts)
    content, _ = gunzip(b"".join(map(gzip.compress, parts)), most=most)
    assert content == whole[: most + 1]


@given(contents, st.data())
def test_a_member_that_ends_too_early_is_an_error(parts: list[bytes], data: st.DataObject) -> None:
    *whole, last = map(gzip.compress, parts)
    cut = data.draw(st.integers(2, len(last) - 1))
    with pytest.raises(zlib.error, match="it ends too early"):
        gunzip(b"".join(whole) + last[:cut])


def test_members_are_counted() -> None:
    members = gzip.compress(b"x") * 3
    assert gunzip(members, most_members=3) == (b"xxx", b"")
    with pytest.raises(zlib.error, match="it has more than 2 members"):
        gunzip(members, most_members=2)
