"""Samples in CSV (RFC 4180) with a header row, read as the front door reads them.

An empty cell is null; a quoted empty cell is the empty string.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import msgspec

from cli.errors import CliError
from cli.tables.samples import Advance, Format, Row, Sample, check_names, check_row
from thermocline.errors import RequestError
from thermocline.ingest.protocols.csv_body import NOT_UTF_8, Record, checked, csv_text, records_of

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_OTHER_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars"}
# What JSON writes of a shorter record is within every limit.
_SURELY_SHORT = 10_000


def csv_sample(path: Path) -> Sample:
    """Return a sample with a header row; every cell is text or None.

    Raises
    ------
    CliError
        The header names no columns, or one of them twice.
    """
    text = csv_text(path.read_bytes().removeprefix(_BYTE_ORDER_MARK))
    try:
        names = _header(next(records_of(text), None), path)
    except RequestError as error:
        raise CliError(f"{path.name}: {error.message}") from None
    return Sample(format=Format.CSV, rows=partial(_rows, path, text, names), members=names)


def _header(record: Record | None, path: Path) -> tuple[str, ...]:
    if record is None:
        raise CliError(f"{path.name} is empty: it needs a first row that names the columns, and rows")
    if record.text.startswith(("{", "[")):
        raise CliError(f"{path.name} looks like JSON: give --format ndjson or --format json")
    if record.problem or NOT_UTF_8.search(record.text):
        raise CliError(f"{path.name}, line 1: {record.problem or 'is not UTF-8'}")
    names = tuple(cell or "" for cell in record.cells)
    for sign, name in _OTHER_DELIMITERS.items():
        if len(names) == 1 and sign in names[0]:
            raise CliError(f"{path.name} has {name} between its cells: write it with commas, as it must be sent")
    for position, column in enumerate(names, start=1):
        if not column:
            raise CliError(f"{path.name}: column {position} has no name in the first row")
    check_names(names, path)
    return names


def _rows(path: Path, text: str, names: tuple[str, ...], advance: Advance) -> Iterator[Row]:
    try:
        for number, record in enumerate(islice(records_of(text), 1, None), start=1):
            advance(len(record.text))
            if problem := checked(record, len(names)).problem:
                raise CliError(f"{path.name}, line {_line_of(text, number)}: {problem}")
            row = dict(zip(names, record.cells, strict=True))
            if len(record.text) > _SURELY_SHORT:
                check_row(msgspec.json.encode(row), f"line {_line_of(text, number)}", path)
            yield row
    except RequestError as error:
        raise CliError(f"{path.name}: {error.message}") from None


def _line_of(text: str, records_before: int) -> int:
    """Return the number of the line on which a record begins."""
    start = 0
    for record in islice(records_of(text), records_before):
        start = text.index(record.text, start) + len(record.text)
    before = text[: len(text) - len(text[start:].lstrip("\r\n"))]
    return before.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
