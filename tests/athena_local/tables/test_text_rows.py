"""Lines of JSON and of delimited text."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.errors import QueryError
from athena_local.tables.text_rows import TextOptions, json_lines, text_lines, text_options


def batch(value: Any, type_: pa.DataType) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array([value], type_)], names=["x"])


@pytest.mark.parametrize(
    ("value", "type_", "text", "as_json"),
    [
        (None, pa.int32(), "\\N", "null"),
        (True, pa.bool_(), "true", "true"),
        (1e7, pa.float64(), "1.0E7", "1.0E7"),
        (0.1, pa.float32(), "0.1", "0.1"),
        (Decimal("1.50"), pa.decimal128(5, 2), "1.50", "1.50"),
        (date(2026, 1, 2), pa.date32(), "2026-01-02", '"2026-01-02"'),
        (60_000_000, pa.timestamp("us"), "1970-01-01 00:01:00", '"1970-01-01 00:01:00"'),
        (1_120_000, pa.timestamp("us"), "1970-01-01 00:00:01.12", '"1970-01-01 00:00:01.12"'),
        (b"a\xc3\xa9", pa.binary(), "YcOp", '"aé"'),
        ('say "é"', pa.string(), 'say "é"', '"say \\"é\\""'),
        ([1, None], pa.list_(pa.int32()), "1\x02\\N", "[1,null]"),
        ([("k", [1, 2])], pa.map_(pa.string(), pa.list_(pa.int8())), "k\x031\x042", '{"k":[1,2]}'),
        ({"a": 1, "b": None}, pa.struct([("a", pa.int8()), ("b", pa.string())]), "1\x02\\N", '{"a":1,"b":null}'),
    ],
)  # fmt: skip
def test_values(value: Any, type_: pa.DataType, text: str, as_json: str) -> None:
    assert list(text_lines(batch(value, type_), TextOptions())) == [f"{text}\n"]
    assert list(json_lines(batch(value, type_))) == [f'{{"x":{as_json}}}\n']


TEXTS = st.lists(st.text(alphabet="ab,\\\x02é"), min_size=1, max_size=3)


@given(TEXTS)
def test_escaped_texts_read_back(values: list[str]) -> None:
    rows = pa.RecordBatch.from_arrays([pa.array([value]) for value in values], names=list("abc")[: len(values)])
    (line,) = text_lines(rows, TextOptions(separators=",\x02\x03\x04", escape="\\"))
    read, escaped = [""], False
    for character in line.removesuffix("\n"):
        if not escaped and character == ",":
            read.append("")
        elif escaped or character != "\\":
            read[-1] += character
        escaped = character == "\\" and not escaped
    assert read == values


@given(st.lists(st.none() | st.text(), min_size=1, max_size=3), st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_json_reads_back(texts: list[str | None], numbers: list[int]) -> None:
    names = list("abc")[: len(texts)]
    arrays = [*(pa.array([value], pa.string()) for value in texts), pa.array([numbers], pa.list_(pa.int64()))]
    rows = pa.RecordBatch.from_arrays(arrays, names=[*names, "numbers"])
    (line,) = json_lines(rows)
    assert json.loads(line) == {**dict(zip(names, texts, strict=True)), "numbers": numbers}


def test_options_are_those_of_the_serde() -> None:
    stated = text_options(
        {"field.delim": "9", "colelction.delim": "|", "serialization.null.format": "", "escape.delim": "\\"}
    )
    assert stated == TextOptions(separators="\t|\x03\x04\x05\x06\x07\x08", null="", escape="\\")
    assert text_options({"serialization.format": "1"}) == TextOptions()


def test_numbers_that_are_not_finite() -> None:
    assert list(text_lines(batch(float("nan"), pa.float64()), TextOptions())) == ["NaN\n"]
    with pytest.raises(QueryError, match="HIVE_UNSERIALIZABLE_JSON_VALUE: Invalid value to Insert: -Infinity"):
        list(json_lines(batch(float("-inf"), pa.float64())))
