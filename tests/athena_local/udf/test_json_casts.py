"""CAST of JSON to nested types, as Trino 476 answered."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.errors import QueryError
from athena_local.udf.json_casts import cast, try_cast

Type = list[object]
ROW: Type = ["row", [["x", ["integer"]], ["y", ["varchar"]]]]


def described(type_: Type) -> str:
    return json.dumps(["the type", type_])


@pytest.mark.parametrize(
    ("text", "type_", "result"),
    [
        ('{"Y": "b", "z": [1]}', ROW, {"x": None, "y": "b"}),
        ('[1, "b"]', ROW, {"x": 1, "y": "b"}),
        ('{"x": true, "y": 1.50}', ROW, {"x": 1, "y": "1.5E0"}),
        ('{"x": 1.5}', ["row", [["x", ["bigint"]]]], {"x": 2}),
        ('{"x": -1.5}', ["row", [["x", ["bigint"]]]], {"x": -2}),
        ('["1", 2]', ["array", ["double"]], [1.0, 2.0]),
        ("[2.345]", ["array", ["decimal", 5, 2]], ["2.35"]),
        ('{"1": 0}', ["map", ["integer"], ["boolean"]], {"1": False}),
        ('[{"b": 1}]', ["array", ["json"]], [{"b": 1}]),
    ],
)
def test_cast(text: str, type_: Type, result: object) -> None:
    assert json.loads(cast(text, described(type_)) or "null") == result


@pytest.mark.parametrize(
    ("text", "type_", "message"),
    [
        ('{"x": 1, "X": 2}', ROW, "Duplicate field: x"),
        ('{"x": "q"}', ROW, "Cannot cast 'q' to INTEGER"),
        ('{"y": {"a": 1}}', ROW, "Unexpected token when cast to varchar: {"),
        ("[1]", ROW, "Expected 2 fields, but got 1"),
        ("5", ROW, "Expected a json array or object, but got 5"),
        ('"a"', ["array", ["varchar"]], "Expected a json array, but got a"),
        ("[2147483648]", ["array", ["integer"]], "Cannot cast '2147483648' to INTEGER"),
        ("[1000]", ["array", ["decimal", 3, 0]], "to DECIMAL"),
        ('{"a": 1, "t": 2}', ["map", ["boolean"], ["integer"]], "Cannot cast 'a' to BOOLEAN"),
    ],
)
def test_what_has_no_place(text: str, type_: Type, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        cast(text, described(type_))
    assert caught.value.name == "INVALID_CAST_ARGUMENT"
    assert message in str(caught.value)
    assert try_cast(text, described(type_)) is None


def test_the_json_null_is_null() -> None:
    assert cast("null", described(ROW)) is None


VALUES = st.recursive(st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(), st.lists)


@given(VALUES)
def test_json_stays_json(value: object) -> None:
    text = cast(json.dumps([value]), described(["array", ["json"]]))
    assert json.loads(text or "") == [value]


@given(st.dictionaries(st.text(), st.integers(-(2**31), 2**31 - 1) | st.none()))
def test_a_map_has_every_key(value: dict[str, int | None]) -> None:
    text = cast(json.dumps(value), described(["map", ["varchar"], ["integer"]]))
    assert json.loads(text or "") == value
