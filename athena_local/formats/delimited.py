"""LazySimpleSerDe: lines whose fields stand between delimiters.

A value that is not of its column's type is NULL, as are missing fields; fields beyond the last column are ignored.
"""

import re
from collections.abc import Callable
from functools import partial

from athena_local.formats import values
from athena_local.formats.hive_types import INTEGERS, HiveType
from athena_local.formats.layout import Layout, UnreadableError
from athena_local.formats.rows import Failures, Row
from athena_local.formats.timestamp_patterns import timestamp_reader

Value = Callable[[bytes], object]

# After the delimiters of fields, collections and map keys: those of deeper levels.
_DEEPER = bytes([4, 5, 6, 7, 8])
_WHOLE = re.compile(rb"([+-]?)([0-9]*)(\.[0-9]*)?")
_BOOLEANS = {b"true": True, b"false": False}
# Hive looks no closer at a shorter one.
_SHORTEST_TIMESTAMP = 8


class DelimitedRows:
    """A reader of lines.

    Raises
    ------
    UnreadableError
        A property asks for what is not read here.
    """

    def __init__(self, layout: Layout) -> None:
        _check(layout)
        self._separators = bytes(
            [
                _byte(layout.text("field.delim") or layout.text("serialization.format"), 1),
                _byte(layout.text("collection.delim") or layout.text("colelction.delim"), 2),
                _byte(layout.text("mapkey.delim"), 3),
                *_DEEPER,
            ]
        )
        properties = dict(layout.properties)
        self._null = properties.get("serialization.null.format", r"\N").encode()
        escape = properties.get("escape.delim")
        self._escape = None if escape is None else bytes([_byte(escape, ord("\\"))])
        self._moment = timestamp_reader(layout)
        self._rest_in_last = layout.is_true("serialization.last.column.takes.rest")
        self._columns = [(name, self._value(type_, 1)) for name, type_ in zip(layout.names, layout.types, strict=True)]

    def row(self, line: bytes, failures: Failures) -> Row:
        """Return the values of a line."""
        fields = self._split(line, 0, len(self._columns) - 1 if self._rest_in_last else -1)
        row = [
            failures.value(name, number, partial(self._or_null, value, field), nulls=True)
            for number, ((name, value), field) in enumerate(zip(self._columns, fields, strict=False))
        ]
        return row + [None] * (len(self._columns) - len(row))

    def _split(self, text: bytes, level: int, most: int = -1) -> list[bytes]:
        separator = self._separators[level : level + 1]
        if self._escape is None or self._escape not in text:
            return text.split(separator, most)
        parts: list[bytes] = []
        start = index = 0
        while index < len(text):
            character = text[index : index + 1]
            if character == separator and len(parts) != most:
                parts.append(text[start:index])
                start = index + 1
            index += 2 if character == self._escape and character != separator else 1
        return [*parts, text[start:]]

    def _or_null(self, value: Value, text: bytes) -> object:
        if text == self._null:
            return None
        try:
            return value(text)
        except values.OutOfReachError:
            raise
        except ValueError:
            return None

    def _value(self, type_: HiveType, level: int) -> Value:
        if type_.name == "map":
            key, value = (self._value(each, level + 2) for each in type_.items)
            return partial(self._map, level, key, value)
        items = [self._value(each, level + 1) for each in type_.items]
        if level + 1 >= len(self._separators) and items:
            raise UnreadableError("types nested more than five deep are not read offline")
        if type_.name == "array":
            return partial(self._array, level, items[0])
        if type_.name == "struct":
            return partial(self._struct, level, list(zip(type_.fields, items, strict=True)))
        if type_.name in ("string", "varchar", "char"):
            return partial(self._text, type_)
        if type_.name == "timestamp":
            return self._timestamp
        return scalar(type_)

    def _timestamp(self, text: bytes) -> object:
        return self._moment(text.decode("latin-1")) if len(text) >= _SHORTEST_TIMESTAMP else None

    def _text(self, type_: HiveType, text: bytes) -> str:
        if self._escape is not None and self._escape in text:
            text = re.sub(re.escape(self._escape) + rb"(.)", rb"\1", text, flags=re.DOTALL)
        return values.shortened(text.decode(errors="replace"), type_.name, type_.numbers)

    def _array(self, level: int, item: Value, text: bytes) -> list[object]:
        return [self._or_null(item, part) for part in self._split(text, level)] if text else []

    def _struct(self, level: int, fields: list[tuple[str, Value]], text: bytes) -> dict[str, object]:
        parts = self._split(text, level, len(fields) - 1 if self._rest_in_last else -1)
        row: dict[str, object] = dict.fromkeys(name for name, _ in fields)
        row.update((name, self._or_null(value, part)) for (name, value), part in zip(fields, parts, strict=False))
        return row

    def _map(self, level: int, key: Value, value: Value, text: bytes) -> list[tuple[object, object]]:
        entries: dict[object, object] = {}
        for part in self._split(text, level) if text else []:
            name, *rest = self._split(part, level + 1, 1)
            decoded = self._or_null(key, name)
            if decoded is not None and decoded not in entries:
                entries[decoded] = self._or_null(value, rest[0]) if rest else None
        return list(entries.items())


def scalar(type_: HiveType) -> Value:
    """Return the function that reads a value which is neither a text nor a timestamp."""
    if type_.name in INTEGERS:
        return partial(_whole, INTEGERS[type_.name])
    precision, scale = type_.numbers or (0, 0)
    return {
        "boolean": lambda text: _BOOLEANS.get(text.lower()),
        "float": lambda text: values.double(text.decode("latin-1")),
        "double": lambda text: values.double(text.decode("latin-1")),
        "decimal": lambda text: values.decimal(text.decode("latin-1"), precision, scale),
        "date": lambda text: values.hive_date(text.decode("latin-1")),
        "binary": values.lenient_base64,
    }[type_.name]


def _whole(bits: int, text: bytes) -> int:
    """Return a whole number; its decimals, which must be digits, are cut off."""
    match = _WHOLE.fullmatch(text)
    if match is None or text in (b"", b"+", b"-"):
        raise values.InvalidError(text)
    return values.in_range(int(match.group(1) + (match.group(2) or b"0")), bits)


def _byte(text: str, default: int) -> int:
    """Return a delimiter, which is written as itself or as its code."""
    if not text:
        return default
    if re.fullmatch(r"[+-]?[0-9]{1,3}", text) and -128 <= int(text) <= 127:
        return int(text) & 0xFF
    return ord(text[0]) & 0xFF


def _check(layout: Layout) -> None:
    if layout.text("line.delim", "\n") not in ("\n", "\r", "\r\n", "10"):
        raise UnreadableError("a line.delim other than a line feed is not read offline")
    for name in ("hive.serialization.extend.nesting.levels", "hive.serialization.extend.additional.nesting.levels"):
        if layout.is_true(name):
            raise UnreadableError(f"the property {name} is not read offline")
