"""Our convert use case with and without three typed columns, in turn on the same objects."""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

from benchmarks.convert.contender import contract
from benchmarks.convert.data import EVENTS_PER_OBJECT
from benchmarks.convert.ours import convert_with
from thermocline.contracts import load_contracts

ROUNDS = 15


def main(which: str, source: Path, target: Path) -> None:
    """Print what `run_contender` reads: the median time of an object, ``with`` or ``without`` typed columns.

    Both are measured in every run, one after the other, so that a busy machine slows down both.
    """
    path = min(source.glob("*.ndjson"))
    contracts = {"with": load_contracts()["clickstream"], "without": contract()}
    seconds: dict[str, list[float]] = {name: [] for name in contracts}
    processor: dict[str, list[float]] = {name: [] for name in contracts}
    for _ in range(ROUNDS):
        for name, clickstream in contracts.items():
            start, processor_start = time.perf_counter(), time.process_time()
            convert_with(clickstream, path, target / f"{path.stem}.parquet")
            seconds[name].append(time.perf_counter() - start)
            processor[name].append(time.process_time() - processor_start)
    print(f"typed columns cost {_cost(seconds):.1%} by the clock, {_cost(processor):.1%} of processor", file=sys.stderr)
    median = statistics.median(seconds[which][1:])
    print(json.dumps({"seconds": median, "events": EVENTS_PER_OBJECT, "bytes": path.stat().st_size}))


def _cost(seconds: dict[str, list[float]]) -> float:
    return statistics.median(seconds["with"][1:]) / statistics.median(seconds["without"][1:]) - 1


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
