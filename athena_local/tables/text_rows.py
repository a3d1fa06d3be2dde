"""Rows as the lines that Hive's serdes write: LazySimpleSerDe's delimited text, and JSON.

As Trino writes them (its `SimpleSerializer` and `JsonSerializer`), whose results are those of Hive.
"""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from athena_local.errors import QueryError
from athena_local.tables.java_numbers import float_digits, java_double

# Hive's separators of fields, of collections' items, of a map's key and value, and of what is nested deeper.
_SEPARATORS = "\x01\x02\x03\x04\x05\x06\x07\x08"


@dataclass(frozen=True, kw_only=True)
class TextOptions:
    """The settings of LazySimpleSerDe.

    Attributes
    ----------
    separators
        One character for each depth of nesting.
    escape
        What a separator inside a text is preceded by; nothing when empty.
    """

    separators: str = _SEPARATORS
    null: str = "\\N"
    escape: str = ""


def text_options(serde: Mapping[str, str]) -> TextOptions:
    """Return the settings that a serde's parameters state."""
    stated = (
        serde.get("field.delim") or serde.get("serialization.format"),
        serde.get("collection.delim") or serde.get("colelction.delim"),
        serde.get("mapkey.delim"),
    )
    first = "".join(_character(value) or _SEPARATORS[depth] for depth, value in enumerate(stated))
    return TextOptions(
        separators=first + _SEPARATORS[len(first) :],
        null=serde.get("serialization.null.format", "\\N"),
        escape=_character(serde.get("escape.delim")),
    )


def _character(value: str | None) -> str:
    """Return the character that a parameter states, itself or by its number."""
    if not value:
        return ""
    return chr(int(value) % 256) if value.lstrip("-").isdigit() and abs(int(value)) < 128 else value[0]


def text_lines(rows: pa.RecordBatch, options: TextOptions) -> Iterator[str]:
    """Yield one delimited line per row."""
    types = list(rows.schema.types)
    for values in zip(*(column.to_pylist() for column in rows.columns), strict=True):
        texts = (_text(value, type_, options, 1) for value, type_ in zip(values, types, strict=True))
        yield options.separators[0].join(texts) + "\n"


def json_lines(rows: pa.RecordBatch) -> Iterator[str]:
    """Yield one JSON object per row, with every column in it.

    Raises
    ------
    QueryError
        ``HIVE_UNSERIALIZABLE_JSON_VALUE``: a number is not finite.
    """
    row = pa.struct(list(rows.schema))
    for values in zip(*(column.to_pylist() for column in rows.columns), strict=True):
        yield _object(zip(rows.schema.names, values, strict=True), row) + "\n"


def scalar_text(value: Any, type_: pa.DataType) -> str:
    """Return a value of a type without parts as Hive's text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return java_double(value, float_digits(value) if pa.types.is_float32(type_) else None)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        whole = f"{value.year}-{value:%m-%d %H:%M:%S}"
        return f"{whole}.{value.microsecond:06d}".rstrip("0") if value.microsecond else whole
    if isinstance(value, date):
        return f"{value.year}-{value:%m-%d}"
    return str(value)


def _text(value: Any, type_: Any, options: TextOptions, depth: int) -> str:
    if value is None:
        return options.null
    if pa.types.is_nested(type_):
        return _nested_text(value, type_, options, depth)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return _escaped(value, options) if isinstance(value, str) else scalar_text(value, type_)


def _nested_text(value: Any, type_: Any, options: TextOptions, depth: int) -> str:
    if depth >= len(options.separators) - 1:
        raise ValueError("a value is nested too deeply for a text file")
    separator = options.separators[depth]
    if pa.types.is_map(type_):
        key_ends = options.separators[depth + 1]
        return separator.join(
            key_ends.join(
                (_text(key, type_.key_type, options, depth + 2), _text(item, type_.item_type, options, depth + 2))
            )
            for key, item in value
        )
    if pa.types.is_struct(type_):
        return separator.join(_text(value[field.name], field.type, options, depth + 1) for field in type_)
    return separator.join(_text(item, type_.value_type, options, depth + 1) for item in value)


def _escaped(text: str, options: TextOptions) -> str:
    if not options.escape:
        return text
    special = {options.escape, *options.separators}
    return "".join(options.escape + character if character in special else character for character in text)


def _json(value: Any, type_: Any) -> str:
    if value is None:
        return "null"
    if pa.types.is_nested(type_):
        return _nested_json(value, type_)
    if isinstance(value, bytes | str):
        return _quoted(value)
    text = scalar_text(value, type_)
    if text in ("NaN", "Infinity", "-Infinity"):
        raise QueryError("HIVE_UNSERIALIZABLE_JSON_VALUE", f"Invalid value to Insert: {text}")
    return f'"{text}"' if pa.types.is_temporal(type_) else text


def _nested_json(value: Any, type_: Any) -> str:
    if pa.types.is_map(type_):
        members = (f"{_key(key, type_.key_type)}:{_json(item, type_.item_type)}" for key, item in value)
        return f"{{{','.join(members)}}}"
    if pa.types.is_struct(type_):
        return _object(value.items(), type_)
    return f"[{','.join(_json(item, type_.value_type) for item in value)}]"


def _quoted(text: str | bytes) -> str:
    """Return a JSON string; bytes are read as UTF-8, as Hive does."""
    return json.dumps(text.decode("utf-8", "replace") if isinstance(text, bytes) else text, ensure_ascii=False)


def _key(key: Any, type_: Any) -> str:
    return _quoted(key if isinstance(key, bytes | str) else scalar_text(key, type_))


def _object(members: Any, type_: Any) -> str:
    texts = (f"{_quoted(name)}:{_json(value, field.type)}" for (name, value), field in zip(members, type_, strict=True))
    return f"{{{','.join(texts)}}}"
