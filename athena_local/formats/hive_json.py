"""Hive's JsonSerDe (``org.apache.hive.hcatalog.data.JsonSerDe``): a strict JSON object per line."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from functools import partial

from athena_local.formats import values
from athena_local.formats.hive_types import INTEGERS, TEXTS, HiveType
from athena_local.formats.layout import Layout, UnreadableError
from athena_local.formats.lenient_json import Literal, once_each
from athena_local.formats.rows import ANY_COLUMN, Failures, Row
from athena_local.formats.timestamp_patterns import timestamp_reader

Value = Callable[[object], object]
Moment = Callable[[str], datetime]
_POSITION = re.compile(r"_col([0-9]{1,4})")


def _refused(word: str) -> object:
    raise ValueError(word)


_JSON = json.JSONDecoder(parse_int=Literal, parse_float=Literal, parse_constant=_refused, object_pairs_hook=once_each)


class HiveJsonRows:
    """A reader of lines.

    Raises
    ------
    UnreadableError
        A pattern in ``timestamp.formats`` or the type of a map's keys is not read here.
    """

    def __init__(self, layout: Layout) -> None:
        self._skips = layout.is_true("ignore.malformed.json")
        self._nulls = layout.is_true("use.null.for.invalid.data")
        self._names = layout.names
        moment = timestamp_reader(layout)
        self._values = [_value(type_, moment) for type_ in layout.types]

    def row(self, line: bytes, failures: Failures) -> Row:
        """Return the values of a line, which must be an object."""
        try:
            members = _members(_JSON.raw_decode(line.decode(errors="replace").lstrip(" \t\r\n"))[0], self._names)
        except (ValueError, RecursionError) as error:
            members = [None] * len(self._names)
            if not self._skips:
                failures.note(ANY_COLUMN, "HIVE_CURSOR_ERROR", f"Row is not a valid JSON Object: {error}")
        return [
            None
            if member is None
            else failures.value(name, number, partial(value, member), nulls=self._nulls, name="HIVE_CURSOR_ERROR")
            for number, (name, value, member) in enumerate(zip(self._names, self._values, members, strict=True))
        ]


def _members(value: object, names: tuple[str, ...]) -> list[object]:
    """Return the members of an object that fields are read from, whatever the case of their keys."""
    if not isinstance(value, dict):
        raise values.InvalidError(json.dumps(value))
    places = {name: place for place, name in enumerate(names)}
    members: list[object] = [None] * len(names)
    taken: set[int] = set()
    for key, member in value.items():
        place = places.get(key.lower())
        if place is None and (match := _POSITION.fullmatch(key)) and int(match.group(1)) < len(names):
            place = int(match.group(1))
        if place is not None and place in taken:
            raise values.InvalidError(f'Duplicate key "{names[place]}"')
        if place is not None:
            members[place] = member
            taken.add(place)
    return members


def _value(type_: HiveType, moment: Moment) -> Value:
    if type_.name == "array":
        return partial(_array, _value(type_.items[0], moment))
    if type_.name == "map":
        return partial(_map, partial(_of_text, _from_text(type_.items[0], moment)), _value(type_.items[1], moment))
    if type_.name == "struct":
        return partial(_struct, type_.fields, [_value(each, moment) for each in type_.items])
    if type_.name in (*INTEGERS, "float", "double"):
        return partial(_number, type_)
    return partial(_of_text, _from_text(type_, moment))


def _array(item: Value, member: object) -> list[object]:
    if not isinstance(member, list):
        raise values.InvalidError(json.dumps(member))
    return [None if each is None else item(each) for each in member]


def _struct(names: tuple[str, ...], items: list[Value], member: object) -> dict[str, object]:
    pairs = zip(names, items, _members(member, names), strict=True)
    return {name: None if each is None else item(each) for name, item, each in pairs}


def _map(key: Value, value: Value, member: object) -> list[tuple[object, object]]:
    if not isinstance(member, dict):
        raise values.InvalidError(json.dumps(member))
    return list({key(name): None if each is None else value(each) for name, each in member.items()}.items())


def _number(type_: HiveType, member: object) -> object:
    """Return a number; decimals are cut off where the column has none."""
    if not isinstance(member, Literal):
        raise values.InvalidError(json.dumps(member))
    if type_.name not in INTEGERS:
        return float(member)
    try:
        number = int(member) if member.lstrip("-").isdecimal() else int(float(member))
    except OverflowError as error:
        raise ValueError(member) from error
    if type_.name == "tinyint" and 127 < number < 256:
        return number - 256
    return values.in_range(number, INTEGERS[type_.name])


def _of_text(read: Callable[[str], object], member: object) -> object:
    if isinstance(member, dict | list):
        raise values.InvalidError(json.dumps(member))
    text = str(member).lower() if isinstance(member, bool) else str(member)
    try:
        return read(text)
    except values.OutOfReachError:
        raise
    except ValueError as error:
        raise values.InvalidError(text) from error


def _from_text(type_: HiveType, moment: Moment) -> Callable[[str], object]:
    if type_.name in TEXTS:
        return lambda text: values.shortened(text, type_.name, type_.numbers)
    if type_.name in INTEGERS:
        return partial(values.integer, bits=INTEGERS[type_.name])
    if type_.is_nested:
        raise UnreadableError(f"a map whose keys are of type {type_.name} is not read offline")
    precision, scale = type_.numbers or (0, 0)
    return {
        "boolean": lambda text: text.lower() == "true",
        "float": values.double,
        "double": values.double,
        "decimal": lambda text: values.decimal(text, precision, scale),
        "date": values.hive_date,
        "timestamp": moment,
        "binary": lambda text: text.encode(errors="replace"),
    }[type_.name]
