"""Raw objects of frames, of lines and of gzip: nothing is lost but what is damaged, and that is told."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import zlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.convert import frames as module
from thermocline.convert.raw import read_raw
from thermocline.errors import DamagedObject
from thermocline.events.batch import Refused
from thermocline.events.frames import MAGIC, framed, zstd
from thermocline.events.labels import labelled

texts = st.lists(st.text(max_size=60).map(lambda text: text.encode() + b"\n"), min_size=1, max_size=8)


NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
(LABEL,) = labelled([b""], request="JKJaXmPLvHcESHA=", received=NOON, protocol="segment")


class Slow(io.BytesIO):
    """A body that gives a few bytes at a time, as a connection may."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 0, 7))


def labelled_frame(content: bytes) -> bytes:
    return LABEL + framed(content)


def parts(body: bytes) -> list[bytes | Refused]:
    return list(read_raw(io.BytesIO(body)))


def text_of(body: bytes) -> bytes:
    found = parts(body)
    assert not [part for part in found if isinstance(part, Refused)], found
    return b"".join(part for part in found if isinstance(part, bytes))


def text_and_damage(body: bytes) -> tuple[bytes, list[Refused]]:
    found = parts(body)
    damage = [part for part in found if isinstance(part, Refused)]
    return b"".join(part for part in found if isinstance(part, bytes)), damage


@given(texts)
def test_frames_that_follow_each_other_are_one_text_and_one_zstd_file(contents: list[bytes]) -> None:
    body = b"".join(map(framed, contents))
    assert text_of(body) == zstd.decompress(body) == b"".join(contents)


@given(texts)
def test_small_reads_change_nothing(contents: list[bytes]) -> None:
    body = b"".join(map(framed, contents))
    assert list(read_raw(Slow(body))) == parts(body)


@given(st.lists(st.tuples(texts.map(b"".join), st.booleans()), min_size=1, max_size=6))
def test_lines_and_frames_may_be_mixed(pieces: list[tuple[bytes, bool]]) -> None:
    body = b"".join(framed(text) if is_frame else text for text, is_frame in pieces)
    assert text_of(body) == b"".join(text for text, _ in pieces)


@given(texts)
def test_gzip_may_hold_frames(contents: list[bytes]) -> None:
    body = b"".join(gzip.compress(framed(content)) for content in contents)
    assert text_of(body) == b"".join(contents)


@given(st.data(), texts, texts)
def test_a_cut_frame_is_refused_and_it_alone(data: st.DataObject, before: list[bytes], after: list[bytes]) -> None:
    frame = framed(b"".join(before) * 3)
    cut = frame[: data.draw(st.integers(len(MAGIC), len(frame) - 1))]
    text, damage = text_and_damage(b"".join([*map(framed, before), cut, *map(framed, after)]))
    assert text == b"".join([*before, *after])
    assert [(refused.raw, refused.reason) for refused in damage] == [(cut, "malformed")]


@given(st.data(), texts, texts)
def test_a_changed_byte_is_found_by_the_checksum(data: st.DataObject, before: list[bytes], after: list[bytes]) -> None:
    frame = bytearray(framed(b"".join(before) * 3))
    places = st.integers(0, len(frame) - 1).filter(lambda place: place != 4)  # it says whether there is a checksum
    frame[data.draw(places)] ^= data.draw(st.integers(1, 255))
    text, damage = text_and_damage(b"".join([*map(framed, before), frame, *map(framed, after)]))
    assert text in {b"".join([*before, *after]), b"".join([*before, *before * 3, *after])}
    assert len(damage) == (text == b"".join([*before, *after]))  # else it was a byte that changes nothing


@given(st.data(), texts)
def test_any_cut_loses_only_the_frame_that_it_cuts(data: st.DataObject, contents: list[bytes]) -> None:
    whole = [framed(content) for content in contents]
    ends = [0, *(len(b"".join(whole[: number + 1])) for number in range(len(whole)))]
    cut = data.draw(st.integers(0, ends[-1]))
    body = b"".join(whole)[:cut]
    kept = [content for content, (_, end) in zip(contents, pairwise(ends), strict=True) if end <= cut]
    found = b"".join(part.raw if isinstance(part, Refused) else part for part in parts(body))
    assert found == b"".join(kept) + body[max(end for end in ends if end <= cut) :]


def test_damage_says_where_it_is_and_why() -> None:
    good, bad = framed(b"good\n"), bytearray(framed(b"bad bad bad\n"))
    bad[-6] ^= 1
    text, (refused,) = text_and_damage(good + bytes(bad) + good)
    assert (text, refused.raw) == (b"good\ngood\n", bytes(bad))
    assert refused.detail.startswith(
        f"{len(bad)} bytes of the raw object, from byte {len(good)}, are a zstd frame that"
    )


def test_a_changed_letter_is_found_by_the_checksum() -> None:
    frame = framed(b"a1\n").replace(b"a1", b"a2")
    text, (refused,) = text_and_damage(framed(b"x\n") + frame + framed(b"y\n"))
    assert (text, refused.raw) == (b"x\ny\n", frame)


def test_a_frame_without_its_first_bytes_is_refused() -> None:
    frame = framed(b'{"a":1}\n' * 50)
    text, (refused,) = text_and_damage(b"\xff" + frame[1:] + frame)
    assert (text, refused.raw) == (b'{"a":1}\n' * 50, b"\xff" + frame[1:])


def test_a_line_with_the_bytes_of_a_frame_is_a_line() -> None:
    body = b"before\nx" + MAGIC + b"y\nafter\n"
    assert text_of(body) == body


@pytest.mark.parametrize("size", [1, module._LARGEST_CONTENT + 5, 2 * module._LARGEST_CONTENT])
def test_a_frame_that_is_no_record_is_read_in_parts(size: int) -> None:
    content = b"0123456789abcde\n" * (size // 16 + 1)
    found = parts(framed(b"first\n") + zstd.compress(content, 3) + framed(b"last\n"))
    assert b"".join(part for part in found if isinstance(part, bytes)) == b"first\n" + content + b"last\n"
    assert max(len(part) for part in found if isinstance(part, bytes)) <= module._LARGEST_CONTENT


def test_damage_in_a_frame_that_is_no_record_fails_the_object() -> None:
    body = zstd.compress(b"0123456789abcde\n" * (module._LARGEST_CONTENT // 8), 3)
    with pytest.raises(DamagedObject, match="cannot be read"):
        parts(body[:-9] + b"123456789")


@given(st.lists(st.binary(min_size=1), min_size=1, max_size=4))
def test_gzip_members_are_joined(contents: list[bytes]) -> None:
    lines = [content.replace(MAGIC, b"") + b"\n" for content in contents]
    assert text_of(b"".join(map(gzip.compress, lines))) == b"".join(lines)
    assert text_of(b"".join(gzip.compress(line) + bytes(9) for line in lines)) == b"".join(lines)


def test_gzip_is_read_a_part_at_a_time() -> None:
    found = parts(gzip.compress(bytes(9 * 1024 * 1024)))
    assert sum(len(part) for part in found if isinstance(part, bytes)) == 9 * 1024 * 1024
    assert len(found) > 2


@pytest.mark.parametrize("body", [b"", b'{"a":1}\n', b"\x1f", b"\x28", b"\x28\xb5\x2f", b"x" * 9_000_000])
def test_other_bytes_are_text(body: bytes) -> None:
    assert text_of(body) == body


@given(st.data())
def test_truncated_gzip_raises(data: st.DataObject) -> None:
    first, second = gzip.compress(b"first"), gzip.compress(b"second")
    cut = data.draw(st.integers(2, len(second) - 1))
    with pytest.raises(zlib.error):
        parts(first + second[:cut])


@given(st.lists(st.tuples(texts.map(b"".join), st.booleans()), min_size=1, max_size=6))
def test_labels_are_passed_over(pieces: list[tuple[bytes, bool]]) -> None:
    body = b"".join(labelled_frame(text) if has_label else framed(text) for text, has_label in pieces)
    assert text_of(body) == zstd.decompress(body) == b"".join(text for text, _ in pieces)
    assert b"".join(part for part in read_raw(Slow(body)) if isinstance(part, bytes)) == text_of(body)


@given(texts, texts)
def test_labelled_frames_may_follow_lines(lines: list[bytes], framed_lines: list[bytes]) -> None:
    body = b"".join([*lines, *map(labelled_frame, framed_lines), *lines])
    assert text_of(body) == b"".join([*lines, *framed_lines, *lines])


@given(st.data(), texts)
def test_a_damaged_label_loses_nothing_and_is_no_row(data: st.DataObject, contents: list[bytes]) -> None:
    records = [bytearray(labelled_frame(content)) for content in contents]
    damaged = data.draw(st.sampled_from(records))
    damaged[data.draw(st.integers(0, len(LABEL) - 1))] ^= data.draw(st.integers(1, 255))
    assert text_of(b"".join(records)) == b"".join(contents)


@given(st.data(), texts, texts)
def test_a_cut_label_loses_nothing_and_is_no_row(data: st.DataObject, before: list[bytes], after: list[bytes]) -> None:
    cut = LABEL[: data.draw(st.integers(len(MAGIC), len(LABEL)))]
    body = b"".join([*map(labelled_frame, before), cut, *map(labelled_frame, after)])
    assert text_of(body) == b"".join([*before, *after])
    assert text_of(b"".join([*map(labelled_frame, before), cut])) == b"".join(before)


@given(st.data(), texts, texts)
def test_damage_ends_before_the_next_label(data: st.DataObject, before: list[bytes], after: list[bytes]) -> None:
    frame = framed(b"".join(before) * 3)
    cut = frame[: data.draw(st.integers(len(MAGIC), len(frame) - 1))]
    body = b"".join([*map(labelled_frame, before), LABEL, cut, *map(labelled_frame, after)])
    text, damage = text_and_damage(body)
    assert text == b"".join([*before, *after])
    assert [refused.raw for refused in damage] == [cut]
