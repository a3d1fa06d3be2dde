"""Hive's types, such as ``struct<a:int,b:array<string>>``, as trees and as Arrow's types."""

import re
from dataclasses import dataclass

import pyarrow as pa

_ALIASES = {"integer": "int", "real": "float", "timestamp without time zone": "timestamp"}
SCALARS: dict[str, pa.DataType] = {
    "boolean": pa.bool_(), "tinyint": pa.int8(), "smallint": pa.int16(), "int": pa.int32(), "bigint": pa.int64(),
    "float": pa.float32(), "double": pa.float64(), "string": pa.string(), "varchar": pa.string(), "char": pa.string(),
    "binary": pa.binary(), "date": pa.date32(), "timestamp": pa.timestamp("us"),
}  # fmt: skip
_PARSED = re.compile(r"(\w+(?: \w+)*)(?:\((\d+)(?:\s*,\s*(\d+))?\)|<(.*)>)?", re.DOTALL)
INTEGERS = {"tinyint": 8, "smallint": 16, "int": 32, "bigint": 64}
TEXTS = ("string", "varchar", "char")


@dataclass(frozen=True)
class HiveType:
    """A type.

    Attributes
    ----------
    name
        ``int``, ``decimal``, ``struct`` …
    numbers
        Length, or precision and scale.
    items
        The types inside a nested type.
    fields
        The names of a struct's fields, in lower case.
    """

    name: str
    numbers: tuple[int, ...] = ()
    items: tuple["HiveType", ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def is_nested(self) -> bool:
        """Whether it has other types inside."""
        return bool(self.items)


def parse_type(text: str) -> HiveType:
    """Return a type from its text.

    Raises
    ------
    ValueError
        Hive has no such type, or it cannot be read here.
    """
    match = _PARSED.fullmatch(text.strip().lower())
    if match is None:
        raise ValueError(f"unsupported Hive type: {text}")
    word, first, second, inside = match.groups()
    name = _ALIASES.get(word, word)
    if name in ("array", "map", "struct") and inside is not None:
        return _nested(name, split_type(inside), text)
    if name == "decimal" and inside is None:
        return HiveType("decimal", (int(first or 10), int(second or 0)))
    if name not in SCALARS or inside is not None or (first is not None) != (name in ("varchar", "char")):
        raise ValueError(f"unsupported Hive type: {text}")
    return HiveType(name, (int(first),) if first else ())


def _nested(name: str, parts: list[str], text: str) -> HiveType:
    if len(parts) != {"array": 1, "map": 2}.get(name, len(parts)):
        raise ValueError(f"unsupported Hive type: {text}")
    if name != "struct":
        return HiveType(name, items=tuple(parse_type(part) for part in parts))
    pairs = [part.partition(":") for part in parts]
    return HiveType(
        "struct",
        items=tuple(parse_type(type_) for _, _, type_ in pairs),
        fields=tuple(field.strip() for field, _, _ in pairs),
    )


def split_type(text: str) -> list[str]:
    """Return the parts of a text between the commas that are not inside brackets."""
    parts, depth, start = [], 0, 0
    for index, character in enumerate(text):
        depth += character in "<("
        depth -= character in ">)"
        if character == "," and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    return [*parts, text[start:]]


def arrow_type(type_: HiveType) -> pa.DataType:
    """Return Arrow's type for a type."""
    if type_.name == "decimal":
        return pa.decimal128(*type_.numbers)
    inner = [arrow_type(each) for each in type_.items]
    if type_.name == "array":
        return pa.list_(inner[0])
    if type_.name == "map":
        return pa.map_(inner[0], inner[1])
    if type_.name == "struct":
        return pa.struct(list(zip(type_.fields, inner, strict=True)))
    return SCALARS[type_.name]
