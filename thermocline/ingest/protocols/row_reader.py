"""From a row as sent to the columns of its contract, compiled once per contract."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple, TypeAlias

import msgspec

from thermocline.contracts import Contract
from thermocline.contracts.paths import join_path
from thermocline.contracts.rows_table import EXTRA
from thermocline.errors import RefusedEvent
from thermocline.ingest.protocols.exact import MisfitError, Value
from thermocline.ingest.protocols.plain_rows import ReadPlain, plain_reader
from thermocline.ingest.protocols.row_values import ReadCell, ReadMember, cell_reader, member_reader

Unknown: TypeAlias = "dict[str, msgspec.Raw | Unknown]"
Columns: TypeAlias = dict[str, Value | None]

_NULL = msgspec.Raw(b"null")
_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_encode = msgspec.json.Encoder().encode


class _Leaf(NamedTuple):
    """A column, and what reads its value from JSON and from a cell of CSV."""

    name: str
    read: ReadMember
    read_cell: ReadCell


class _Node:
    """An object: the columns that are read from its members, and the objects in it that have columns."""

    def __init__(self) -> None:
        self.leaves: dict[str, tuple[_Leaf, ...]] = {}
        self.nodes: dict[str, _Node] = {}

    def add(self, steps: tuple[str, ...], leaf: _Leaf) -> None:
        """Add a column that is read from the member to which `steps` lead."""
        first, *others = steps
        if others:
            self.nodes.setdefault(first, _Node()).add(tuple(others), leaf)
        else:
            self.leaves[first] = (*self.leaves.get(first, ()), leaf)


class Row(NamedTuple):
    """A row as it was read: the columns that fit, and what is wrong with the others."""

    columns: Columns
    problems: list[str]

    def check(self) -> None:
        """Refuse the row if anything is wrong with it.

        Raises
        ------
        RefusedEvent
            Names every column at fault and no value.
        """
        if self.problems:
            raise RefusedEvent("invalid", "; ".join(self.problems))


class RowReader:
    """Reads rows of one contract.

    Parameters
    ----------
    contract
        A contract of protocol ``rows``.
    """

    def __init__(self, contract: Contract) -> None:
        self._unknown = contract.unknown_members
        self._read_plain = plain_reader(contract, forbid_unknown=contract.unknown_members != "drop")
        self._read_known = plain_reader(contract, forbid_unknown=False)
        self._root = _Node()
        self._by_header: dict[str, tuple[_Leaf, ...]] = {}
        for column in contract.produced:
            leaf = _Leaf(column.name, member_reader(column), cell_reader(column))
            self._root.add(column.steps, leaf)
            header = column.steps[0] if len(column.steps) == 1 else join_path(column.steps)
            self._by_header[header] = (*self._by_header.get(header, ()), leaf)

    def read(self, raw: bytes | msgspec.Raw) -> Row:
        """Read a JSON object.

        Raises
        ------
        msgspec.MsgspecError, UnicodeDecodeError, RecursionError
            It is no JSON object, or its text is broken.
        """
        if row := _quickly(self._read_plain, raw):
            return row
        members = _decode_members(raw)
        if (unknown := self._unknown_of(members)) and (row := _quickly(self._read_known, raw)):
            self._keep(unknown, row)
            return row
        row = Row({}, [])
        if rest := _read_members(members, self._root, row, ""):
            self._keep(rest, row)
        return row

    def _unknown_of(self, members: Mapping[str, msgspec.Raw]) -> Unknown:
        """Return the members at the root that have no column, where no column lies deeper."""
        return {name: raw for name, raw in members.items() if name not in self._root.leaves} if self._read_known else {}

    def knows_any(self, header: tuple[str, ...]) -> bool:
        """Tell whether any name in a header of CSV is that of a column."""
        return not self._by_header.keys().isdisjoint(header)

    def read_cells(self, header: tuple[str, ...], cells: list[str | None]) -> Row:
        """Read a record of CSV, whose cells are as many as the header's."""
        row = Row({}, [])
        unknown: Unknown = {}
        for name, cell in zip(header, cells, strict=True):
            leaves = self._by_header.get(name)
            if leaves is None:
                unknown[name] = msgspec.Raw(_encode(cell))
            elif cell is not None:
                for column, _, read in leaves:
                    try:
                        row.columns[column] = read(cell)
                    except MisfitError as misfit:
                        row.problems.append(f"{column}: {misfit}")
        if unknown:
            self._keep(unknown, row)
        return row

    def _keep(self, unknown: Unknown, row: Row) -> None:
        if self._unknown == "extra":
            row.columns[EXTRA] = _encode(unknown).decode()
        elif self._unknown == "refuse":
            row.problems.append(f"unknown field `{'`, `'.join(_paths(unknown))}`")  # `Privacy` knows these words


@cache
def row_reader(contract: Contract) -> RowReader:
    """Return the reader of a contract, compiled once."""
    return RowReader(contract)


def _quickly(read: ReadPlain | None, raw: bytes | msgspec.Raw) -> Row | None:
    try:
        return Row(read(raw), []) if read else None
    except (msgspec.ValidationError, MisfitError):
        return None


def _read_members(members: Mapping[str, msgspec.Raw], node: _Node, row: Row, place: str) -> Unknown:
    """Fill the row's columns, and return the members that have none."""
    unknown: Unknown = {}
    leaves, nodes = node.leaves, node.nodes
    for name, raw in members.items():
        known = leaves.get(name)
        if known and raw != _NULL:
            for column, read, _ in known:
                try:
                    row.columns[column] = read(raw)
                except MisfitError as misfit:
                    row.problems.append(f"{column}: {misfit}")
        if nodes and name in nodes:
            rest = _read_object(raw, nodes[name], row, place + name)
            if rest and not known:
                unknown[name] = rest
        elif not known:
            unknown[name] = raw
    return unknown


def _read_object(raw: msgspec.Raw, node: _Node, row: Row, place: str) -> Unknown:
    if raw == _NULL:
        return {}
    if not bytes(raw).startswith(b"{"):
        row.problems.append(f"{place}: must be an object")
        return {}
    return _read_members(_decode_members(raw), node, row, place + ".")


def _paths(unknown: Unknown, *above: str) -> list[str]:
    paths: list[str] = []
    for name, value in unknown.items():
        paths += _paths(value, *above, name) if isinstance(value, dict) else [join_path((*above, name))]
    return paths
