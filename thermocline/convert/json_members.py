"""Members of JSON texts → lists of values, one list per column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple, Optional, TypeAlias, cast

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from thermocline.contracts import Column
from thermocline.convert.json_values import MISFIT, NULL, missing_value, python_type, value_reader
from thermocline.events.members import UNREADABLE

Members: TypeAlias = "Mapping[str, msgspec.Raw]"

# The names of a struct's members cannot have these.
_NOT_IN_STRUCTS = frozenset('"\\') | frozenset(map(chr, range(32)))
_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


class Values(NamedTuple):
    """A column's values, one per text, and how many did not fit; these and absent ones are `missing_value`."""

    column: Column
    values: list[Any]
    misfits: int


class MembersReader:
    """Reads the members of JSON texts that some columns name.

    All texts are read at once; when that fails, each by itself; and a text with a member of another type, member by
    member.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = [(column, column.steps[1:], value_reader(column)) for column in columns]
        names = dict.fromkeys(name for _, steps, _ in self._columns for name in steps)
        self._attributes = {name: f"m{number}" for number, name in enumerate(names)}
        self._fits_struct = _NOT_IN_STRUCTS.isdisjoint("".join(names))
        renamed = {attribute: name for name, attribute in self._attributes.items()} if self._fits_struct else {}
        self._decoder = msgspec.json.Decoder(_struct(columns, 1, self._attributes, renamed))
        self._nothing = self._decoder.decode(b"{}")

    def read(self, texts: pa.Array[Any]) -> Iterator[Values]:
        """Yield each column's values."""
        rows, strays = self._rows(texts)
        for column, steps, read in self._columns:
            missing, misfits = missing_value(column), 0
            values = self._values(rows, steps, missing)
            for place, members in strays.items():
                try:
                    raw = _member(members, steps)
                    values[place] = missing if raw == NULL else read(raw)
                except MISFIT:
                    misfits += 1
            yield Values(column, values, misfits)

    def _rows(self, texts: pa.Array[Any]) -> tuple[list[Any], dict[int, Members]]:
        """Return a struct per text, and the members of those texts that have to be read member by member."""
        try:
            return self._rows_at_once(texts), {}
        except UNREADABLE:
            rows, strays = [self._row(text) for text in texts.to_pylist()], {}
        for place, row in enumerate(rows):
            if row is None:
                rows[place], strays[place] = self._nothing, _members(texts[place].as_py())
        return rows, strays

    def _rows_at_once(self, texts: pa.Array[Any]) -> list[Any]:
        objects: Any = pc.fill_null(cast(Any, texts), "{}")
        # JSON has no line end inside a string, so that no text of this form can be read together with its neighbour.
        are_whole = pc.and_(pc.starts_with(objects, "{"), pc.ends_with(objects, "}"))
        if not self._fits_struct or not pc.all(are_whole, min_count=0).as_py():
            raise msgspec.DecodeError
        lines: Any = pc.binary_join(pa.ListArray.from_arrays(pa.array([0, len(objects)], pa.int32()), objects), "\n")
        rows = self._decoder.decode_lines(lines[0].as_buffer())
        if len(rows) != len(texts):
            raise msgspec.DecodeError
        return rows

    def _row(self, text: str | None) -> Any:
        if text is None:
            return self._nothing
        try:
            return self._decoder.decode(text) if self._fits_struct else None
        except UNREADABLE:
            return None

    def _values(self, rows: list[Any], steps: Sequence[str], missing: Any) -> list[Any]:
        first, *others = (self._attributes[name] for name in steps)
        values = list(map(attrgetter(first), rows))
        for attribute in others:
            values = [missing if value is None else getattr(value, attribute, missing) for value in values]
        return values


def readers_of(columns: Iterable[Column]) -> list[MembersReader]:
    """Return as few readers as all columns need: no member of a reader is, or lies inside, another of its members."""
    groups: list[list[Column]] = []
    for column in columns:
        group = next((group for group in groups if not any(_overlap(column, other) for other in group)), None)
        if group is None:
            groups.append([column])
        else:
            group.append(column)
    return [MembersReader(group) for group in groups]


def _overlap(column: Column, other: Column) -> bool:
    return all(name == other_name for name, other_name in zip(column.steps, other.steps, strict=False))


def _struct(
    columns: Sequence[Column], depth: int, attributes: Mapping[str, str], renamed: Mapping[str, str]
) -> type[msgspec.Struct]:
    fields: list[tuple[str, Any, Any]] = []
    for name in dict.fromkeys(column.steps[depth] for column in columns):
        inside = [column for column in columns if column.steps[depth] == name]
        if len(inside[0].steps) == depth + 1:
            kind, missing = python_type(inside[0]), missing_value(inside[0])
        else:
            kind, missing = _struct(inside, depth + 1, attributes, renamed), None
        fields.append((attributes[name], kind if missing is NULL else Optional[kind], missing))  # noqa: UP045
    return msgspec.defstruct("Members", fields, rename=dict(renamed), gc=False)


def _members(text: str | msgspec.Raw) -> Members:
    try:
        return _decode_members(text)
    except UNREADABLE:
        return {}


def _member(members: Members, steps: Sequence[str]) -> msgspec.Raw:
    for name in steps[:-1]:
        members = _members(members.get(name, NULL))
    return members.get(steps[-1], NULL)
