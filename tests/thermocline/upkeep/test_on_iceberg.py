"""Compaction, sealing, retention and the orphan sweep on a real table: what other engines read does not change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest
from botocore.exceptions import ClientError

from tests.fakes import HASHER
from tests.fakes.clock import FixedClock
from tests.fakes.emulator import emulator
from tests.fakes.warm import MemoryLeases, MemoryList
from tests.fakes.warm_tables import BUCKET, LosingGlue, WarmTable, row, with_column
from thermocline.adapters.s3_files import S3Files
from thermocline.adapters.s3_listing import S3Listing
from thermocline.adapters.s3_objects import S3Objects
from thermocline.compact.plan import Sizes
from thermocline.compact.use_case import Compact
from thermocline.errors import CommitFailed
from thermocline.ledger import Entry, Suppression
from thermocline.orphans.use_case import Orphans, SweepOrphans
from thermocline.retain.use_case import Retain, Retained
from thermocline.seal.plan import Rules
from thermocline.seal.use_case import Seal, Sealed
from thermocline.warm.model import Change
from thermocline.warm.rows import ParquetRows
from thermocline.warm.work import Work

GENS = [f"2026-11-02-{hour:02}" for hour in range(3)]
AFTER = dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC)
MIB = 1 << 20


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with emulator(tmp_path_factory.mktemp("emulator")) as address:
        yield address


class Bench:
    """A warm table of three generations, with a file for each of their two rows, all of the second of November."""

    def __init__(self, url: str, folder: Path) -> None:
        self.table = WarmTable(url)
        self.glue = LosingGlue(self.table.glue)
        self.table.contract = with_column(self.table.contract, "_src", "string")  # as every table has it
        self.table.catalog = self.table.catalog_with(self.glue, self.table.contract)
        self.table.catalog.ensure(self.table.name)
        self.leases = MemoryLeases()
        self.clock = FixedClock(AFTER)
        self.contracts = {self.table.name: self.table.contract}
        self.rows = ParquetRows(
            files=S3Files(self.table.s3, BUCKET, cold_storage_class="GLACIER_IR"),
            contracts=self.contracts,
            hasher=HASHER,
            schema_of=self.table.catalog.schema_of,
            folder=folder,
            memory_mb=512,
        )
        for gen in GENS:
            self.table.put(gen, self._token(), [4, 6])

    def _token(self) -> int:
        token = self.leases.acquire(self.table.name)
        self.leases.release(self.table.name, token)
        return token

    @property
    def files(self) -> int:
        return len(self.table.catalog.files(self.table.catalog.load(self.table.name)))

    def compact(self) -> int:
        run = Compact(
            ledger=MemoryList(),
            leases=self.leases,
            catalog=self.table.catalog,
            rewriter=self.rows,
            objects=S3Objects(self.table.s3, BUCKET),
            contracts=self.contracts,
            clock=self.clock,
            sizes=Sizes(small_bytes=64 * MIB, least_files=2, most_bytes=1024 * MIB),
        )
        return run(self.table.name).read

    def seal(self, retention_days: int | None = None) -> Sealed:
        contract = msgspec.structs.replace(self.table.contract, retention_days=retention_days)
        run = Seal(
            ledger=MemoryList(),
            leases=self.leases,
            catalog=self.table.catalog,
            rewriter=self.rows,
            contracts={self.table.name: contract},
            clock=self.clock,
            rules=Rules(late=dt.timedelta(days=30), small_bytes=256 * MIB, most_bytes=1024 * MIB),
        )
        return run(self.table.name)

    def parquet(self) -> list[str]:
        """Return the data files that there are, whether the table names them or not."""
        return [key for key in self.table.object_keys() if key.endswith(".parquet")]

    def classes(self) -> set[str]:
        """Return the storage classes of the table's files."""
        files = self.table.catalog.files(self.table.catalog.load(self.table.name))
        classes = {each.key: each.storage_class for each in S3Listing(self.table.s3, BUCKET).list("warm/")}
        return {classes[file.path.removeprefix(f"s3://{BUCKET}/")] for file in files}

    def retain(self, days: int | None, *, raw_days: int = 180) -> Retained:
        contract = msgspec.structs.replace(self.table.contract, retention_days=days)
        run = Retain(
            ledger=MemoryList(),
            leases=self.leases,
            catalog=self.table.catalog,
            rewriter=self.rows,
            contracts={self.table.name: contract},
            clock=self.clock,
            raw_days=raw_days,
        )
        return run(self.table.name)

    def sweep(self) -> Orphans:
        run = SweepOrphans(
            objects=S3Objects(self.table.s3, BUCKET),
            references=self.table.catalog,
            ledger=NoEntries(),
            contracts=self.contracts,
            clock=lambda: dt.datetime.now(dt.UTC),
            safe_age=dt.timedelta(seconds=-5),
        )
        return run(self.table.name, dry_run=False)


class NoEntries:
    """A ledger without entries."""

    def entries(self, stream: str, gen: str) -> Sequence[Entry]:
        return ()


@pytest.fixture
def bench(url: str, tmp_path: Path) -> Bench:
    return Bench(url, tmp_path)


@pytest.mark.parametrize("failure", [None, "before", "after"])
def test_compaction_changes_files_and_no_row(bench: Bench, failure: str | None) -> None:
    rows, files = bench.table.rows(), bench.files
    bench.glue.failure = failure
    assert bench.compact() == files == 6
    assert bench.files == 1
    assert bench.table.rows() == rows
    assert bench.compact() == 0


def test_a_commit_in_flight_that_lands_after_it_was_made_again_is_refused(bench: Bench) -> None:
    rows = bench.table.rows()
    bench.glue.failure = "late"
    assert bench.compact() == 6
    with pytest.raises(ClientError, match="ConcurrentModificationException"):
        bench.glue.arrive()
    assert bench.table.rows() == rows


def test_a_merged_file_may_hold_each_of_its_generations(bench: Bench) -> None:
    bench.compact()
    base = bench.table.catalog.load(bench.table.name)
    (merged,) = bench.table.catalog.files(base)
    assert (merged.first_gen, merged.last_gen) == (GENS[0], GENS[-1])
    assert all(bench.table.catalog.files(base, gen=gen) == [merged] for gen in GENS)


def test_retention_removes_old_rows_only(bench: Bench) -> None:
    """Rows 4 and 6 are of 2 November; row 2 is of the first."""
    bench.table.put("2026-11-02-03", bench._token(), [2])
    kept = [known for known in bench.table.rows() if known[1] != "e0002"]
    bench.compact()
    bench.glue.failure = "after"
    assert bench.retain(days=1).rows == 1
    assert bench.table.rows() == kept
    assert bench.retain(days=1).rows == 0


def test_old_identities_leave_the_index(bench: Bench) -> None:
    bench.clock.advance(days=10)
    bench.table.put("2026-11-13-10", bench._token(), [5])
    bench.glue.failure = "after"
    assert bench.retain(days=None, raw_days=5).forgotten == len(GENS)
    assert bench.table.catalog.load(bench.table.name).ids.keys() == {"2026-11-13-10"}


def test_the_orphan_sweep_leaves_a_table_that_is_read_as_before(bench: Bench) -> None:
    rows = bench.table.rows()
    bench.compact()
    orphan = bench.table.write(GENS[0], [row(9)])
    before = bench.table.object_keys()
    swept = bench.sweep()
    assert orphan.path.removeprefix(f"s3://{BUCKET}/") in swept.keys
    assert bench.table.object_keys() == before - set(swept.keys)
    assert bench.table.rows() == rows
    assert bench.sweep().keys == ()


def test_the_files_of_a_snapshot_go_with_it(bench: Bench) -> None:
    rows = bench.table.rows()
    bench.compact()
    old = bench.parquet()
    bench.clock.advance(days=40_000)  # snapshots have the time of the machine
    bench.compact()
    assert (len(old), len(bench.parquet())) == (7, 1)
    assert bench.table.rows() == rows
    assert not {key for key in bench.sweep().keys if "/metadata/" not in key}, "nothing is left to the orphan sweep"


@pytest.mark.parametrize("failure", ["before", "after"])
def test_an_expiry_that_may_not_have_landed_deletes_nothing(bench: Bench, failure: str) -> None:
    bench.compact()
    old = bench.table.object_keys()
    bench.clock.advance(days=40_000)
    bench.glue.failure = failure
    with pytest.raises(CommitFailed):
        bench.compact()
    assert old <= bench.table.object_keys()
    bench.compact()
    bench.sweep()
    assert len(bench.parquet()) == 1


@pytest.mark.parametrize("failure", [None, "before", "after"])
def test_a_closed_month_is_sealed_once_and_reads_as_before(bench: Bench, failure: str | None) -> None:
    rows = bench.table.rows()
    assert bench.seal() == Sealed(table=bench.table.name)
    bench.clock.advance(days=58)
    bench.glue.failure = failure
    assert bench.seal() == Sealed(table=bench.table.name, read=6, written=1, rows=6)
    (sealed,) = bench.table.catalog.files(bench.table.catalog.load(bench.table.name))
    assert sealed.sealed
    assert bench.classes() == {"GLACIER_IR"}
    assert bench.table.rows() == rows
    assert bench.seal() == Sealed(table=bench.table.name)


def test_rows_that_retention_keeps_of_a_sealed_file_are_warm_again_and_stay_so(bench: Bench) -> None:
    bench.table.put("2026-11-02-03", bench._token(), [2, 20])
    bench.clock.advance(days=58)
    bench.seal()
    assert bench.retain(days=58).rows == 7
    assert bench.classes() == {"STANDARD"}
    assert bench.seal(retention_days=58) == Sealed(table=bench.table.name)


def test_a_generation_that_is_replaced_leaves_the_rest_of_a_sealed_file_sealed(bench: Bench) -> None:
    bench.clock.advance(days=58)
    bench.seal()
    rows = [known for known in bench.table.rows() if known[0] != GENS[1]]
    base = bench.table.catalog.load(bench.table.name)
    rest = tuple(bench.table.catalog.files(base, gen=GENS[1]))
    work = Work(table=bench.table.name, gen=GENS[1], hot=(), earlier=(), rest=rest, suppression=Suppression())
    written = bench.rows.write(work)
    change = Change(token=bench._token(), gens=(GENS[1],), add=written.files, remove=rest, ids={GENS[1]: written.ids})
    bench.table.catalog.commit(base, change)
    assert bench.table.rows() == rows
    assert bench.classes() == {"GLACIER_IR"}
