"""DuckDB: read_json with the contract's types, COPY to Parquet."""

from __future__ import annotations

from pathlib import Path

import duckdb

from benchmarks.convert.contender import contract, run

_TYPES = {
    "string": "VARCHAR",
    "bigint": "BIGINT",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
    "timestamp": "TIMESTAMPTZ",
    "decimal(38,9)": "DECIMAL(38,9)",
}


def convert(source: Path, target: Path) -> None:
    """Convert one object."""
    columns = ", ".join(f"'{column.name}': '{_TYPES[column.type]}'" for column in contract().ingested)
    read = f"read_json('{source}', format = 'newline_delimited', columns = {{{columns}}})"
    select = f"SELECT *, '{source.name}' AS _src FROM {read}"  # noqa: S608 - paths of ours
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({select}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")


if __name__ == "__main__":
    run(convert)
