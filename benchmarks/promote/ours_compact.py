"""Ours: merges small warm files into few, sorted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from benchmarks.promote.contender import run
from benchmarks.promote.data import CONTRACT
from benchmarks.promote.ours import GEN, rows
from thermocline.warm.model import WarmFile

_DAY = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)


def compact(paths: Sequence[Path], target: Path) -> None:
    """Merge all files."""
    files = [
        WarmFile(path=str(path), rows=0, bytes=0, first_gen=GEN, last_gen=GEN, first_time=_DAY, last_time=_DAY)
        for path in paths
    ]
    rows(target).merge(CONTRACT.name, files)


if __name__ == "__main__":
    run(compact)
