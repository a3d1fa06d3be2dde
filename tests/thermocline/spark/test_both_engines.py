"""The function and Spark make the same of the same work, and each replaces what the other wrote."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import HASHER
from tests.fakes.emulator import emulator
from thermocline.ledger import Suppression

pytest.importorskip("pyspark")

from tests.fakes.spark import session
from tests.thermocline.spark.lake import TwoEngines, some_row

pytestmark = [
    pytest.mark.nightly,
    pytest.mark.timeout(900),
    pytest.mark.filterwarnings("ignore:distutils Version classes:DeprecationWarning"),  # PySpark 3.5's own
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # sockets to Java
]

GENS = ("2026-11-22-10", "2026-11-22-11", "2026-11-22-12")


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Any, Path]]:
    folder = tmp_path_factory.mktemp("lake")
    (folder / "emulator").mkdir()
    with emulator(folder / "emulator") as url:
        spark = session(url, folder / "warehouse")
        yield url, spark, folder
        spark.stop()


def put_hot(lake: Any, gen: str, rnd: random.Random) -> list[str]:
    keys = []
    for number in range(rnd.randrange(4)):
        key = f"hot/{lake.contract.name}/gen={gen}/{rnd.getrandbits(64):016x}.parquet"
        rows = [some_row(rnd) | {"_src": f"raw/{rnd.randrange(2)}"} for _ in range(rnd.randrange(12))]
        old = ("share", "properties", "person") if rnd.random() < 0.3 else ()
        keys.append(lake.put_hot(key, rows, narrow=number % 2 == 1, without=old))
    rnd.shuffle(keys)
    return keys


@pytest.mark.parametrize("seed", range(5))
def test_rows_ids_and_counts_are_the_same(engines: tuple[str, Any, Path], seed: int) -> None:
    url, spark, folder = engines
    rnd = random.Random(seed)
    name = "quarantine" if seed == 4 else f"trial{seed}"
    lake = TwoEngines(url, spark, folder / "work", name)
    for gen in (*GENS, GENS[0], GENS[1]):
        keys = put_hot(lake, gen, rnd)
        subjects = rnd.sample([("person", "v1"), ("person", "é\x1f"), ("total", 7)], rnd.randrange(3))
        digests = frozenset(HASHER.digest(*each) for each in subjects)
        work = lake.work(gen, keys, Suppression(version=1, subjects=digests))
        ours, theirs = lake.ours.write(work), lake.spark.write(work)
        assert lake.rows(theirs.files) == lake.rows(ours.files)
        assert lake.ids(theirs.ids) == lake.ids(ours.ids)
        assert (theirs.read, theirs.kept, theirs.dropped, theirs.suppressed) == (
            ours.read, ours.kept, ours.dropped, ours.suppressed,
        )  # fmt: skip
        assert all(file.holds_only(gen) or not file.holds(gen) for file in theirs.files)
        assert {file.sealed for file in theirs.files} == {file.sealed for file in ours.files}
        lake.commit(gen, rnd.choice([ours, theirs]))
        if gen == GENS[-1]:
            lake.merge(sealed=seed % 2 == 1)
    scanned = lake.catalog.load(name).handle.table.scan().to_arrow().num_rows
    assert scanned == len(lake.rows(lake.catalog.files(lake.catalog.load(name))))
