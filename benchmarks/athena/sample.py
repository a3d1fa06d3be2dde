"""ClickBench's table `hits` as Parquet files in the user's cache, made once for each number of rows."""

import os
from collections.abc import Callable
from pathlib import Path

import duckdb

_FILE_ROWS = 1_000_000
_HIVE = {
    "BIGINT": "bigint",
    "INTEGER": "int",
    "SMALLINT": "smallint",
    "VARCHAR": "string",
    "TIMESTAMP": "timestamp",
    "DATE": "date",
}


def made(rows: int, say: Callable[[str], None]) -> list[Path]:
    """Return the files of a table with this many rows, made when they are not in the cache."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = base / "thermocline" / f"hits-{rows}"
    folder.mkdir(parents=True, exist_ok=True)
    connection = _generator()
    files = [folder / f"{first:09}.parquet" for first in range(0, rows, _FILE_ROWS)]
    for number, file in enumerate(files):
        if not file.exists():
            say(f"writing file {number + 1} of {len(files)}")
            _write(connection, file, number * _FILE_ROWS, min((number + 1) * _FILE_ROWS, rows), rows)
    return files


def columns() -> list[tuple[str, str]]:
    """Return the columns with Hive's types."""
    described = _generator().execute("DESCRIBE SELECT * FROM hits(0, 1, 1)").fetchall()
    return [(name.lower(), _HIVE[type_]) for name, type_, *_ in described]


def _generator() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "1GB"})
    connection.execute("SET enable_progress_bar = false")
    connection.execute(Path(__file__).with_name("hits.sql").read_text(encoding="utf-8"))
    return connection


def _write(connection: duckdb.DuckDBPyConnection, file: Path, first: int, last: int, rows: int) -> None:
    partial = file.with_suffix(".partial")
    numbered = connection.sql("SELECT * FROM hits(?, ?, ?)", params=[first, last, max(rows // 6, 1)])
    numbered.write_parquet(str(partial), compression="zstd")
    partial.rename(file)
