"""Contracts of tables of one's own, and Hypothesis strategies of them and of rows for them."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import msgspec
from hypothesis import strategies as st

from tests.thermocline.contracts.changes import column, contract, replace
from tests.thermocline.contracts.strategies import values
from thermocline.contracts import Column, Contract
from thermocline.contracts.paths import join_path
from thermocline.contracts.rows_table import EXTRA, OWN_COLUMNS
from thermocline.contracts.types import TYPES

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
"""Members may have any name."""


def table(*columns: Column, **options: Any) -> Contract:
    """Return a contract of protocol ``rows`` with these columns of the producer and those of every such table."""
    own = [
        column(
            name,
            of.type,
            required=of.required,
            written_by=of.written_by,
            partition=of.partition,
            encoding=of.encoding,
            classification="confidential" if name == EXTRA else "internal",
        )
        for name, of in OWN_COLUMNS.items()
        if name != EXTRA or options.get("unknown_members", EXTRA) == EXTRA
    ]
    return replace(contract([*columns, *own]), **options)


@st.composite
def tables(draw: st.DrawFn) -> Contract:
    """Return a contract with columns of any types, read from members of any names at any depth."""
    kinds = draw(st.lists(st.sampled_from([*TYPES, "json"]), min_size=1, max_size=6))
    columns = [_with_kind(f"c{number}", kind, **_path(draw, number)) for number, kind in enumerate(kinds)]
    version = f"1.{draw(st.integers(0, 999))}.0"  # contracts are told apart by it before they are compared
    return table(column("id", "bigint"), *columns, identity=("id",), version=version)


def _with_kind(name: str, kind: str, **options: Any) -> Column:
    return column(name, "string", encoding="json", **options) if kind == "json" else column(name, kind, **options)


def _path(draw: st.DrawFn, number: int) -> dict[str, str]:
    """Return no path, or one that no other column's path begins with."""
    above = draw(st.lists(st.just("deep"), max_size=2))
    return draw(st.just({}) | NAMES.map(lambda name: {"path": join_path([*above, f"{name}{number}"])}))


def rows(of: Contract) -> st.SearchStrategy[dict[str, Any]]:
    """Return any row, by column; what is null may be absent."""
    return st.fixed_dictionaries({c.name: st.none() | _values(c) for c in of.produced})


def _values(of: Column) -> st.SearchStrategy[Any]:
    if not of.is_json:
        return values(of)
    leaves = st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]), max_size=3)
    documents = st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=2), max_leaves=3
    )
    return documents.map(json.dumps)


def as_json(of: Contract, row: dict[str, Any], unknown: dict[str, Any]) -> bytes:
    """Return a row as a producer sends it."""
    sent: dict[str, Any] = dict(unknown)
    for each in of.produced:
        *above, name = each.steps
        place = sent
        for step in above:
            place = place.setdefault(step, {})
        place[name] = msgspec.Raw(text_of(each, row[each.name], quoted=True).encode())
    return msgspec.json.encode(sent)


def text_of(of: Column, value: Any, *, quoted: bool = False) -> str:
    """Return the text of a value in JSON, or in CSV, where a string has no quotes."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        value = value.isoformat().replace("+00:00", "Z")
    elif isinstance(value, dt.date):
        value = value.isoformat()
    elif isinstance(value, Decimal):
        return format(value, "f")
    elif of.is_json:
        return str(value)
    if isinstance(value, str):
        return json.dumps(value) if quoted else value
    return repr(value)
