"""How a table's objects are written: its SerDe, the SerDe's properties and the columns."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from athena_local.formats.hive_types import HiveType, parse_type

# Properties that change how bytes are read; others must not make new copies of objects.
_READING = frozenset({
    "field.delim", "serialization.format", "collection.delim", "colelction.delim", "mapkey.delim", "escape.delim",
    "line.delim", "serialization.null.format", "serialization.last.column.takes.rest", "timestamp.formats",
    "hive.serialization.extend.nesting.levels", "hive.serialization.extend.additional.nesting.levels",
    "skip.header.line.count", "skip.footer.line.count", "separatorChar", "quoteChar", "escapeChar",
    "use.null.for.invalid.data", "ignore.malformed.json", "case.insensitive", "dots.in.keys", "orc.column.index.access",
})  # fmt: skip


class UnreadableError(Exception):
    """A layout, or an object, that cannot be read offline."""


class MalformedError(Exception):
    """An object that is not what its layout says.

    Parameters
    ----------
    name
        Athena's for the error.
    """

    def __init__(self, message: str, name: str = "HIVE_CURSOR_ERROR") -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A layout.

    Attributes
    ----------
    serde
        The class of the SerDe, such as ``org.openx.data.jsonserde.JsonSerDe``.
    properties
        The SerDe's properties and those of the table, which count more; sorted pairs.
    columns
        Name, in lower case, and Hive type of each column in the files.
    """

    serde: str
    properties: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str], ...]

    @staticmethod
    def reading(*groups: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """Return the properties that count for reading; those of later groups count more."""
        merged = {name: value for group in groups for name, value in group.items()}
        return tuple(sorted(pair for pair in merged.items() if pair[0] in _READING or pair[0].startswith("mapping.")))

    @cached_property
    def types(self) -> tuple[HiveType, ...]:
        """The columns' types."""
        try:
            return tuple(parse_type(type_) for _, type_ in self.columns)
        except ValueError as error:
            raise UnreadableError(f"{error} in a table with SerDe '{self.serde}'") from error

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(name for name, _ in self.columns)

    def text(self, name: str, default: str = "") -> str:
        """Return a property."""
        return dict(self.properties).get(name, default)

    def is_true(self, name: str, *, default: bool = False) -> bool:
        """Return a property that is true or false."""
        return self.text(name, str(default)).lower() == "true"

    def count(self, name: str) -> int:
        """Return a property that is a number of lines."""
        text = self.text(name, "0").strip() or "0"
        if not text.isdecimal():
            raise UnreadableError(f"the property {name} = '{text}' is not a number of lines")
        return int(text)

    @property
    def fingerprint(self) -> str:
        """A text that differs for layouts that read the same bytes differently."""
        return hashlib.sha256(repr((self.serde, self.properties, self.columns)).encode()).hexdigest()[:16]
