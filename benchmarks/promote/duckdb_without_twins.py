"""DuckDB: the same with a window that leaves out twins, as ours does."""

from __future__ import annotations

from functools import partial

from benchmarks.promote.contender import run
from benchmarks.promote.duckdb_copy import TWINS, copy

if __name__ == "__main__":
    run(partial(copy, only=TWINS))
