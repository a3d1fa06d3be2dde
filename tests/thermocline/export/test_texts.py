"""Values of every type come back from an export's lines as they were."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from thermocline.contracts.types import TYPES
from thermocline.export.texts import line_of

TIMES = st.datetimes()
VALUES = {
    "string": st.text(st.characters(codec="utf-8")),
    "int": st.integers(-(2**31), 2**31 - 1),
    "bigint": st.integers(-(2**63), 2**63 - 1),
    "double": st.floats(allow_nan=False, allow_infinity=False),
    "boolean": st.booleans(),
    "timestamp": TIMES.map(lambda time: time.replace(tzinfo=dt.UTC)),
    "date": st.dates(),
    "decimal(38,9)": st.decimals(allow_nan=False, allow_infinity=False, places=9, max_value=Decimal("1e20")),
}
ROWS = st.fixed_dictionaries({name: st.none() | values for name, values in VALUES.items()})


@given(ROWS)
def test_values_round_trip(row: dict[str, object]) -> None:
    assert VALUES.keys() == TYPES.keys()
    line = line_of(row)
    assert line.count(b"\n") == 1
    read = {
        name: None if text is None else msgspec.convert(text, TYPES[name].python, strict=False)
        for name, text in json.loads(line).items()
    }
    assert read == row


def test_times_without_a_zone_are_utc() -> None:
    at = dt.datetime(2026, 11, 26, 14, 5, tzinfo=dt.UTC).replace(tzinfo=None)
    assert line_of({"at": at}) == b'{"at":"2026-11-26T14:05:00.000000Z"}\n'
