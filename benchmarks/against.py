"""``python -m benchmarks.against ../other``: measures this checkout and another one, in turn.

A machine's speed changes from minute to minute, so each round measures both, and the ratio is that of their medians.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.convert import data
from benchmarks.measure import ROOT, Figures, run_contender

ROUNDS = 5


def ingest(root: Path) -> Figures:
    """Measure the ingest use case of a checkout."""
    return run_contender("benchmarks.ingest.ours", root=root)


def convert(root: Path) -> Figures:
    """Measure the convert use case of a checkout, on the objects of this one."""
    source = ROOT / ".lake" / "bench"
    data.write_objects(source)
    with tempfile.TemporaryDirectory(dir=ROOT / ".lake") as target:
        return run_contender("benchmarks.convert.ours", str(source), target, root=root)


MEASURES: dict[str, Callable[[Path], Figures]] = {"ingest": ingest, "convert": convert}


def ratio(measure: Callable[[Path], Figures], other: Path, rounds: int) -> float:
    """Return this checkout's throughput over the other one's; above 1, this one is faster."""
    pairs = [(measure(ROOT).events_per_s, measure(other).events_per_s) for _ in range(rounds)]
    ours, theirs = zip(*pairs, strict=True)
    quotient: float = statistics.median(ours) / statistics.median(theirs)
    return quotient


def main(argv: Sequence[str]) -> None:
    """Print the ratio of each benchmark, of all of them when none is named."""
    other, *names = argv
    for name in names or MEASURES:
        print(f"{name}: {ratio(MEASURES[name], Path(other).resolve(), ROUNDS):.2f} x the other's events/s", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
