"""OpenX's JsonSerDe: a JSON object per line, whose members are the columns.

An invalid value fails the query, as Athena documents, unless ``use.null.for.invalid.data`` asks for NULL.
"""

import base64
from collections.abc import Callable, Mapping
from functools import partial

from athena_local.formats import values
from athena_local.formats.hive_types import INTEGERS, TEXTS, HiveType
from athena_local.formats.json_text import json_of, text_of, whole_number
from athena_local.formats.layout import Layout, UnreadableError
from athena_local.formats.lenient_json import Literal, once_each, read_json
from athena_local.formats.rows import ANY_COLUMN, Failures, Row

Value = Callable[[object], object]


class OpenXRows:
    """A reader of lines.

    Raises
    ------
    UnreadableError
        The property ``timestamp.formats`` is set.
    """

    def __init__(self, layout: Layout) -> None:
        if layout.text("timestamp.formats"):
            raise UnreadableError("the property timestamp.formats is not read offline")
        self._any_case = layout.is_true("case.insensitive", default=True)
        self._dots = layout.is_true("dots.in.keys")
        self._skips = layout.is_true("ignore.malformed.json")
        self._nulls = layout.is_true("use.null.for.invalid.data")
        prefix = "mapping."
        self._keys = {
            name.removeprefix(prefix): key.lower() if self._any_case else key
            for name, key in layout.properties
            if name.startswith(prefix)
        }
        self._names = layout.names
        self._values = [self._value(type_) for type_ in layout.types]

    def row(self, line: bytes, failures: Failures) -> Row:
        """Return the values of a line; a line that holds neither an object nor an array is a row of NULLs."""
        text = values.trim(line.decode(errors="replace"))
        members: list[object] = [None] * len(self._names)
        if text[:1] in ("{", "["):
            try:
                members = self._members(read_json(text), self._names)
            except ValueError as error:
                if not self._skips:
                    failures.note(ANY_COLUMN, "HIVE_CURSOR_ERROR", f"Row is not a valid JSON Object: {error}")
        return [
            None if member is None else failures.value(name, number, partial(value, member), nulls=self._nulls)
            for number, (name, value, member) in enumerate(zip(self._names, self._values, members, strict=True))
        ]

    def _members(self, value: object, names: tuple[str, ...]) -> list[object]:
        """Return the members of an object that fields are read from; an array has them in order."""
        if isinstance(value, list):
            return (value + [None] * len(names))[: len(names)]
        if isinstance(value, dict):
            by_key = self._by_key(value)
            return [self._member(by_key, name) for name in names]
        if isinstance(value, str) and not values.trim(value):
            return [None] * len(names)
        raise values.InvalidError(text_of(value))

    def _by_key(self, members: dict[str, object]) -> dict[str, object]:
        """Return an object with its keys as they are compared; keys that differ in case alone are not allowed."""
        return once_each([(key.lower(), member) for key, member in members.items()]) if self._any_case else members

    def _member(self, by_key: Mapping[str, object], name: str) -> object:
        key = self._keys.get(name, name)
        if key not in by_key and self._dots and "_" in name:
            dotted = (each for each in by_key if "." in each and each.replace(".", "_") == name)
            return by_key.get(next(dotted, key))
        return by_key.get(key)

    def _value(self, type_: HiveType) -> Value:
        items = [self._value(each) for each in type_.items]
        if type_.name == "array":
            return partial(self._array, items[0])
        if type_.name == "map":
            return partial(self._map, items[0], items[1])
        if type_.name == "struct":
            return partial(self._struct, type_.fields, items)
        return partial(self._scalar, scalar(type_))

    def _scalar(self, value: Value, member: object) -> object:
        try:
            return value(member)
        except values.OutOfReachError:
            raise
        except ValueError:
            if self._nulls:
                return None
            raise

    def _array(self, item: Value, member: object) -> list[object] | None:
        if member == "":
            return None
        members = member if isinstance(member, list) else [member]
        return [None if each is None else item(each) for each in members]

    def _struct(self, names: tuple[str, ...], items: list[Value], member: object) -> dict[str, object]:
        members = self._members(member, names)
        pairs = zip(names, items, members, strict=True)
        return {name: None if each is None else item(each) for name, item, each in pairs}

    def _map(self, key: Value, value: Value, member: object) -> list[tuple[object, object]] | None:
        if isinstance(member, str) and not values.trim(member):
            return None
        if not isinstance(member, dict):
            raise values.InvalidError(text_of(member))
        self._by_key(member)
        entries = {key(name): None if each is None else value(each) for name, each in member.items()}
        return [(name, each) for name, each in entries.items() if name is not None]


def scalar(type_: HiveType) -> Value:
    """Return the function that reads a member of an object as a value that is not nested."""
    if type_.name in TEXTS:
        return lambda member: values.shortened(text_of(member), type_.name, type_.numbers)
    if type_.name == "boolean":
        return lambda member: (text_of(member) if isinstance(member, str | bool) else "").lower() == "true"
    if type_.name == "binary":
        return _binary
    return partial(_of_text, _from_text(type_))


def _of_text(read: Callable[[str], object], member: object) -> object:
    if isinstance(member, dict | list):
        raise values.InvalidError(json_of(member))
    text = str(member).lower() if isinstance(member, bool) else str(member)
    try:
        return read(text)
    except values.OutOfReachError:
        raise
    except ValueError as error:
        raise values.InvalidError(text) from error


def _from_text(type_: HiveType) -> Callable[[str], object]:
    if type_.name in INTEGERS:
        return lambda text: values.in_range(whole_number(text), INTEGERS[type_.name])
    precision, scale = type_.numbers or (0, 0)
    return {
        "float": values.double,
        "double": values.double,
        "decimal": lambda text: values.decimal(text, precision, scale),
        "date": _date,
        "timestamp": values.json_timestamp,
    }[type_.name]


def _date(text: str) -> object:
    try:
        return values.hive_date(text)
    except values.OutOfReachError:
        raise
    except ValueError:
        return values.from_days(values.in_range(whole_number(text), 32))


def _binary(member: object) -> bytes:
    if not isinstance(member, str) or isinstance(member, Literal):
        raise values.InvalidError(text_of(member))
    return base64.b64decode(member, validate=True)
