"""Types of DuckDB for columns of few texts: they sort as the texts do and take no more room than a number."""

from __future__ import annotations

import duckdb

from thermocline.warm.engine import quoted


def make_enum(connection: duckdb.DuckDBPyConnection, name: str, source: str) -> None:
    """Make the type of a column's texts."""
    texts = f"SELECT DISTINCT {quoted(name)} AS text FROM {source} WHERE {quoted(name)} IS NOT NULL ORDER BY text"  # noqa: S608 - names and paths of ours
    connection.execute(f"CREATE TYPE {_type(name)} AS ENUM ({texts})")


def as_enum(name: str) -> str:
    """Return the SQL of a column's value in its type."""
    return f"CAST({quoted(name)} AS {_type(name)})"


def _type(name: str) -> str:
    return quoted(f"texts of {name}")
