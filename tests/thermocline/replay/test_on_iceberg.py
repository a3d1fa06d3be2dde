"""Replays on Iceberg, Glue and S3 as the emulator plays them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.fakes.emulator import client, emulator
from tests.fakes.warm_tables import LosingGlue
from tests.thermocline.replay.lake import BIG, GENS, TABLE, ReplayLake, drive, line
from thermocline.adapters.iceberg import IcebergCatalog
from thermocline.adapters.s3 import S3Store
from thermocline.adapters.s3_files import S3Files
from thermocline.adapters.s3_objects import S3Objects
from thermocline.adapters.s3_parquet import S3ParquetCounts
from thermocline.streams import QUARANTINE

BUCKET = "replayed"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with emulator(tmp_path_factory.mktemp("emulator")) as address:
        yield address


class S3Bucket:
    """The lake bucket, by all adapters that a replay has for it."""

    def __init__(self, s3: Any) -> None:
        s3.create_bucket(Bucket=BUCKET)
        self._s3 = s3
        self._adapters = (S3Store(s3, BUCKET), S3Files(s3, BUCKET), S3Objects(s3, BUCKET), S3ParquetCounts(s3, BUCKET))

    def __getattr__(self, name: str) -> Any:
        return next(getattr(adapter, name) for adapter in self._adapters if hasattr(adapter, name))

    def read(self, key: str) -> pa.Table:
        return pq.read_table(io.BytesIO(self._s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()))


class IcebergLake(ReplayLake):
    """The same lake over the emulator."""

    def __init__(self, url: str, folder: Path) -> None:
        self.s3 = client("s3", url)
        self.glue = LosingGlue(client("glue", url))
        super().__init__(folder)

    def make_bucket(self) -> Any:
        return S3Bucket(self.s3)

    def make_tables(self) -> Any:
        self.glue.create_database(DatabaseInput={"Name": BUCKET})
        contracts = self.contracts(wide=True)
        catalog = IcebergCatalog(glue=self.glue, s3=self.s3, bucket=BUCKET, database=BUCKET, contracts=contracts)
        for table in contracts:
            catalog.ensure(table)
        return catalog


def test_a_replay_whose_commits_fail_in_every_way_replaces_each_row_once(url: str, tmp_path: Path) -> None:
    lake = IcebergLake(url, tmp_path / "lake")
    a = lake.arrive(GENS[0], "a", [line("x", quantity=BIG), line("z")])
    b = lake.arrive(GENS[1], "b", [line("x"), line("y", quantity=BIG)])
    lake.promote()
    lake.compact(TABLE)
    lake.compact(QUARANTINE)
    assert [row[:3] for row in lake.rows(TABLE)] == [(GENS[0], "z", a), (GENS[1], "x", b)]
    drive(lake, GENS[0], GENS[1], dry=True)
    assert [row[:3] for row in lake.rows(TABLE)] == [(GENS[0], "z", a), (GENS[1], "x", b)]
    lake.glue.failure = "after"
    drive(lake, GENS[0], GENS[0])
    lake.glue.failure = "before"
    drive(lake, GENS[1], GENS[1])
    assert lake.rows(TABLE) == [(GENS[0], "x", a, BIG), (GENS[0], "z", a, 1), (GENS[1], "y", b, BIG)]
    assert lake.rows(QUARANTINE) == []
    assert lake.books_balance()
    assert lake.claims.owners.keys() == {a, b}
    assert list(lake.bucket.keys("replay/")) == []
