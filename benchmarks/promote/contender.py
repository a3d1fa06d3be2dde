"""What the contenders share: their arguments, and what they print."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow.parquet as pq

MEMORY_MB = 1000
"""The cap, in units of 10^6 bytes of resident memory, for those that know one."""

SORTED_BY = ("user_id", "anonymous_id", "event_time")

Promote = Callable[[Sequence[Path], Path], None]


def run(promote: Promote) -> None:
    """Sort the hot files of ``argv[1]`` into the folder ``argv[2]``, and print what `run_contender` reads."""
    paths, target = sorted(Path(sys.argv[1]).glob("*.parquet")), Path(sys.argv[2])
    size = sum(len(path.read_bytes()) for path in paths)  # reads them all, so that nobody waits for the disk
    start = time.perf_counter()
    promote(paths, target)
    seconds = time.perf_counter() - start
    events = sum(pq.read_metadata(path).num_rows for path in paths)
    print(json.dumps({"seconds": seconds, "events": events, "bytes": size}))
