"""Samples in JSON: one object per line, an array of objects, one object, or a JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from cli.errors import CliError
from cli.tables.json_schema import is_json_schema, json_schema_sample
from cli.tables.samples import Advance, Format, Row, Sample, check_row

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# Numbers are read from their text, never by way of a float.
_decode_row = msgspec.json.Decoder(dict[str, Any], float_hook=Decimal).decode
_decode_array = msgspec.json.Decoder(list[msgspec.Raw]).decode
_first_sign = re.compile(rb"\s*(\S)").match
_UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ArithmeticError)


def ndjson_sample(path: Path) -> Sample:
    """Return a sample with one JSON object per line; blank lines are skipped."""
    return Sample(format=Format.NDJSON, rows=partial(_lines, path))


def json_sample(path: Path) -> Sample:
    """Return what a ``.json`` file holds: an array, one object, lines of objects, or a JSON Schema."""
    with path.open("rb") as file:
        first = _first_sign(file.read(4096).removeprefix(_BYTE_ORDER_MARK))
    if first and first[1] == b"[":
        return Sample(format=Format.JSON, rows=partial(_array, path))
    if is_json_schema(path):
        return json_schema_sample(path)
    return Sample(format=Format.JSON, rows=partial(_object_or_lines, path))


def _lines(path: Path, advance: Advance) -> Iterator[Row]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            advance(len(line))
            text = line.removeprefix(_BYTE_ORDER_MARK).strip()
            if text:
                yield _row(text, f"line {number}", path)


def _array(path: Path, advance: Advance) -> Iterator[Row]:
    body = path.read_bytes().removeprefix(_BYTE_ORDER_MARK)
    try:
        elements: Iterable[msgspec.Raw] = _decode_array(body)
    except _UNREADABLE as error:
        raise CliError(f"{path.name} is not valid JSON: {error}") from None
    for number, element in enumerate(elements, start=1):
        advance(len(bytes(element)) + 1)
        yield _row(bytes(element), f"element {number}", path)


def _object_or_lines(path: Path, advance: Advance) -> Iterator[Row]:
    """Yield one row per line, or one row if the whole file is an object on many lines."""
    with path.open("rb") as file:
        first = file.readline().removeprefix(_BYTE_ORDER_MARK)
    if first.strip() and _is_row(first):
        yield from _lines(path, advance)
        return
    body = path.read_bytes().removeprefix(_BYTE_ORDER_MARK)
    advance(len(body))
    if body.strip():
        yield _row(body, "the whole", path)


def _is_row(text: bytes) -> bool:
    try:
        _decode_row(text)
    except _UNREADABLE:
        return False
    return True


def _row(text: bytes, where: str, path: Path) -> Row:
    check_row(text, where, path)
    try:
        row: Row = _decode_row(text)
    except msgspec.ValidationError as error:
        raise CliError(f"{path.name}, {where}: is not a JSON object with names and values ({error})") from None
    except _UNREADABLE as error:
        raise CliError(f"{path.name}, {where}: is not valid JSON ({error})") from None
    return row
