"""DuckDB within a memory cap."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from thermocline.warm.cuts import Day

_RESIDENT_PER_LIMIT: Final = 1.4
"""The process takes so much more than the limit that DuckDB is given (measured)."""

_TYPES: Final = {
    "string": "VARCHAR",
    "large_string": "VARCHAR",
    "int32": "INTEGER",
    "int64": "BIGINT",
    "double": "DOUBLE",
    "bool": "BOOLEAN",
    "date32[day]": "DATE",
    "decimal128(38, 9)": "DECIMAL(38, 9)",
}


def connect(folder: Path, memory_mb: int) -> duckdb.DuckDBPyConnection:
    """Return a connection to a new database in memory.

    Parameters
    ----------
    folder
        Where it puts what does not fit into memory.
    memory_mb
        Resident memory that it may take, in units of 10^6 bytes.
    """
    connection = duckdb.connect(
        config={
            "memory_limit": f"{int(memory_mb / _RESIDENT_PER_LIMIT)}MB",
            "temp_directory": str(folder / "spilled"),
            "preserve_insertion_order": False,  # ORDER BY orders all the same, and reading needs less memory
            "arrow_large_buffer_size": True,
            "autoinstall_known_extensions": False,
        }
    )
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def quoted(name: str) -> str:
    """Return a column's name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text for SQL."""
    return "'" + text.replace("'", "''") + "'"


def reading(paths: Sequence[Path]) -> str:
    """Return the SQL that reads Parquet files by the names of their columns."""
    return f"read_parquet([{', '.join(literal(str(path)) for path in paths)}], union_by_name = true)"


def cast(name: str, kind: pa.DataType) -> str:
    """Return the SQL of a column's value in a type; a value that does not fit is an error.

    Times are UTC, in hot files with a zone and in warm ones without; a CAST would ask the calendar for each.
    """
    if pa.types.is_timestamp(kind):
        return f"{'make_timestamptz' if kind.tz else 'make_timestamp'}(epoch_us({quoted(name)}))"
    return f"CAST({quoted(name)} AS {_TYPES[str(kind)]})"


def day_of(time_column: str) -> str:
    """Return the SQL of a time's UTC day, in days since 1970."""
    micros = f"epoch_us({quoted(time_column)})"
    return f"(({micros} - CASE WHEN {micros} < 0 THEN 86399999999 ELSE 0 END) // 86400000000)::INTEGER"  # rounds down


def count_days(
    connection: duckdb.DuckDBPyConnection, source: str, *, day: str = "day", condition: str = "true"
) -> list[Day]:
    """Return how many rows there are of each day, in order."""
    query = f"SELECT {day} AS day, count(*) FROM {source} WHERE {condition} GROUP BY ALL ORDER BY ALL"  # noqa: S608 - ours
    return [Day(*row) for row in connection.execute(query).fetchall()]
