"""polars: a lazy scan, sorted by its streaming engine; it knows no cap."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from benchmarks.promote.contender import SORTED_BY, run


def promote(paths: Sequence[Path], target: Path) -> None:
    """Sort all rows into one file."""
    rows = pl.scan_parquet(list(paths)).sort(pl.col("event_time").dt.date(), *SORTED_BY)
    rows.sink_parquet(target / "sorted.parquet", compression="zstd")


if __name__ == "__main__":
    run(promote)
