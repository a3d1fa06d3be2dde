"""Generations in a row, each with the identities of the 24 before it: is the last as quick as the first."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.promote.ours import GEN, generation
from thermocline.generations import moved
from thermocline.promote.ports import Written
from thermocline.promote.use_case import WINDOW_HOURS

_EDGE = 20


def _nowhere(_gen: str, _written: Written) -> None:
    """Leave a generation where it is."""


def seconds_each(paths: Sequence[Path], target: Path, commit: Callable[[str, Written], None] = _nowhere) -> list[float]:
    """Return how long each generation took; each has the rows of one hot file.

    Parameters
    ----------
    commit
        Puts a generation into a table.
    """
    ids: list[str] = []
    taken = []
    for number, path in enumerate(paths):
        gen, start = moved(GEN, number), time.perf_counter()
        with tempfile.TemporaryDirectory(dir=target) as folder:
            written = generation([path], Path(folder), gen=gen, earlier=ids[-WINDOW_HOURS:])
            commit(gen, written)
            ids.append(str((Path(folder) / written.ids).rename(target / f"{gen}.parquet")))
        taken.append(time.perf_counter() - start)
    return taken


def growth(taken: Sequence[float], window: int = WINDOW_HOURS) -> float:
    """Return how many times as long the last generations took as the first that had a whole window before them."""
    full = taken[window:] if len(taken) > window + 1 else taken
    edge = min(_EDGE, max(1, len(full) // 2))
    return statistics.median(full[-edge:]) / statistics.median(full[:edge])
