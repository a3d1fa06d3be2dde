"""A canonical line that convert refused is read again by the contract of today, and stays as it is."""

from __future__ import annotations

import msgspec
import pytest

from thermocline.contracts import load_contracts
from thermocline.convert.again import read_line_again
from thermocline.errors import RefusedEvent

CLICKS = load_contracts()["clickstream"]
LINE = (
    b'{"event_id":"e","event_type":"track","source":"shop","fingerprint":7,"received_at":"2026-11-22T12:00:00Z",'
    b'"event_time":"2026-11-22T12:00:00Z","time_clamped":false}'
)


def test_a_line_that_fits_now_stays_as_it_is() -> None:
    assert read_line_again(LINE, CLICKS) == LINE + b"\n"
    assert read_line_again(LINE + b"\n", CLICKS) == LINE + b"\n"


@pytest.mark.parametrize(
    "payload", [b"", b"\x28\xb5\x2f\xfd damaged", LINE[:-1], LINE.replace(b"7", b'"x"'), LINE + b"\n" + LINE]
)
def test_a_line_that_does_not_fit_is_refused_again(payload: bytes) -> None:
    with pytest.raises(RefusedEvent):
        read_line_again(payload, CLICKS)


def test_a_new_column_makes_a_line_good() -> None:
    line = LINE[:-1] + b',"shelf":"left"}'
    with pytest.raises(RefusedEvent):
        read_line_again(line, CLICKS)
    (first, *_) = (column for column in CLICKS.columns if column.type == "string" and not column.required)
    shelf = msgspec.structs.replace(first, name="shelf", derived_from=())
    assert read_line_again(line, msgspec.structs.replace(CLICKS, columns=(*CLICKS.columns, shelf))) == line + b"\n"
