import csv
import io
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.formats.csv_lines import CsvRows
from athena_local.formats.layout import UnreadableError
from athena_local.formats.rows import Failures
from tests.athena_local.formats.reading import CSV, layout, read, rows_and_failures

TWO = {"a": "string", "b": "string"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('a,"b, c"', ("a", "b, c")),
        ('"say ""hi""",x', ('say "hi"', "x")),
        (r'"say \"hi\"",x', ('say "hi"', "x")),
        ('a,bc"d"ef', ("a", 'bc"d"ef')),
        ('a,  "x"', ("a", "x")),
        ('a,"open', ("a", None)),
        ("a", ("a", None)),
        ("a,b,c", ("a", "b")),
        (r"a,b\c", ("a", "bc")),
        ('"",', ("", "")),
    ],
)
def test_quotes_and_escapes(folder: Path, line: str, expected: tuple[str | None, ...]) -> None:
    assert read(folder, CSV, TWO, f"{line}\n".encode()) == [expected]


def test_an_empty_line_is_a_row_of_nulls(folder: Path) -> None:
    assert read(folder, CSV, TWO, b"\na,b\n") == [(None, None), ("a", "b")]


def test_characters_are_chosen(folder: Path) -> None:
    properties = {"separatorChar": ";", "quoteChar": "'", "escapeChar": '"'}
    assert read(folder, CSV, TWO, b"'a;\\'b';c\n", properties) == [("a;'b", "c")]


def test_types_are_those_of_the_documentation(folder: Path) -> None:
    types = {"a": "bigint", "b": "double", "c": "boolean", "d": "date", "e": "timestamp", "f": "varchar(1)"}
    assert read(folder, CSV, types, b'"-5",1.5,TRUE,18276,1579059880000,xy\n') == [
        (-5, 1.5, True, date(2020, 1, 15), datetime.fromisoformat("2020-01-15 03:44:40"), "x")
    ]


@pytest.mark.parametrize(
    ("type_", "text"),
    [("int", ""), ("int", "1.5"), ("int", "3000000000"), ("boolean", "1"), ("date", "2020-01-15"), ("double", "x")],
)
def test_a_value_of_another_type_is_a_failure_of_its_column(folder: Path, type_: str, text: str) -> None:
    types = {"a": "string", "b": type_}
    rows, failures = rows_and_failures(folder, layout(CSV, types), f"x,{text}\n".encode())
    assert rows == [("x", None)]
    message = f"Error parsing field value '{text}' for field 1: For input string: \"{text}\""
    assert failures == {"b": ("HIVE_BAD_DATA", message)}
    nulls = layout(CSV, types, {"use.null.for.invalid.data": "TRUE"})
    assert rows_and_failures(folder, nulls, f"x,{text}\n".encode()) == ([("x", None)], {})


def test_a_time_that_cannot_be_held_is_told(folder: Path) -> None:
    _, failures = rows_and_failures(folder, layout(CSV, {"a": "timestamp"}), b"999999999999999999\n")
    assert failures["a"][0] == "NOT_SUPPORTED"


@pytest.mark.parametrize(
    ("types", "properties"),
    [({"a": "array<string>"}, {}), ({"a": "decimal(3,1)"}, {}), ({"a": "string"}, {"quoteChar": ","})],
)
def test_what_is_not_read(types: dict[str, str], properties: dict[str, str]) -> None:
    with pytest.raises(UnreadableError, match="is not read offline"):
        CsvRows(layout(CSV, types, properties))


FIELD = st.text(st.characters(exclude_characters='"\\\r\n', exclude_categories=["Cs"]), max_size=5)


@given(st.lists(FIELD, min_size=1, max_size=4))
def test_quoted_fields_are_read_as_they_were_written(fields: list[str]) -> None:
    sink = io.StringIO()
    csv.writer(sink, quoting=csv.QUOTE_ALL, lineterminator="").writerow(fields)
    assert CsvRows(layout(CSV, {str(number): "string" for number in range(4)})).fields(sink.getvalue()) == fields


@given(st.text("a ,;", max_size=9))
def test_lines_without_quotes_are_split_the_same_on_both_ways(line: str) -> None:
    reader = CsvRows(layout(CSV, TWO))
    if line:
        assert reader.fields(line) == reader._split_quoted(line)
    assert len(reader.row(line.encode(), Failures())) == 2
