"""CSV with a header row (RFC 4180): quotes, and line breaks and commas inside them; only a quoted cell is ever empty.

Python's own reader tells an empty cell from a quoted one from 3.12 on only, and forgets how a record was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from thermocline.errors import RequestError
from thermocline.ingest.http.caps import check_count

CSV_TYPE = "text/csv"

_CELL = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"|((?!")[^,\r\n]*))(,|\r\n|\n|\r|\Z)')
_LINE_END = re.compile(r"\r\n|\n|\r")
_NO_HEADER = re.compile(r";\s*header\s*=\s*\"?absent\b", re.IGNORECASE)
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)
_READ_AS_UTF_8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
NOT_UTF_8 = re.compile("[\udc80-\udcff]")


class Record(NamedTuple):
    """One record: its cells, None where there is nothing, the text as sent, and what is wrong with it, if anything."""

    cells: list[str | None]
    text: str
    problem: str | None = None

    @property
    def raw(self) -> bytes:
        """The bytes as sent."""
        return self.text.encode("utf-8", "surrogateescape")


class Csv(NamedTuple):
    """A body: the names in its header, and its records."""

    header: tuple[str, ...]
    records: list[Record]


def is_csv(headers: Mapping[str, str]) -> bool:
    """Tell whether a request says that it carries CSV."""
    return headers.get("content-type", "").partition(";")[0].strip().lower() == CSV_TYPE


def split_csv(body: bytes, content_type: str = CSV_TYPE) -> Csv:
    """Return the header and the records of a body; a record of which only itself is wrong says what.

    Raises
    ------
    RequestError
        It is said to be in other characters than UTF-8, there is no usable header, there are too many records, or a
        quote makes it unknown where records end.
    """
    charset = _CHARSET.search(content_type)
    if charset and charset[1].lower() not in _READ_AS_UTF_8:
        raise RequestError(415, "unsupported_charset", "CSV is read as UTF-8; send it so, and say charset=utf-8.")
    if _NO_HEADER.search(content_type):
        raise RequestError(400, "no_header", "CSV needs a header row that names the members.")
    text = csv_text(body)
    records: list[Record] = []
    for record in records_of(text):
        check_count(len(records))
        records.append(record)
    if not records:
        raise RequestError(400, "empty_body", "The body is empty; send CSV with a header row.")
    header = _header(records[0])
    return Csv(header, [checked(record, len(header)) for record in records[1:]])


def csv_text(body: bytes) -> str:
    """Return the text of CSV; bytes that are no UTF-8 become half characters, which no text has."""
    return body.decode("utf-8", "surrogateescape")


def _header(record: Record) -> tuple[str, ...]:
    names = tuple(filter(None, record.cells))
    if record.problem or len(names) < len(record.cells) or NOT_UTF_8.search(record.text):
        raise RequestError(400, "invalid_header", "Each cell of CSV's header row must name a member, in UTF-8.")
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise RequestError(400, "invalid_header", f"CSV's header row names {', '.join(twice)} twice.")
    return names


def checked(record: Record, width: int) -> Record:
    """Return a record with what is wrong with it, beside a header of `width` cells."""
    if NOT_UTF_8.search(record.text):
        return record._replace(problem="not valid UTF-8")
    if record.problem is None and len(record.cells) != width:
        return record._replace(problem=f"has {len(record.cells)} cells, and the header row {width}")
    return record


def records_of(text: str) -> Iterator[Record]:
    """Yield the records that are no empty lines; `NOT_UTF_8` finds what was no UTF-8 in `csv_text`.

    Raises
    ------
    RequestError
        A quote makes it unknown where records end.
    """
    if '"' not in text:
        for line in _LINE_END.split(text):
            if line:
                yield Record([cell or None for cell in line.split(",")], line)
        return
    start = 0
    while start < len(text):
        cells, problem, end = _cells(text, start)
        record = text[start:end].rstrip("\r\n")
        if record:
            yield Record(cells, record, problem)
        start = end


def _cells(text: str, start: int) -> tuple[list[str | None], str | None, int]:
    """Return the cells of the record that starts there, what is wrong with it, and where the next one starts."""
    cells: list[str | None] = []
    problem = None
    separator, at = ",", start
    while separator == ",":
        match = _CELL.match(text, at)
        if match is None:
            line = len(_LINE_END.findall(text, 0, at)) + 1
            raise RequestError(
                400, "malformed_csv", f"Line {line} of the CSV has a quote without its end, or text after it."
            )
        quoted, plain, separator = match.groups()
        if quoted is not None:
            cells.append(quoted.replace('""', '"'))
        else:
            problem = "has a quote inside a cell without quotes around it" if '"' in plain else problem
            cells.append(plain or None)
        at = match.end()
    return cells, problem, at
