"""Which rows of files belong to a suppressed subject."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

import duckdb

from thermocline.warm.engine import literal, quoted, reading


def values_of(
    connection: duckdb.DuckDBPyConnection,
    paths: Sequence[Path],
    asked: Mapping[str, Callable[[str], bool]],
) -> Mapping[str, frozenset[str]]:
    """Return the values in files, as text, that are suppressed subjects', by column.

    Every distinct value is asked for, since nothing tells a value from its digest.

    Parameters
    ----------
    asked
        What tells it, by column; the files have these columns.
    """
    held = {column: frozenset(_held(connection, paths, column, owns)) for column, owns in asked.items()}
    return {column: values for column, values in held.items() if values}


def without(values: Mapping[str, Collection[str]]) -> str:
    """Return the SQL of the condition that no column has one of its values."""
    conditions = (
        f"coalesce({quoted(column)}::VARCHAR NOT IN ({', '.join(map(literal, sorted(each)))}), true)"
        for column, each in values.items()
    )
    return " AND ".join(conditions) or "true"


def _held(
    connection: duckdb.DuckDBPyConnection, paths: Sequence[Path], column: str, owns: Callable[[str], bool]
) -> Iterator[str]:
    texts = f"SELECT DISTINCT {quoted(column)}::VARCHAR FROM {reading(paths)} WHERE {quoted(column)} IS NOT NULL"  # noqa: S608 - ours
    rows = connection.execute(texts)
    while some := rows.fetchmany(10_000):
        yield from (text for (text,) in some if owns(text))
