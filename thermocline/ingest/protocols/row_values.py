"""Functions that read a column's value from a member of JSON, and from a cell of CSV."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import msgspec

from thermocline.contracts import Column
from thermocline.contracts.types import INT32, INT64
from thermocline.errors import RefusedEvent
from thermocline.ingest.http.caps import check_event
from thermocline.ingest.protocols.exact import NUMBERS, TEXTS, MisfitError, ReadText, Value, read_boolean
from thermocline.ingest.protocols.json_body import JSON_ERRORS

ReadMember: TypeAlias = Callable[[msgspec.Raw], Value]
ReadCell: TypeAlias = Callable[[str], Value]

_NUMBER_STARTS = frozenset("-0123456789")
_BOOLEANS = {b"true": True, b"false": False}
_decode_text = msgspec.json.Decoder(str).decode
_decode_any = msgspec.json.Decoder(msgspec.Raw).decode
_decode_int = {"int": msgspec.json.Decoder(INT32).decode, "bigint": msgspec.json.Decoder(INT64).decode}


def member_reader(column: Column) -> ReadMember:
    """Return a function that reads a member that is not null.

    A decimal may be sent as a string, too, because many writers have no exact numbers. The function raises
    `MisfitError`, or one of `JSON_ERRORS` where the text is broken.
    """
    if column.is_json:
        return _json_text
    if column.type in _decode_int:
        return _whole_reader(column.type)
    if column.type in NUMBERS:
        return _number_reader(NUMBERS[column.type], or_text=column.type.startswith("decimal"))
    if column.type == "boolean":
        return _boolean
    return _text if column.type == "string" else _text_reader(TEXTS[column.type])


def cell_reader(column: Column) -> ReadCell:
    """Return a function that reads a cell that is not empty; numbers are written as in JSON, so ``007`` is none."""
    if column.is_json:
        return _json_cell
    if column.type == "boolean":
        return read_boolean
    return NUMBERS.get(column.type) or TEXTS[column.type]


def _json_text(raw: msgspec.Raw) -> str:
    return str(raw, "utf-8")


def _json_cell(cell: str) -> str:
    """Return JSON within the limits of events: a cell is a string to whoever checks the whole record."""
    try:
        _decode_any(cell)
        check_event(cell.encode())
    except JSON_ERRORS:
        raise MisfitError("must be JSON") from None
    except RefusedEvent as error:
        raise MisfitError(f"must be other JSON: {error.detail}") from None
    return cell


def _text(raw: msgspec.Raw) -> str:
    try:
        return _decode_text(raw)
    except msgspec.ValidationError:
        raise MisfitError("must be a string") from None


def _boolean(raw: msgspec.Raw) -> bool:
    value = _BOOLEANS.get(bytes(raw))
    if value is None:
        raise MisfitError("must be true or false")
    return value


def _text_reader(read: ReadText) -> ReadMember:
    return lambda raw: read(_text(raw))


def _whole_reader(kind: str) -> ReadMember:
    decode, read = _decode_int[kind], _number_reader(NUMBERS[kind], or_text=False)

    def read_whole(raw: msgspec.Raw) -> Value:
        try:
            return decode(raw)
        except msgspec.ValidationError:
            return read(raw)  # 7.0, or the reason why it does not fit

    return read_whole


def _number_reader(read: ReadText, *, or_text: bool) -> ReadMember:
    def read_number(raw: msgspec.Raw) -> Value:
        text = str(raw, "utf-8")
        if text[0] in _NUMBER_STARTS:
            return read(text)
        if or_text and text[0] == '"':
            return read(_text(raw))
        raise MisfitError("must be a number")

    return read_number
