"""Whether a Parquet file's column can be read as the type that its table declares, by Trino's rules.

DuckDB would cast silently, such as a text to a number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from athena_local.formats.hive_types import INTEGERS, TEXTS, HiveType

# What stands in a path for a dot that belongs to a name.
DOT = "\0"
_BYTES = ("BYTE_ARRAY",)
_NUMBERS = ("INT32", "INT64", "FIXED_LEN_BYTE_ARRAY", "BYTE_ARRAY")


@dataclass(frozen=True)
class Leaf:
    """A column without columns inside.

    Attributes
    ----------
    path
        The names from below the column that is looked at to this one.
    physical, logical
        Parquet's types, such as ``INT64`` and ``Timestamp(isAdjustedToUTC=true, …)``.
    """

    path: tuple[str, ...]
    physical: str
    logical: str

    @property
    def is_integer(self) -> bool:
        """Whether it holds whole numbers."""
        return self.physical in ("INT32", "INT64") and self.logical.startswith(("None", "Int("))

    @property
    def is_text(self) -> bool:
        """Whether it holds texts, as far as the file says so; otherwise bytes."""
        return self.physical in _BYTES and not self.logical.startswith(("None", "Decimal("))


def names_in(path: str) -> list[str]:
    """Return the names that a path of `ParquetFile.schema` has, from the top-level column down."""
    return [name.replace(DOT, ".") for name in path.split(".")]


def leaves_of(schema: Iterable[tuple[str, str, str]], column: str) -> list[Leaf]:
    """Return the leaves of a top-level column, whatever its case.

    Parameters
    ----------
    schema
        `ParquetFile.schema`.
    """
    split = [(names_in(path), physical, logical) for path, physical, logical in schema]
    return [Leaf(tuple(path[1:]), *types) for path, *types in split if path[0].lower() == column]


def incompatible(type_: HiveType, leaves: Sequence[Leaf]) -> Leaf | None:
    """Return the first leaf that Trino does not read as a part of this type; None if there is none."""
    if not leaves:
        return None
    if not type_.is_nested:
        return next((leaf for leaf in leaves if leaf.path or not _is_read(type_, leaf)), None)
    if any(not leaf.path for leaf in leaves):
        return leaves[0]
    if type_.name == "struct":
        parts = [(item, _below(leaves, (name,))) for name, item in zip(type_.fields, type_.items, strict=True)]
    elif type_.name == "map":
        parts = [
            (type_.items[0], _below(leaves, ("key",), skip=1)),
            (type_.items[1], _below(leaves, ("value",), skip=1)),
        ]
    else:
        # Lists have two levels of their own, `list.element`, or one in old files.
        parts = [(type_.items[0], [Leaf(leaf.path[2:], leaf.physical, leaf.logical) for leaf in leaves])]
    return next((leaf for item, below in parts if (leaf := incompatible(item, below)) is not None), None)


def _below(leaves: Sequence[Leaf], names: tuple[str, ...], skip: int = 0) -> list[Leaf]:
    return [
        Leaf(leaf.path[skip + 1 :], leaf.physical, leaf.logical)
        for leaf in leaves
        if len(leaf.path) > skip and leaf.path[skip].lower() in names
    ]


def _is_read(type_: HiveType, leaf: Leaf) -> bool:
    physical, logical = leaf.physical, leaf.logical
    is_decimal = logical.startswith("Decimal(") and physical in _NUMBERS
    if type_.name in INTEGERS:
        return leaf.is_integer or (is_decimal and "scale=0)" in logical)
    if type_.name == "decimal":
        return is_decimal or (physical == "INT32" and leaf.is_integer and type_.numbers[0] <= 18)
    if type_.name in TEXTS or type_.name == "binary":
        return physical in _BYTES and not is_decimal
    if type_.name == "timestamp":
        return physical == "INT96" or (physical == "INT64" and logical.startswith("Timestamp("))
    allowed = {
        "boolean": ("BOOLEAN",),
        "float": ("FLOAT",),
        "double": ("FLOAT", "DOUBLE"),
        "date": ("INT32",) if logical in ("None", "Date") else (),
    }
    return physical in allowed[type_.name]
