"""Hypothesis strategies built from contracts: any event that a contract allows."""

from __future__ import annotations

import datetime as dt
from decimal import Context, Decimal
from typing import Any

from hypothesis import strategies as st

from thermocline.contracts import Column, Contract

AWKWARD_TEXT = ('"', "\\", "\n\r\u2028", "\0", "😀", "null", "'", "{}", "é\u0301", "\ufeff", "\U0010ffff")
AWKWARD_DOUBLES = (-0.0, 5e-324, -5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 0.1 + 0.2)
_WIDE = Context(prec=38)
_PATTERNS = {"^[a-z0-9][a-z0-9-]*$": r"\A[a-z0-9][a-z0-9-]*\Z"}

# Text holds any character but lone surrogates, which are no characters.
_characters = st.characters(exclude_categories=["Cs"])


def events(contract: Contract) -> st.SearchStrategy[dict[str, Any]]:
    """Return any canonical event of a contract, every column given or, when it may be, null."""
    return st.fixed_dictionaries({column.name: _optional(column) for column in contract.ingested})


def _optional(column: Column) -> st.SearchStrategy[Any]:
    return values(column) if column.required else st.none() | values(column)


def values(column: Column) -> st.SearchStrategy[Any]:
    """Return any value that a column allows."""
    match column.type:
        case "string":
            return _texts(column)
        case "int":
            return st.sampled_from([-(2**31), 2**31 - 1]) | st.integers(-(2**31), 2**31 - 1)
        case "bigint":
            return st.sampled_from([-(2**63), 2**63 - 1]) | st.integers(-(2**63), 2**63 - 1)
        case "double":
            return st.sampled_from(AWKWARD_DOUBLES) | st.floats(allow_nan=False, allow_infinity=False)
        case "boolean":
            return st.booleans()
        case "timestamp":
            return st.datetimes(timezones=st.just(dt.UTC))
        case "date":
            return st.dates()
        case "decimal(38,9)":
            return st.integers(-(10**38) + 1, 10**38 - 1).map(lambda digits: Decimal(digits).scaleb(-9, _WIDE))
    raise AssertionError(f"no strategy for {column.type}")


def _texts(column: Column) -> st.SearchStrategy[str]:
    if column.enum:
        return st.sampled_from(column.enum)
    if column.pattern:
        return st.from_regex(_PATTERNS[column.pattern]).filter(lambda text: len(text) <= (column.max_length or 10**6))
    low, high = column.min_length or 0, min(column.max_length or 40, 40)
    awkward = [text for text in AWKWARD_TEXT if low <= len(text) <= high]
    return st.sampled_from(awkward) | st.text(_characters, min_size=low, max_size=high)
