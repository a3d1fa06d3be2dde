"""The same lake with Parquet in S3, Iceberg and Glue, as the emulator plays them, and with all of convert.

And one whose ledger is that of production.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import pyarrow.parquet as pq
from msgspec.structs import replace

from tests.fakes import HASHER, NOW
from tests.fakes.aws import create_ledger_table
from tests.fakes.emulator import client
from tests.histories.tiers.actors import Actor, Port
from tests.histories.tiers.lake import CONTRACTS, STREAMS, TieredLake
from tests.histories.tiers.oracle import BAD, Raw
from tests.histories.tiers.warm import SUBJECT, Row
from tests.thermocline.convert.rows import click
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.adapters.iceberg import IcebergCatalog
from thermocline.adapters.s3_files import S3Files
from thermocline.convert.ports import StoredObject
from thermocline.convert.use_case import Convert
from thermocline.layout import generation_of
from thermocline.streams import QUARANTINE
from thermocline.warm.model import Base, Change
from thermocline.warm.rows import ParquetRows

BUCKET = "tiers"


def line(event: str) -> bytes:
    """Return an event's line of a raw object."""
    return json.dumps({"event_id": 7, "payload": event}).encode() + b"\n" if event.startswith(BAD) else click(event)


def rows_of(body: bytes, gen: str | None = None) -> frozenset[Row]:
    """Return the rows of a Parquet file; a hot one's generation is in its key."""
    rows = pq.read_table(io.BytesIO(body)).to_pylist()
    return frozenset(Row(gen or row["gen"], _event(row), row["_src"]) for row in rows)


def _event(row: dict[str, Any]) -> str:
    return str(json.loads(row["payload"])["payload"] if "payload" in row else row["event_id"])


class RealStore:
    """The lake bucket, which notes the rows of hot files."""

    def __init__(self, s3: Any, raw: dict[str, Raw]) -> None:
        self._s3 = s3
        self._raw = raw
        self.rows: dict[str, frozenset[Row]] = {}
        self.violations: list[str] = []

    def get(self, key: str) -> StoredObject:
        body = b"".join(map(line, self._raw[key].events))
        return StoredObject(body=io.BytesIO(body), size=len(body), last_modified=NOW)

    def put(self, key: str, body: bytes) -> None:
        self._s3.put_object(Bucket=BUCKET, Key=key, Body=body)
        self.rows[key] = rows_of(body, generation_of(key))

    def keys(self, prefix: str) -> list[str]:
        return sorted(key for key in self.rows if key.startswith(prefix))

    def delete(self, keys: Sequence[str]) -> None:
        for key in keys:
            self._s3.delete_object(Bucket=BUCKET, Key=key)
            self.rows.pop(key, None)


class Uploads:
    """Reads a file before the call that may take effect later, when the file is closed."""

    def __init__(self, store: Any) -> None:
        self._store = store

    def get(self, key: str) -> StoredObject:
        return self._store.get(key)  # type: ignore[no-any-return]

    def put(self, key: str, body: IO[bytes]) -> None:
        self._store.put(key, body.read())


class RealCatalog:
    """The catalog of production, which remembers the rows of files that it has read once."""

    def __init__(self, catalog: IcebergCatalog, s3: Any) -> None:
        self._catalog = catalog
        self._s3 = s3
        self._files: dict[str, frozenset[Row]] = {}
        self._rows: dict[str, list[Row]] = defaultdict(list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalog, name)

    def commit(self, base: Base, change: Change) -> None:
        try:
            self._catalog.commit(base, change)
        finally:
            paths = [file.path for file in self._catalog.files(self._catalog.load(base.table))]
            self._rows[base.table] = [row for path in paths for row in self._rows_of(path)]

    def expire(self, table: str, older_than: dt.datetime | None = None) -> Sequence[str]:
        """Keep the snapshots: production keeps them for a day, too."""
        return ()

    def rows(self, table: str) -> list[Row]:
        return self._rows[table]

    def _rows_of(self, path: str) -> frozenset[Row]:
        if path not in self._files:
            key = path.removeprefix(f"s3://{BUCKET}/")
            self._files[path] = rows_of(self._s3.get_object(Bucket=BUCKET, Key=key)["Body"].read())
        return self._files[path]


class DynamoLake(TieredLake):
    """A lake whose ledger is in DynamoDB, and everything else in memory."""

    def __init__(self, dynamodb: Any, name: str) -> None:
        create_ledger_table(dynamodb, name)
        super().__init__(DynamoLedger(dynamodb, name, pause=lambda retry: None))

    def suppresses(self) -> None:
        self.ledger.suppress([SUBJECT])


class RealLake(TieredLake):
    """A lake with a database of its own.

    Parameters
    ----------
    url
        Of the emulator.
    folder
        For promotion's files.
    """

    contracts = {  # noqa: RUF012
        **{name: replace(CONTRACTS[STREAMS[0]], id=name, name=name, table=name) for name in STREAMS},
        QUARANTINE: CONTRACTS[QUARANTINE],
    }

    def __init__(self, url: str, folder: Path, database: str) -> None:
        self._url, self._folder, self._database = url, folder, database
        super().__init__()

    def warm(self) -> tuple[Any, Any, Any]:
        s3, glue = client("s3", self._url), client("glue", self._url)
        if BUCKET not in [each["Name"] for each in s3.list_buckets()["Buckets"]]:
            s3.create_bucket(Bucket=BUCKET)
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix="warm/"):
            for each in page.get("Contents", []):  # of the lake before, whose tables would be taken for lost
                s3.delete_object(Bucket=BUCKET, Key=each["Key"])
        glue.create_database(DatabaseInput={"Name": self._database})
        catalog = IcebergCatalog(glue=glue, s3=s3, bucket=BUCKET, database=self._database, contracts=self.contracts)
        for table in self.contracts:
            catalog.ensure(table)
        rows = ParquetRows(
            files=S3Files(s3, BUCKET),
            contracts=self.contracts,
            hasher=HASHER,
            schema_of=catalog.schema_of,
            folder=self._folder,
            memory_mb=200,
        )
        return RealStore(s3, self.oracle.raw), RealCatalog(catalog, s3), rows

    def converts(self, key: str, *, skew: int = 0) -> Actor:
        now = self.clock() + dt.timedelta(hours=skew)
        convert = Convert(
            store=Uploads(Port(self.store)),
            ledger=self.ports.ledger,
            contracts=self.contracts,
            hasher=HASHER,
            clock=lambda: now,
            pause=lambda retry: None,
        )
        return self.start(f"convert {key}", lambda: convert(key))
