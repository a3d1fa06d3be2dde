"""Trino's types, and their texts: ``array(varchar(3))``, ``decimal(5,2)``, ``timestamp(3) with time zone``."""

import re
from dataclasses import dataclass
from typing import Final

from sqlglot import exp

from athena_local.syntax.quotes import quoted

UNKNOWN_LENGTH: Final = -1
# In the meta of a checked cast: the type of its operand.
SOURCE: Final = "trino source type"
# In the meta of a checked operation on decimals: precision and scale of the operands and of the result.
DECIMALS: Final = "trino decimals"
# In the meta of a checked UNNEST: for each argument whether it is a map, whether its
# entries have parts, and the names of the columns that it becomes.
UNNESTED: Final = "trino unnested columns"
# In the meta of a checked average: the type of its decimals.
AVERAGED: Final = "trino averaged type"
# In the meta of an expression: it, or what it compares, is a double or a real, which may be NaN.
FLOATING: Final = "trino floating point"
_DEFAULTS: Final = {"decimal": (38, 0), "char": (1,), "timestamp": (3,), "time": (3,)}
_MODELLED: Final = frozenset({
    "boolean", "tinyint", "smallint", "integer", "bigint", "real", "double", "decimal", "varchar", "char", "varbinary",
    "json", "date", "time", "timetz", "timestamp", "timestamptz", "uuid", "ipaddress", "array", "map", "row",
})  # fmt: skip
_SHOWN: Final = {"geometry": "Geometry", "sphericalgeography": "SphericalGeography", "bingtile": "BingTile",
                 "hyperloglog": "HyperLogLog", "setdigest": "SetDigest"}  # fmt: skip
_ZONED: Final = re.compile(r"^(timestamp|time)(\(.*\))? with time zone$")


@dataclass(frozen=True)
class Type:
    """A type of Trino.

    Attributes
    ----------
    name
        Its base name; types with a time zone are ``timestamptz`` and ``timetz`` here.
    numbers
        Length, precision or scale: none for an unbounded varchar, `UNKNOWN_LENGTH` for one whose bound is not known;
        1 for a geometry that was computed, whose points may begin elsewhere in Trino.
    items
        The types in a nested type.
    fields
        The names of a row's fields; None for one without a name.
    """

    name: str
    numbers: tuple[int, ...] = ()
    items: tuple["Type", ...] = ()
    fields: tuple[str | None, ...] = ()

    def __str__(self) -> str:
        """Return the text that typeof() gives."""
        if self.name == "row":
            pairs = zip(self.fields, self.items, strict=True)
            return f"row({', '.join(f'{_shown(name)} {each}' if name else str(each) for name, each in pairs)})"
        inner = ", ".join(map(str, self.items)) or ",".join(map(str, self.numbers))
        if self.name in _SHOWN:
            return _SHOWN[self.name]
        base, zone = (self.name[:-2], " with time zone") if self.name in ("timestamptz", "timetz") else (self.name, "")
        return base + (f"({inner})" if inner else "") + zone

    @property
    def is_exact(self) -> bool:
        """Whether every length in it is known."""
        return UNKNOWN_LENGTH not in self.numbers and all(each.is_exact for each in self.items)


def _shown(name: str) -> str:
    return name if re.fullmatch(r"[a-z_][a-z0-9_]*", name) else quoted(name)


def array(item: Type) -> Type:
    """Return the type of arrays of `item`."""
    return Type("array", items=(item,))


def row(items: list[Type], names: list[str | None] | None = None) -> Type:
    """Return the type of rows with these fields."""
    return Type("row", items=tuple(items), fields=tuple(names or [None] * len(items)))


UNKNOWN: Final = Type("unknown")
BOOLEAN: Final = Type("boolean")
INTEGER: Final = Type("integer")
BIGINT: Final = Type("bigint")
DOUBLE: Final = Type("double")
VARCHAR: Final = Type("varchar")
DATE: Final = Type("date")

# DataTypes of sqlglot ------------------------------------------------------------------------------------------------

_BASES: Final = {
    exp.DType.INT: "integer", exp.DType.FLOAT: "real", exp.DType.TEXT: "varchar", exp.DType.STRUCT: "row",
    exp.DType.TIMESTAMPTZ: "timestamptz", exp.DType.TIMETZ: "timetz",
}  # fmt: skip


def from_tree(data_type: exp.DataType) -> Type | None:
    """Return the type that a cast names; None for one that is not modelled here, such as an interval."""
    if not isinstance(data_type.this, exp.DType):
        return None
    name = _BASES.get(data_type.this, data_type.this.value.lower())
    if name not in _MODELLED:
        return None
    if name == "row":
        return _row(data_type)
    inner = [from_tree(each) for each in data_type.expressions if isinstance(each, exp.DataType)]
    if None in inner:
        return None
    numbers = tuple(int(each.name) for each in data_type.expressions if isinstance(each, exp.DataTypeParam))
    return Type(name, with_defaults(name, numbers), tuple(each for each in inner if each))


def with_defaults(name: str, numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Return a type's numbers, with those that were not written."""
    defaults = _DEFAULTS.get(name.removesuffix("tz"), ())
    return numbers + defaults[len(numbers) :]


def _row(data_type: exp.DataType) -> Type | None:
    names: list[str | None] = []
    items: list[Type] = []
    for each in data_type.expressions:
        kind = each.args.get("kind") if isinstance(each, exp.ColumnDef) else each
        item = from_tree(kind) if isinstance(kind, exp.DataType) else None
        if item is None:
            return None
        name = each.this if isinstance(each, exp.ColumnDef) else None
        names.append((name.name if name.args.get("quoted") else name.name.lower()) if name else None)
        items.append(item)
    return row(items, names)


# Texts ---------------------------------------------------------------------------------------------------------------


def parsed(text: str) -> Type:
    """Read a type of a signature, or Glue's; a name in capitals is a variable."""
    text = text.strip().replace("<", "(").replace(">", ")")
    if match := _ZONED.match(text):
        text = f"{match[1]}tz{match[2] or ''}"
    name, _, inner = text.partition("(")
    parts = split(inner[:-1]) if inner else []
    if name in ("row", "struct"):
        pairs = [re.fullmatch(r"(?:(\w+)[: ])?(.*)", part.strip(), re.DOTALL) for part in parts]
        return row([parsed(pair[2]) for pair in pairs if pair], [pair[1] for pair in pairs if pair])
    base = {"int": "integer", "string": "varchar", "float": "real", "binary": "varbinary"}.get(name, name)
    if all(part.strip().isdigit() for part in parts):
        return Type(base, tuple(int(part) for part in parts))
    return Type(base, items=tuple(parsed(part) for part in parts))


def split(text: str) -> list[str]:
    """Return the parts of a text between the commas that are not inside brackets."""
    parts, depth, start = [], 0, 0
    for index, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    return [*parts, text[start:]] if text.strip() else []


def from_hive(text: str) -> Type:
    """Return the type of a column in Glue."""
    hive = parsed(text.lower())
    return _filled(hive)


def _filled(hive: Type) -> Type:
    numbers = (10, 0) if hive.name == "decimal" and not hive.numbers else with_defaults(hive.name, hive.numbers)
    return Type(hive.name, numbers, tuple(map(_filled, hive.items)), hive.fields)
