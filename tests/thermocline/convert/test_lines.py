from __future__ import annotations

import datetime as dt

import pytest

from thermocline.convert.lines import said_of
from thermocline.events.quarantine import Identity

LINE = (
    b'{"event_id":"e1","fingerprint":-7,"source":"shop","original_time":"2026-11-22T10:00:00Z",'
    b'"sent_at":"2026-11-22T11:00:00+01:00","revenue":"many"}\n'
)
TEN = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)


def test_a_line_says_who_it_is() -> None:
    assert said_of(LINE) == ("shop", Identity(event_id="e1", fingerprint=-7, original_time=TEN, sent_at=TEN))


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b"null", b"\xff", b"{}", b'{"source":7,"event_id":""}'])
def test_a_line_that_says_nothing(line: bytes) -> None:
    assert said_of(line) == (None, Identity())


def test_each_part_is_read_by_itself() -> None:
    line = (
        b'{"event_id":7,"fingerprint":"x","source":"No Name","original_time":"soon","sent_at":"2026-11-22T10:00:00Z"}'
    )
    assert said_of(line) == (None, Identity(sent_at=TEN))
