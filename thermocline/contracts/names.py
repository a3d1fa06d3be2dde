"""Names of tables and columns that Glue, Athena, Iceberg and Parquet all understand alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

_NAME: Final = re.compile(r"[a-z_][a-z0-9_]{0,254}")
_WHAT_IS_ALLOWED: Final = "use a-z, 0-9 and _, at most 255, with no digit first: Athena and Glue change other names"
# Firehose takes 64 characters, in front of which stand the stage and the project.
_LONGEST_TABLE: Final = 40
_LEVEL: Final = re.compile(r"(?:hot|warm|cold)_")
_OWN: Final = frozenset({"balance"})
RESERVED: Final = frozenset(
    {
        "_change_ordinal",
        "_change_type",
        "_commit_snapshot_id",
        "_deleted",
        "_file",
        "_last_updated_sequence_number",
        "_partition",
        "_pos",
        "_row_id",
        "_spec_id",
    }
)
"""Columns that Iceberg adds to every table (https://iceberg.apache.org/spec/#reserved-field-ids)."""


def table_name_problems(name: str) -> list[str]:
    """Return what is wrong with a table's name."""
    if not _NAME.fullmatch(name):
        return [f"table {name!r}: {_WHAT_IS_ALLOWED}"]
    if len(name) > _LONGEST_TABLE:
        return [f"table {name!r}: use at most {_LONGEST_TABLE} characters, because its delivery stream is named by it"]
    if name in _OWN:
        return [f"table {name!r}: the lake has a table of this name itself, use another one"]
    return [f"table {name!r}: tables of the lake's levels begin so, use another name"] if _LEVEL.match(name) else []


def column_name_problems(names: Sequence[str]) -> list[str]:
    """Return what is wrong with a table's columns, by their names."""
    return [
        *(f"{name}: defined twice" for name in sorted({n for n in names if names.count(n) > 1})),
        *(f"{', '.join(same)}: differ only in case, which Athena and Glue do not see" for same in case_twins(names)),
        *(f"{name}: {problem}" for name in dict.fromkeys(names) for problem in _problems(name)),
    ]


def case_twins(names: Iterable[str]) -> list[list[str]]:
    """Return the groups of different names that are equal in lower case."""
    groups: dict[str, set[str]] = {}
    for name in names:
        groups.setdefault(name.casefold(), set()).add(name)
    return [sorted(group) for group in groups.values() if len(group) > 1]


def _problems(name: str) -> Iterator[str]:
    if not _NAME.fullmatch(name):
        yield _WHAT_IS_ALLOWED
    elif name.startswith("__"):
        yield "begins with two underscores, which Python changes; use another name"
    elif name in RESERVED:
        yield "is a column that Iceberg adds itself"
