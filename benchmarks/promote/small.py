"""Many small warm files, as an hour each of a quiet lake leaves them: what compaction merges."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.promote.data import write_hot
from benchmarks.promote.ours import GEN, generation
from thermocline.generations import moved

_FILES = 100


def write_small(folder: Path, hot: Path, events: int) -> None:
    """Write events as warm files of a hundredth of them, unless they are there."""
    complete = folder / f"{events}.complete"
    if complete.exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    rows = pq.read_table(write_hot(hot, events))
    each = -(-rows.num_rows // _FILES)
    with tempfile.TemporaryDirectory(dir=folder) as work:
        for number in range(_FILES):
            part = Path(work) / f"{number}.parquet"
            pq.write_table(rows.slice(number * each, each), part)
            written = generation([part], Path(work), gen=moved(GEN, number))
            for index, file in enumerate(written.files):
                Path(file.path).rename(folder / f"{number:03}-{index}.parquet")
    complete.touch()
