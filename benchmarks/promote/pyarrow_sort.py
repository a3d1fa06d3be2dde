"""pyarrow: everything in memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.promote.contender import SORTED_BY, run


def promote(paths: Sequence[Path], target: Path) -> None:
    """Sort all rows into one file."""
    table = pa.concat_tables([pq.read_table(path) for path in paths])
    day: Any = pc.floor_temporal(table["event_time"], unit="day")
    keys: Any = [(name, "ascending") for name in ("day", *SORTED_BY)]
    order = pc.sort_indices(table.select(list(SORTED_BY)).append_column("day", day), sort_keys=keys)
    with pq.ParquetWriter(target / "sorted.parquet", table.schema, compression="zstd") as writer:
        for start in range(0, table.num_rows, 128 * 1024):  # take of all at once overflows the offsets of texts
            writer.write_table(table.take(order.slice(start, 128 * 1024)))


if __name__ == "__main__":
    run(promote)
