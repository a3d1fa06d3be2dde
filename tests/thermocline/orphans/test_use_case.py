"""The orphan sweep deletes what is old and referred to by nothing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import pytest

from tests.fakes.clock import NOW, FixedClock
from thermocline.contracts import load_contracts
from thermocline.errors import ReferencesMissing, UnknownStream
from thermocline.ledger import Entry, HotFile
from thermocline.orphans.ports import FoundObject
from thermocline.orphans.use_case import Orphans, SweepOrphans

TABLE = "clickstream"
GEN = "2026-11-10-10"
DATA = "warm/clickstream/data/2026-11/a.parquet"
METADATA = "warm/clickstream/metadata/00001.metadata.json"
IDS = f"ids/clickstream/gen={GEN}/a.parquet"
HOT = f"hot/clickstream/gen={GEN}/a.parquet"


class Bench:
    """The sweep's surroundings: bucket, table and ledger in memory. `between` happens after the bucket was listed."""

    def __init__(self) -> None:
        self.stored: dict[str, FoundObject] = {}
        self.references = {METADATA}
        self.named: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.between: Callable[[], object] = lambda: None
        self.store(METADATA)
        self._sweep = SweepOrphans(
            objects=self,
            references=self,
            ledger=self,
            contracts=load_contracts(),
            clock=FixedClock(),
            safe_age=dt.timedelta(days=3),
        )

    def store(self, key: str, *, hours: float = 1000) -> str:
        written = NOW - dt.timedelta(hours=hours)
        self.stored[key] = FoundObject(key=key, bytes=10, last_modified=written)
        return key

    def sweep(self, table: str = TABLE, *, dry_run: bool = False) -> Orphans:
        return self._sweep(table, dry_run=dry_run)

    # ports

    def objects(self, prefix: str) -> Iterator[FoundObject]:
        yield from [found for key, found in sorted(self.stored.items()) if key.startswith(prefix)]
        if prefix.startswith("hot/"):
            self.between()

    def delete(self, keys: Sequence[str]) -> None:
        for key in keys:
            del self.stored[key]

    def referenced(self, table: str) -> set[str]:
        return set(self.references)

    def entries(self, stream: str, gen: str) -> Sequence[Entry]:
        return [
            Entry(
                raw_key=f"raw/{key}",
                stream=stream,
                gen=gen,
                status="done",
                token="t",
                files=(
                    HotFile(table="quarantine" if key.startswith("quarantine/") else stream, key=key, rows=1, bytes=1),
                ),
            )
            for key in self.named[stream, gen]
        ]


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.mark.parametrize("key", [DATA, IDS, HOT, "warm/clickstream/metadata/00000.metadata.json"])
def test_what_nothing_refers_to_is_deleted(bench: Bench, key: str) -> None:
    bench.store(key)
    assert bench.sweep() == Orphans(table=TABLE, listed=2, keys=(key,), bytes=10, deleted=True)
    assert set(bench.stored) == {METADATA}


def test_a_dry_run_is_the_default_and_deletes_nothing(bench: Bench) -> None:
    bench.store(DATA)
    assert bench._sweep(TABLE) == Orphans(table=TABLE, listed=2, keys=(DATA,), bytes=10, deleted=False)
    assert set(bench.stored) == {METADATA, DATA}


@pytest.mark.parametrize("key", [DATA, IDS])
def test_what_the_table_refers_to_stays(bench: Bench, key: str) -> None:
    bench.references.add(bench.store(key))
    assert bench.sweep().keys == ()


def test_what_the_ledger_names_stays(bench: Bench) -> None:
    bench.named[TABLE, GEN].append(bench.store(HOT))
    assert bench.sweep().keys == ()


def test_what_is_young_stays_because_its_commit_may_be_under_way(bench: Bench) -> None:
    young = [bench.store(key, hours=71.9) for key in (DATA, IDS, HOT)]
    assert bench.sweep().keys == ()
    assert set(bench.stored) == {METADATA, *young}


def test_what_is_committed_while_the_bucket_is_listed_stays(bench: Bench) -> None:
    bench.store(DATA)
    bench.store(HOT)

    def both_are_committed() -> None:
        bench.references.add(DATA)
        bench.named[TABLE, GEN].append(HOT)

    bench.between = both_are_committed
    assert bench.sweep().keys == ()


def test_quarantine_is_named_by_entries_of_every_stream(bench: Bench) -> None:
    key = bench.store(f"quarantine/gen={GEN}/a.parquet")
    orphan = bench.store(f"quarantine/gen={GEN}/b.parquet")
    bench.named["telemetry", GEN].append(key)
    assert bench.sweep("quarantine").keys == (orphan,)


def test_other_tables_and_levels_are_not_looked_at(bench: Bench) -> None:
    keys = (
        "warm/clickstream2/a",
        "warm/telemetry/a",
        "hot/telemetry/gen=x/a",
        "raw/clickstream/a",
        "hot/clickstream/note",
    )
    for key in keys:
        bench.store(key)
    assert bench.sweep().keys == ()


def test_a_table_that_refers_to_nothing_is_not_swept(bench: Bench) -> None:
    bench.store(DATA)
    bench.references.clear()
    with pytest.raises(ReferencesMissing, match="restore it before you sweep"):
        bench.sweep()
    assert DATA in bench.stored


def test_a_table_without_a_contract_is_refused(bench: Bench) -> None:
    with pytest.raises(UnknownStream):
        bench.sweep("nothing")
