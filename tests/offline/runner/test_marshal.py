"""Results as Lambda's Python runtime makes JSON of them."""

from __future__ import annotations

import datetime as dt
import json
from collections import OrderedDict, namedtuple
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offline.runner.marshal import marshalled

Point = namedtuple("Point", "x y")


@pytest.mark.parametrize(
    ("result", "payload"),
    [
        (None, "null"),
        ({"a": Decimal("1.10")}, '{"a": 1.10}'),
        (Decimal("1E+400"), "1E+400"),
        (Decimal("NaN"), "NaN"),
        (float("nan"), "NaN"),
        (float("-inf"), "-Infinity"),
        (Point(1, 2), '{"x": 1, "y": 2}'),
        ((1, 2), "[1, 2]"),
        ({"a": b"text"}, '{"a": "text"}'),
        ({2: 2, None: 3, True: 4}, '{"2": 2, "null": 3, "true": 4}'),
        ({"ü": "☕"}, '{"ü": "☕"}'),
        (OrderedDict(b=1, a=2), '{"b": 1, "a": 2}'),
    ],
)
def test_what_lambda_takes(result: Any, payload: str) -> None:
    assert marshalled(result) == payload.encode()


def test_bytes_are_the_payload_itself() -> None:
    assert marshalled(b"\x00\xff") == b"\x00\xff"


@pytest.mark.parametrize(
    "result",
    [dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.date(2026, 1, 1), {1, 2}, {"a": object()}, {"a": b"\xff"}, {(1, 2): 3}],
    ids=["datetime", "date", "set", "object", "bytes that are no text", "a tuple as a name"],
)
def test_what_lambda_refuses(result: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        marshalled(result)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_json_comes_back_as_it_was(result: Any) -> None:
    try:
        payload = marshalled(result)
    except UnicodeEncodeError:  # half a character
        return
    assert json.loads(payload) == result
