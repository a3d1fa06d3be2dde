"""What the contenders share: their arguments, and what they print."""

from __future__ import annotations

import itertools
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from benchmarks.convert.data import EVENTS
from thermocline.contracts import Contract, load_contracts

_WARM_UP_EVENTS = 1_000

Convert = Callable[[Path, Path], None]


def contract() -> Contract:
    """Return the contract of the events without typed columns, which no peer fills."""
    clickstream = load_contracts()["clickstream"]
    columns = tuple(column for column in clickstream.columns if column.path is None)
    return msgspec.structs.replace(clickstream, columns=columns)


def _warm_up(convert: Convert, source: Path, target: Path) -> None:
    """Convert a few events, so that imports and caches, which cost a function once, are not measured."""
    with tempfile.TemporaryDirectory(dir=target) as folder:
        few = Path(folder) / "few.ndjson"
        with source.open("rb") as lines:
            few.write_bytes(b"".join(itertools.islice(lines, _WARM_UP_EVENTS)))
        convert(few, few.with_suffix(".parquet"))


def run(convert: Convert) -> None:
    """Convert every object of ``argv[1]`` into ``argv[2]``, and print what `run_contender` reads."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    objects = sorted(source.glob("*.ndjson"))
    _warm_up(convert, objects[0], target)
    size = sum(len(path.read_bytes()) for path in objects)  # reads them all, so that no conversion waits for the disk
    start = time.perf_counter()
    for path in objects:
        convert(path, target / f"{path.stem}.parquet")
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "events": EVENTS, "bytes": size}))
