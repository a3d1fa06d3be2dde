"""DuckDB: COPY … ORDER BY under the same cap, twins and all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from benchmarks.promote.contender import MEMORY_MB, SORTED_BY, run

_RESIDENT_PER_LIMIT = 1.4
TWINS = "QUALIFY row_number() OVER (PARTITION BY source, event_id, fingerprint ORDER BY received_at, _src) = 1"


def copy(paths: Sequence[Path], target: Path, *, only: str = "") -> None:
    """Sort all rows into one file."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{int(MEMORY_MB / _RESIDENT_PER_LIMIT)}MB",
        "temp_directory": str(target / "spilled"),
        "preserve_insertion_order": False,
    }
    query = f"""
        COPY (
            SELECT * FROM read_parquet({list(map(str, paths))}) {only}
            ORDER BY epoch_us(event_time) // 86400000000, {", ".join(SORTED_BY)}
        ) TO '{target / "sorted.parquet"}' (FORMAT parquet, COMPRESSION zstd)
    """  # noqa: S608 - paths of ours
    with duckdb.connect(config=settings) as connection:
        connection.execute(query)


if __name__ == "__main__":
    run(copy)
