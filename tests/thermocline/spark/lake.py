"""A warm table that both engines write: each work is given to both, and the rows of one of them are committed."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from tests.fakes import HASHER
from tests.fakes.emulator import client
from tests.fakes.warm_tables import trial
from thermocline.adapters.iceberg import IcebergCatalog
from thermocline.adapters.iceberg_staging import IcebergStaging
from thermocline.adapters.s3_files import S3Files
from thermocline.adapters.s3_parquet import S3ParquetCounts
from thermocline.contracts import Column, Contract
from thermocline.contracts.arrow import stored_schema
from thermocline.ledger import Suppression
from thermocline.spark.rows import SparkRows
from thermocline.warm.model import Change, WarmFile
from thermocline.warm.rows import ParquetRows
from thermocline.warm.work import Work, Written

BUCKET, DATABASE = "spark-lake", "sparklake"
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
_TIMES = (
    NOON,
    NOON + dt.timedelta(microseconds=1),
    NOON - dt.timedelta(days=1),
    NOON - dt.timedelta(days=40),
    dt.datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=dt.UTC),
)
Row = dict[str, Any]


def contract_of(name: str, *, clicks: str = "bigint") -> Contract:
    """Return a contract with a column of every type, and those that decide about twins."""
    made = trial(name, sorted_by=("person", "clicks"), erasure_keys=("person", "total"))
    more = [
        Column(name=column, description=column, type=type_, classification="internal", required=column != "received_at")
        for column, type_ in {
            "source": "string",
            "fingerprint": "bigint",
            "received_at": "timestamp",
            "_src": "string",
        }.items()
    ]
    *columns, gen = made.columns
    columns = [msgspec.structs.replace(each, type=clicks) if each.name == "clicks" else each for each in columns]
    return msgspec.structs.replace(made, columns=(*columns, *more, gen))


def some_row(rnd: random.Random) -> Row:
    """Return a row; few values, so that twins are many, and a null now and then wherever one may be."""
    optional = {
        "person": rnd.choice(["", "v1", "v'2", "é\x1f"]),
        "clicks": rnd.choice([-(2**31), 0, 2**31 - 1]),
        "total": rnd.choice([-(2**63), 7, 2**63 - 1]),
        "share": rnd.choice([0.1, -0.0, 1e300, float("inf")]),
        "is_bot": rnd.random() < 0.5,
        "day": rnd.choice([dt.date(2026, 11, 1), dt.date(1582, 10, 4), dt.date(9999, 12, 31)]),
        "revenue": rnd.choice([Decimal("1e-9"), Decimal("-1e28"), Decimal(0)]),
        "properties": rnd.choice(["{}", '{"ä": "\\u0000"}']),
        "received_at": NOON + dt.timedelta(microseconds=rnd.randrange(3)),
    }
    return {name: None if rnd.random() < 0.15 else value for name, value in optional.items()} | {
        "event_id": rnd.choice(["a", "b", "c", "d", "e'\x1f", "é"]),
        "event_time": rnd.choice(_TIMES),
        "source": rnd.choice(["shop", "app"]),
        "fingerprint": rnd.choice([1, -1]),
    }


class TwoEngines:
    """A warm table of its own, and the rows of the function and of Spark over it."""

    def __init__(self, url: str, spark: Any, folder: Path, name: str) -> None:
        self.s3, self.glue = client("s3", url), client("glue", url)
        if BUCKET not in [each["Name"] for each in self.s3.list_buckets()["Buckets"]]:
            self.s3.create_bucket(Bucket=BUCKET)
            self.glue.create_database(DatabaseInput={"Name": DATABASE})
        self.contract = contract_of(name)
        contracts = {name: self.contract}
        self.catalog = IcebergCatalog(glue=self.glue, s3=self.s3, bucket=BUCKET, database=DATABASE, contracts=contracts)
        IcebergCatalog(
            glue=self.glue,
            s3=self.s3,
            bucket=BUCKET,
            database=DATABASE,
            contracts={name: contract_of(name, clicks="int")},
        ).ensure(name)
        self.catalog.ensure(name)  # the ids of its columns are not in their order, and one is wider than it was
        files = S3Files(self.s3, BUCKET)
        folder.mkdir(parents=True, exist_ok=True)
        self.ours = ParquetRows(
            files=files,
            contracts=contracts,
            schema_of=self.catalog.schema_of,
            hasher=HASHER,
            folder=folder,
            memory_mb=300,
        )
        self.spark = SparkRows(
            spark=spark,
            warehouse=folder.parent / "warehouse",
            root=f"s3://{BUCKET}",
            files=files,
            footers=S3ParquetCounts(self.s3, BUCKET),
            staging=IcebergStaging(
                metadata_of=lambda table: self.catalog.load(table).handle.table.metadata,
                data_of=lambda table: f"s3://{BUCKET}/warm/{table}/data",
                contracts=contracts,
            ),
            contracts=contracts,
            schema_of=self.catalog.schema_of,
            others=self.ours.others,
            secret=HASHER._secret,
        )
        self._name = name
        self._tokens = 0

    def put_hot(self, key: str, rows: Sequence[Row], *, narrow: bool = False, without: Sequence[str] = ()) -> str:
        """Put a hot file; `narrow` has whole numbers of 32 bits, as before a column was widened."""
        schema = stored_schema(contract_of(self._name, clicks="int" if narrow else "bigint"))
        schema = pa.schema([field for field in schema if field.name not in without])
        sink = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), sink)
        self.s3.put_object(Bucket=BUCKET, Key=key, Body=sink.getvalue())
        return key

    def work(self, gen: str, hot: Sequence[str], suppression: Suppression) -> Work:
        """Return what promotion asks of an engine, by the table as it is."""
        base = self.catalog.load(self._name)
        old = self.catalog.files(base, gen=gen) if gen in base.ids else ()
        return Work(
            table=self._name,
            gen=gen,
            hot=tuple(hot),
            earlier=tuple(key for other, key in sorted(base.ids.items()) if other < gen),
            rest=tuple(file for file in old if not file.holds_only(gen)),
            suppression=suppression,
        )

    def commit(self, gen: str, written: Written) -> None:
        """Replace a generation."""
        base = self.catalog.load(self._name)
        old = self.catalog.files(base, gen=gen) if gen in base.ids else ()
        self._commit(Change(token=0, gens=(gen,), add=written.files, remove=tuple(old), ids={gen: written.ids}))

    def merge(self, *, sealed: bool) -> None:
        """Compact all files into few, which have several generations."""
        files = self.catalog.files(self.catalog.load(self._name))
        merged = self.ours.merge(self._name, files, sealed=sealed)
        self._commit(Change(token=0, add=merged, remove=tuple(files)))

    def _commit(self, change: Change) -> None:
        self._tokens += 1
        self.catalog.commit(self.catalog.load(self._name), msgspec.structs.replace(change, token=self._tokens))

    def rows(self, files: Sequence[WarmFile]) -> list[str]:
        """Return all rows of files as text, sorted."""
        rows = [row for file in files for row in self.table(file.path.partition(f"{BUCKET}/")[2]).to_pylist()]
        return sorted(repr(sorted(row.items())) for row in rows)

    def ids(self, key: str) -> list[Row]:
        """Return the identities in their order."""
        rows: list[Row] = self.table(key).to_pylist()
        return rows

    def table(self, key: str) -> pa.Table:
        return pq.read_table(io.BytesIO(self.body(key)))

    def body(self, key: str) -> bytes:
        body: bytes = self.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()
        return body
