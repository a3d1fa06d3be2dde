from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.formats.delimited import DelimitedRows
from athena_local.formats.layout import UnreadableError
from athena_local.formats.rows import Failures
from tests.athena_local.formats.reading import LAZY, layout, read

COMMA = {"field.delim": ","}


def test_defaults_are_control_characters(folder: Path) -> None:
    types = {"a": "int", "b": "array<string>", "c": "map<string,int>", "d": "struct<x:int,y:string>"}
    content = b"1\x01p\x02q\x01k\x031\x02l\x03\\N\x015\x02t\n"
    assert read(folder, LAZY, types, content) == [(1, ["p", "q"], [("k", 1), ("l", None)], {"x": 5, "y": "t"})]


def test_what_is_not_of_its_type_is_null(folder: Path) -> None:
    types = {"a": "int", "b": "boolean", "c": "double", "d": "decimal(4,1)", "e": "date", "f": "timestamp"}
    content = b"x,yes,1.5x,1e9,22.11.2026,2026-11-22\n,,,,,\n1.9,TRUE,1e3,2.25,2026-11-22,2026-11-22 10:00:00\n"
    assert read(folder, LAZY, types, content, COMMA) == [
        (None,) * 6,
        (None,) * 6,
        (1, True, 1000.0, Decimal("2.3"), date(2026, 11, 22), datetime.fromisoformat("2026-11-22 10:00:00")),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"+7", 7), (b"-0007.99", -7), (b".", 0), (b"-.5", 0), (b"127", 127), (b"128", None), (b" 1", None),
        (b"1e1", None), (b"-", None), (b"1.x", None),
    ],
)  # fmt: skip
def test_whole_numbers(folder: Path, text: bytes, expected: int | None) -> None:
    assert read(folder, LAZY, {"a": "tinyint"}, text + b"\n") == [(expected,)]


def test_missing_fields_are_null_and_further_ones_ignored(folder: Path) -> None:
    assert read(folder, LAZY, {"a": "string", "b": "string"}, b"x\ny,,z\n\n", COMMA) == [
        ("x", None), ("y", ""), ("", None)
    ]  # fmt: skip


def test_the_last_column_may_take_the_rest(folder: Path) -> None:
    properties = COMMA | {"serialization.last.column.takes.rest": "true"}
    assert read(folder, LAZY, {"a": "string", "b": "string"}, b"1,2,3\n", properties) == [("1", "2,3")]


def test_nulls_and_escapes_are_chosen(folder: Path) -> None:
    properties = {"field.delim": "9", "serialization.null.format": "", "escape.delim": "\\", "collection.delim": ";"}
    types = {"a": "string", "b": "array<string>", "c": "varchar(2)"}
    assert read(folder, LAZY, types, b"a\\\tb\tx\\;y;z\tabc\n\t\t\\N\n", properties) == [
        ("a\tb", ["x;y", "z"], "ab"), (None, None, "N"),
    ]  # fmt: skip


def test_empty_collections_and_repeated_keys(folder: Path) -> None:
    types = {"a": "array<int>", "b": "map<string,int>"}
    properties = COMMA | {"collection.delim": "|", "mapkey.delim": ":"}
    assert read(folder, LAZY, types, b",\n1||x,k:1|k:2|\\N:3|l\n", properties) == [
        ([], []), ([1, None, None], [("k", 1), ("l", None)])
    ]  # fmt: skip


def test_deeper_levels_have_delimiters_of_their_own(folder: Path) -> None:
    types = {"a": "array<map<string,array<int>>>"}
    assert read(folder, LAZY, types, b"k\x041\x052\x03l\x043\x02m\x044\n") == [
        ([[("k", [1, 2]), ("l", [3])], [("m", [4])]],)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "properties",
    [{"line.delim": "|"}, {"timestamp.formats": "QQ"}, {"hive.serialization.extend.nesting.levels": "true"}],
)
def test_properties_that_are_not_read(properties: dict[str, str]) -> None:
    with pytest.raises(UnreadableError, match="is not read offline"):
        DelimitedRows(layout(LAZY, {"a": "string"}, properties))


def obvious(line: bytes, escape: bytes, columns: int) -> list[bytes | None]:
    """Split a line a byte at a time."""
    fields: list[bytes] = []
    written = b""
    position = 0
    while position < len(line):
        character = line[position : position + 1]
        if character == escape and position + 1 < len(line):
            written += line[position + 1 : position + 2]
            position += 1
        elif character == b",":
            fields.append(written)
            written = b""
        else:
            written += character
        position += 1
    fields.append(written)
    return [*fields, *[None] * columns][:columns]


@given(st.text("a,\\N~é", max_size=12), st.sampled_from(["", "~"]), st.integers(1, 4))
def test_lines_are_split_as_by_an_obvious_reader(line: str, escape: str, columns: int) -> None:
    how = layout(
        LAZY,
        {f"c{number}": "string" for number in range(columns)},
        COMMA | {"serialization.null.format": "no such text"} | ({"escape.delim": escape} if escape else {}),
    )
    expected = obvious(line.encode(), escape.encode() or b"no escape", columns)
    row = DelimitedRows(how).row(line.encode(), Failures())
    assert row == [None if field is None else field.decode(errors="replace") for field in expected]
