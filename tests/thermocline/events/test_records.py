from __future__ import annotations

import datetime as dt
import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.convert.raw import read_raw
from thermocline.events.frames import MAGIC, framed
from thermocline.events.labels import labelled
from thermocline.events.records import records_of

NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
LINES = [b'{"a":1}\n', b'{"a":2}\n{"a":3}\n', b'{"a":4}\n']


def records(request: str = "r1") -> list[bytes]:
    return list(labelled(list(map(framed, LINES)), request=request, received=NOON, protocol="native"))


def test_each_record_has_its_place_its_label_and_its_lines() -> None:
    body = records()
    told = list(records_of(b"".join(body)))
    assert [(each.number, each.first_line, each.content) for each in told] == list(
        zip([1, 2, 3], [1, 2, 4], LINES, strict=True)
    )
    assert [each.label and (each.label.request, each.label.record) for each in told] == [
        ("r1", (at, 3)) for at in (1, 2, 3)
    ]
    assert [(each.at, each.size) for each in told] == [
        (len(b"".join(body[:at])), len(record)) for at, record in enumerate(body)
    ]


def test_records_without_labels_and_old_objects_are_read() -> None:
    assert [each.content for each in records_of(b"".join(records("")))] == LINES
    assert all(each.label is None for each in records_of(b"".join(records(""))))
    assert b"".join(each.content or b"" for each in records_of(gzip.compress(b"".join(LINES)))) == b"".join(LINES)
    assert [each.content for each in records_of(LINES[0] + records()[1])] == LINES[:2]


@given(st.data())
def test_damage_in_a_record_leaves_the_others(data: st.DataObject) -> None:
    one, two, three = records()
    damaged = bytearray(two)
    damaged[data.draw(st.integers(len(two) - 12, len(two) - 1))] ^= data.draw(st.integers(1, 255))
    told = [each.content for each in records_of(one + damaged + three)]
    assert (told[0], told[-1]) == (LINES[0], LINES[2])


@pytest.mark.parametrize("value", [0, 0x0A, 0x20, 0x28, 0x5E, 0x7D, 0x80, 0xFF])
def test_no_damaged_byte_of_a_label_takes_a_line_with_it(value: int) -> None:
    one, two, three = records()
    for place in range(two.index(MAGIC)):
        body = b"".join([one, two[:place] + bytes([value]) + two[place + 1 :], three])
        assert b"".join(each.content or b"" for each in records_of(body)) == b"".join(LINES)
        assert b"".join(part for part in read_raw(io.BytesIO(body)) if isinstance(part, bytes)) == b"".join(LINES)
