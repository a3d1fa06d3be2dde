"""``python -m benchmarks.promote``: growth from a tenth of the rows, generations in a row, bytes that queries read."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from benchmarks.measure import ROOT, run_contender
from benchmarks.promote.data import write_hot
from benchmarks.promote.many import growth, seconds_each
from benchmarks.promote.ours import generation
from benchmarks.promote.scanned import QUERIES, TWINS, scanned


def main() -> None:
    """Print all three."""
    events = int(os.environ.get("ROWS") or 10_000_000)
    folder = ROOT / ".lake"
    few, many = (folder / name for name in ("bench-promote-tenth", "bench-promote"))
    write_hot(few, events // 10)
    paths = write_hot(many, events)
    seconds = {source: _seconds(source, folder) for source in (few, many)}
    print(f"ten times the rows take {10 * seconds[many] / seconds[few]:.1f} times as long")
    with tempfile.TemporaryDirectory(dir=folder) as target:
        taken = seconds_each(paths, Path(target))
        print(f"{len(taken)} generations: the last take {growth(taken):.2f} times as long as the first")
    with tempfile.TemporaryDirectory(dir=folder) as target:
        warm = [Path(file.path) for file in generation(paths[: len(paths) // 2], Path(target)).files]
        hot = paths[: len(paths) // 2]
        twins = 2 * scanned(hot, TWINS)
        for query, columns in QUERIES.items():
            bare, less = scanned(hot, columns), scanned(warm, columns)
            print(
                f"{query}: of hot {bare / 1e6:.1f} MB, {(bare + twins) / 1e6:.1f} through the view; of warm "
                f"{less / 1e6:.1f}: {bare / less:.2f} and {(bare + twins) / less:.2f} times less"
            )


def _seconds(source: Path, folder: Path) -> float:
    """Return the seconds per event."""
    with tempfile.TemporaryDirectory(dir=folder) as target:
        return 1 / run_contender("benchmarks.promote.ours", str(source), target).events_per_s


if __name__ == "__main__":
    main()
