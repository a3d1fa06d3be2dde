import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.formats.json_text import json_of
from athena_local.formats.layout import UnreadableError
from athena_local.formats.lenient_json import Literal, read_json, read_leniently
from athena_local.formats.values import InvalidError
from tests.athena_local.formats.reading import HIVE_JSON, OPENX, layout, read, rows_and_failures

BOTH = pytest.mark.parametrize("serde", [OPENX, HIVE_JSON])


@BOTH
def test_nested_values_and_missing_members(folder: Path, serde: str) -> None:
    types = {"id": "bigint", "user": "struct<name:string,tags:array<string>>", "sums": "map<string,double>"}
    content = b'{"ID": 1, "user": {"NAME": "x", "tags": ["a", null]}, "sums": {"K": 1}}\n{"other": 1, "id": null}\n'
    assert read(folder, serde, types, content) == [
        (1, {"name": "x", "tags": ["a", None]}, [("K", 1.0)]), (None, None, None)
    ]  # fmt: skip


@BOTH
def test_dates_decimals_and_lengths(folder: Path, serde: str) -> None:
    types = {"a": "date", "b": "timestamp", "c": "decimal(5,2)", "d": "varchar(2)", "e": "boolean"}
    content = b'{"a": "2026-11-22", "b": "2026-11-22 10:00:00.5", "c": 1.005, "d": "abc", "e": "TRUE"}'
    assert read(folder, serde, types, content) == [
        (date(2026, 11, 22), datetime.fromisoformat("2026-11-22 10:00:00.500000"), Decimal("1.01"), "ab", True)
    ]


def test_openx_texts_are_canonical(folder: Path) -> None:
    texts = {
        "1.10": "1.10", "1e3": "1E+3", "-0": "0", "true": "true", '"1e3"': "1e3", "0x1F": "31", "017": "15",
        '{"B": [1, null, "</x\\u0001"], "a": TRUE}': '{"B":[1,null,"<\\/x\\u0001"],"a":true}', "[]": "[]",
        "word": "word",
    }  # fmt: skip
    content = "".join(f'{{"a": {text}}}\n' for text in texts).encode()
    assert [row[0] for row in read(folder, OPENX, {"a": "string"}, content)] == list(texts.values())


def test_hive_texts_are_as_written(folder: Path) -> None:
    content = b'{"a": 1e3}\n{"a": true}\n{"a": "x"}\n'
    assert read(folder, HIVE_JSON, {"a": "string"}, content) == [("1e3",), ("true",), ("x",)]


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        ("int", "0.54"), ("int", '""'), ("int", "3000000000"), ("int", "{}"), ("int", "true"), ("double", '"x"'),
        ("decimal(3,2)", "10"), ("date", '"22.11.2026"'), ("timestamp", '"2026-11-22"'), ("binary", "1"),
        ("map<string,int>", "[1]"), ("map<string,int>", '"x"'), ("struct<a:int>", "1"), ("array<int>", "[1, 0.5]"),
        ("struct<a:array<int>>", '{"a": ["x"]}'),
    ],
)  # fmt: skip
def test_openx_values_of_another_type_are_failures(folder: Path, type_: str, text: str) -> None:
    rows, failures = rows_and_failures(folder, layout(OPENX, {"a": type_}), f'{{"a": {text}}}'.encode())
    assert rows == [(None,)]
    assert failures["a"][0] == "HIVE_BAD_DATA"


def test_openx_may_have_nulls_for_them(folder: Path) -> None:
    nulls = layout(OPENX, {"a": "array<int>", "b": "struct<x:int>"}, {"use.null.for.invalid.data": "true"})
    assert rows_and_failures(folder, nulls, b'{"a": [1, "x"], "b": 5}') == ([([1, None], None)], {})


def test_openx_coercions(folder: Path) -> None:
    types = {"a": "array<int>", "b": "map<string,int>", "c": "struct<x:int>", "d": "struct<x:int,y:int>"}
    content = b'{"a": 5, "b": " ", "c": "", "d": [1, 2, 3]}\n{"a": ""}\n["1"]\n'
    assert read(folder, OPENX, types, content) == [
        ([5], None, {"x": None}, {"x": 1, "y": 2}), (None,) * 4, ([1], None, None, None),
    ]  # fmt: skip


def test_openx_names(folder: Path) -> None:
    content = b'{"a.b": 1, "Time": 2, "userId": 3}\n'
    types = {"a_b": "int", "ts": "int", "userid": "int"}
    properties = {"dots.in.keys": "true", "mapping.ts": "Time"}
    assert read(folder, OPENX, types, content, properties) == [(1, 2, 3)]
    assert read(folder, OPENX, types, content, properties | {"case.insensitive": "false"}) == [(1, 2, None)]
    assert read(folder, OPENX, types, content) == [(None, None, 3)]


@BOTH
@pytest.mark.parametrize("line", [b'{"a": 1, "A": 2}', b'{"a": 1, "a": 2}', b'{"m": {"k": 1, "k": 2}}'])
def test_repeated_keys_are_not_allowed(folder: Path, serde: str, line: bytes) -> None:
    _, failures = rows_and_failures(folder, layout(serde, {"a": "int", "m": "map<string,int>"}), line)
    assert failures[""][0] == "HIVE_CURSOR_ERROR"
    assert "Duplicate key" in failures[""][1]


def test_keys_may_differ_in_case_if_case_counts(folder: Path) -> None:
    line = b'{"m": {"k": 1, "K": 2}}'
    types = {"m": "map<string,int>"}
    assert rows_and_failures(folder, layout(OPENX, types), line)[1]["m"][0] == "HIVE_BAD_DATA"
    assert read(folder, OPENX, types, line, {"case.insensitive": "false"}) == [([("k", 1), ("K", 2)],)]


def test_openx_lines_that_are_no_object(folder: Path) -> None:
    content = b'\n1\nnull\n  {"a": 1} {"a": 2}\n'
    assert read(folder, OPENX, {"a": "int"}, content) == [(None,), (None,), (None,), (1,)]


@pytest.mark.parametrize("line", [b'{"a": ', b'{"a" 1}', b"[1, 2", b'{"a": "x}', b"{null: 1}", b"{", b"{a: 1 /* x"])
def test_openx_malformed_lines(folder: Path, line: bytes) -> None:
    rows, failures = rows_and_failures(folder, layout(OPENX, {"a": "string"}), line + b'\n{"a": 1}\n')
    assert rows == [(None,), ("1",)]
    assert failures[""][0] == "HIVE_CURSOR_ERROR"
    assert failures[""][1].startswith("Row is not a valid JSON Object: ")
    skips = layout(OPENX, {"a": "string"}, {"ignore.malformed.json": "true"})
    assert rows_and_failures(folder, skips, line) == ([(None,)], {})


@pytest.mark.parametrize("line", [b"", b"[1]", b"{'a': 1}", b'{"a": 01}', b'{"a": NaN}', b'{"a": 1'])
def test_hive_malformed_lines(folder: Path, line: bytes) -> None:
    _, failures = rows_and_failures(folder, layout(HIVE_JSON, {"a": "int"}), line + b"\n")
    assert failures[""][0] == "HIVE_CURSOR_ERROR"


@pytest.mark.parametrize(
    ("type_", "text", "expected"),
    [("int", "1.9", 1), ("tinyint", "200", -56), ("double", "1", 1.0), ("bigint", "-1e3", -1000)],
)
def test_hive_numbers(folder: Path, type_: str, text: str, expected: object) -> None:
    assert read(folder, HIVE_JSON, {"a": type_}, f'{{"a": {text}}}'.encode()) == [(expected,)]


@pytest.mark.parametrize(
    ("type_", "text"),
    [("int", '"1"'), ("int", "3000000000"), ("int", "1e999"), ("tinyint", "256"), ("string", "{}"), ("array<int>", "1"),
     ("map<string,int>", "[]"), ("struct<a:int>", '""'), ("date", '"x"'), ("double", "true")],
)  # fmt: skip
def test_hive_values_of_another_type_are_failures(folder: Path, type_: str, text: str) -> None:
    rows, failures = rows_and_failures(folder, layout(HIVE_JSON, {"a": type_}), f'{{"a": {text}}}'.encode())
    assert (rows, failures["a"][0]) == ([(None,)], "HIVE_CURSOR_ERROR")


def test_hive_columns_by_their_number(folder: Path) -> None:
    assert read(folder, HIVE_JSON, {"a": "int", "b": "int"}, b'{"_col1": 5, "_col7": 1}') == [(None, 5)]


def test_openx_patterns_are_not_read(folder: Path) -> None:
    with pytest.raises(UnreadableError, match=r"timestamp\.formats"):
        read(folder, OPENX, {"a": "timestamp"}, b"", {"timestamp.formats": "yyyy"})


def test_hive_patterns(folder: Path) -> None:
    properties = {"timestamp.formats": "yyyy-MM-dd'T'HH:mm:ss.SSS'Z',millis"}
    content = b'{"a": "2026-11-22T10:00:00.5Z"}\n{"a": 1000}\n{"a": "2026-11-22 10:00:00"}'
    assert [str(row[0]) for row in read(folder, HIVE_JSON, {"a": "timestamp"}, content, properties)] == [
        "2026-11-22 10:00:00.500000", "1970-01-01 00:00:01", "2026-11-22 10:00:00",
    ]  # fmt: skip


# Two readers: the fast one is Python's, the slow one takes a character at a time -------------------------------------

VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


def plain(value: object) -> object:
    """Return a value whose literals can be told from texts."""
    if isinstance(value, Literal | bool):
        return ("literal", str(value).lower())
    if isinstance(value, dict):
        return [(key, plain(member)) for key, member in value.items()]
    return [plain(each) for each in value] if isinstance(value, list) else value


@given(VALUE, st.booleans())
def test_both_readers_agree_on_json(value: Any, spaced: bool) -> None:
    text = json.dumps(value, ensure_ascii=spaced, indent=1 if spaced else None)
    assert plain(read_leniently(text)) == plain(read_json(text))


@given(st.text('{}[]:,"\\ 01a/tu#-', max_size=14), st.sampled_from(["{", "["]))
def test_both_readers_agree_on_what_is_nearly_json(text: str, start: str) -> None:
    try:
        strict = read_json(start + text)
    except InvalidError:
        with pytest.raises(InvalidError):
            read_leniently(start + text)
        return
    assert plain(read_leniently(start + text)) == plain(strict)


@given(VALUE)
def test_values_as_json_are_read_back(value: Any) -> None:
    once = json_of(read_json(json.dumps([value])))
    assert json_of(read_json(once)) == once
    assert json.loads(once) == json.loads(json.dumps([value]))
