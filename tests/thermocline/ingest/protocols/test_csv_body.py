from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from thermocline.errors import RequestError
from thermocline.ingest.protocols.csv_body import is_csv, split_csv

CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=4) | st.sampled_from(
    ["", '"', ",", "\n", "\r\n", "\r", '""', ' "a" ', "\u2028", "\x0b", "\0", "\ufeff"]
)


def cells(body: bytes) -> list[list[str | None]]:
    body_ = split_csv(b"a,b\n" + body)
    assert [record.problem for record in body_.records] == [None] * len(body_.records)
    return [record.cells for record in body_.records]


def problems(body: bytes) -> list[str | None]:
    return [record.problem for record in split_csv(b"a,b\n" + body).records]


@given(rows=st.lists(st.tuples(CELLS, CELLS)), quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
@example(rows=[("", "")], quoting=csv.QUOTE_ALL)
def test_what_a_writer_wrote_is_read(rows: list[tuple[str, str]], quoting: int) -> None:
    file = io.StringIO()
    writer = csv.writer(file, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([("a", "b"), *rows])
    read = split_csv(file.getvalue().encode())
    empty = "" if quoting == csv.QUOTE_ALL else None
    assert (read.header, [r.problem for r in read.records]) == (("a", "b"), [None] * len(rows))
    assert [record.cells for record in read.records] == [[cell or empty for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"1,2\n", [["1", "2"]]),
        (b"1,2", [["1", "2"]]),
        (b"1,2\r\n3,4\r\n", [["1", "2"], ["3", "4"]]),
        (b"1,2\n\n3,4\n", [["1", "2"], ["3", "4"]]),
        (b",\n", [[None, None]]),
        (b'"",\n', [["", None]]),
        (b'"a ""b"" c","x\r\ny,z"\n', [['a "b" c', "x\r\ny,z"]]),
        (b" 1 , 2\n", [[" 1 ", " 2"]]),
        (b'"",""', [["", ""]]),
        (b"", []),
    ],
)
def test_cells(body: bytes, expected: list[list[str | None]]) -> None:
    assert cells(body) == expected


def test_a_record_that_is_wrong_keeps_its_text_and_its_neighbours() -> None:
    body = b'a,b\n1,2\n1\n1,2,3\n5" pipe,"x\ny"\nM\xfcller,"2"\n3,"4"\n'
    records = split_csv(body).records
    assert [record.problem for record in records] == [
        None,
        "has 1 cells, and the header row 2",
        "has 3 cells, and the header row 2",
        "has a quote inside a cell without quotes around it",
        "not valid UTF-8",
        None,
    ]
    assert [record.raw for record in records[3:5]] == [b'5" pipe,"x\ny"', b'M\xfcller,"2"']


@pytest.mark.parametrize("record", [b'"never ends,2\n3,4\n', b'"a"b,2\n', b'1,"2\n', b'1,"a" \n'])
def test_where_it_is_unknown_where_records_end_the_line_is_named(record: bytes) -> None:
    with pytest.raises(RequestError, match="Line 3 of the CSV") as caught:
        split_csv(b"a,b\n1,2\n" + record)
    assert (caught.value.status, caught.value.code) == (400, "malformed_csv")


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        (b"", "text/csv", "empty_body"),
        (b"\n\r\n", "text/csv", "empty_body"),
        (b"a,,b\n", "text/csv", "invalid_header"),
        (b'a,""\n', "text/csv", "invalid_header"),
        (b"a,a\n", "text/csv", "invalid_header"),
        (b"a,\xff\n", "text/csv", "invalid_header"),
        (b"1,2\n", "text/csv; header=absent", "no_header"),
        (b"a\n" + b"1\n" * 10_001, "text/csv", "too_many_events"),
    ],
)
def test_a_body_without_a_use_is_refused(body: bytes, content_type: str, code: str) -> None:
    with pytest.raises(RequestError) as caught:
        split_csv(body, content_type)
    assert (caught.value.status, caught.value.code) == (400, code)


@pytest.mark.parametrize("charset", ["utf-8", '"UTF-8"', "utf8", "us-ascii"])
def test_utf_8_is_read(charset: str) -> None:
    assert split_csv("a\né\n".encode(), f"text/csv; header=present; charset={charset}").records[0].cells == ["é"]


@pytest.mark.parametrize("charset", ["iso-8859-1", '"windows-1252"', "UTF-16LE"])
def test_other_characters_are_not_taken_for_utf_8(charset: str) -> None:
    with pytest.raises(RequestError, match="send it so") as caught:
        split_csv("a\né\n".encode(), f"text/csv; Charset={charset}; header=present")
    assert (caught.value.status, caught.value.code) == (415, "unsupported_charset")


def test_as_many_rows_as_events_may_come() -> None:
    assert len(split_csv(b"a\n" + b"1\n" * 10_000).records) == 10_000


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [("text/csv", True), ("Text/CSV; charset=utf-8", True), ("text/csv;header=present", True), ("text/plain", False)],
)
def test_the_type_tells(content_type: str, expected: bool) -> None:
    assert is_csv({"content-type": content_type}) is expected
    assert not is_csv({})
