"""A small lake over the emulator with every step that writes it, and a scan of everything that it keeps."""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.fakes import HASHER
from tests.fakes.aws import create_ledger_table
from tests.fakes.emulator import client
from thermocline.adapters.dynamodb_leases import DynamoLeases
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.adapters.iceberg import IcebergCatalog
from thermocline.adapters.s3 import S3Store
from thermocline.adapters.s3_files import S3Files
from thermocline.balance.model import Range
from thermocline.bootstrap.balance import balance_of
from thermocline.bootstrap.erase import erase_of
from thermocline.clock import utc_now
from thermocline.contracts import load_contracts
from thermocline.contracts.validator import validator_for
from thermocline.convert.use_case import Convert
from thermocline.erase.model import Turn
from thermocline.erase.settings import EraseSettings
from thermocline.events.batch import Refused
from thermocline.events.frames import MAGIC, framed, zstd
from thermocline.events.quarantine import quarantine_row
from thermocline.generations import following, hour_of
from thermocline.layout import warm_table
from thermocline.promote.use_case import Promote
from thermocline.streams import QUARANTINE
from thermocline.warm.rows import ParquetRows

STREAM = "clickstream"
CONTRACTS = {name: contract for name, contract in load_contracts().items() if name in (STREAM, QUARANTINE)}


class OffsetClock:
    """The true time, and a while more that a test lets pass."""

    def __init__(self) -> None:
        self.ahead = dt.timedelta()

    def __call__(self) -> dt.datetime:
        return utc_now() + self.ahead


def fingerprint(event: str) -> int:
    """Return the fingerprint of an event."""
    return int.from_bytes(event.encode()[-6:])


def click(event: str, user: str | None, *, seconds: int = 0, **more: Any) -> bytes:
    """Return a canonical line of a user's click."""
    time_ = dt.datetime(2026, 11, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds)
    members = {
        "event_id": event,
        "fingerprint": fingerprint(event),
        "source": "shop",
        "event_type": "track",
        "event_time": time_,
        "received_at": time_,
        "time_clamped": False,
        "user_id": user,
        **more,
    }
    return validator_for(CONTRACTS[STREAM]).encode(
        {name: value for name, value in members.items() if value is not None}
    )


def refused(payload: bytes, context: dict[str, object] | None = None) -> bytes:
    """Return the canonical line of a bad row, as ingest makes it."""
    bad = Refused(raw=payload, reason="malformed", detail="no JSON", context=context or {})
    row = quarantine_row(bad, stream=STREAM, source="shop", protocol="rows", stage="ingest", received=utc_now())
    return validator_for(CONTRACTS[QUARANTINE]).encode(row)


class SmallLake:
    """A lake of its own: bucket, results, ledger and database have its name."""

    def __init__(self, url: str, folder: Path, name: str, **fakes: Any) -> None:
        self.url, self.name, self.results = url, name, f"{name}-results"
        self.clock = OffsetClock()
        self.folder = folder
        self.s3, self.glue, self.dynamodb = (client(service, url) for service in ("s3", "glue", "dynamodb"))
        self.s3.create_bucket(Bucket=name)
        self.s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        self.s3.create_bucket(Bucket=self.results)
        self.glue.create_database(DatabaseInput={"Name": name})
        create_ledger_table(self.dynamodb, name)
        self.ledger = DynamoLedger(self.dynamodb, name, clock=self.clock)
        self.leases = DynamoLeases(self.dynamodb, name, clock=self.clock)
        self.catalog = IcebergCatalog(glue=self.glue, s3=self.s3, bucket=name, database=name, contracts=CONTRACTS)
        for table in CONTRACTS:
            self.catalog.ensure(table)
        self.erase = self.erasing(**fakes)
        self.cleaned: set[str] = set()
        self._objects = 0

    def erasing(self, **clients: Any) -> Any:
        """Return the erase use case, with other clients if they are given."""
        settings = EraseSettings(
            lake_bucket=self.name,
            results_bucket=self.results,
            ledger_table=self.name,
            database=self.name,
            subject_key_secret="",
            lease_seconds=960,
            longest_attempt_seconds=180,
            settle_seconds=900,
            storage_class="STANDARD",
        )
        return erase_of(
            settings,
            **{"dynamodb": self.dynamodb, "s3": self.s3, "glue": self.glue} | clients,
            hasher=HASHER,
            contracts=CONTRACTS,
            folder=self.folder,
            clock=self.clock,
        )

    def arrive(self, *frames: Sequence[bytes], stream: str = STREAM, body: bytes | None = None) -> str:
        """Put a raw object of frames of lines, and return its key."""
        self._objects += 1
        key = f"raw/{stream}/{self.clock():%Y/%m/%d/%H}/{self._objects:04}.ndjson.zst"
        content = b"".join(framed(b"".join(lines)) for lines in frames) if body is None else body
        self.s3.put_object(Bucket=self.name, Key=key, Body=content)
        return key

    def convert(self, key: str) -> None:
        """Convert a raw object."""
        Convert(
            store=S3Store(self.s3, self.name),
            ledger=self.ledger,
            contracts=CONTRACTS,
            hasher=HASHER,
            clock=self.clock,
            pause=lambda _: None,
        )(key)

    def clean(self, raw_key: str) -> None:
        """Delete the hot files of a raw object, as cleaning does: a version of each stays."""
        entry = self.ledger.entry(raw_key)
        for file in entry.files if entry else ():
            self.s3.delete_object(Bucket=self.name, Key=file.key)
            self.cleaned.add(f"{self.name}/{file.key}")

    def promote(self) -> None:
        """Promote everything, and go on an hour later."""
        rows = ParquetRows(
            files=S3Files(self.s3, self.name),
            contracts=CONTRACTS,
            hasher=HASHER,
            schema_of=self.catalog.schema_of,
            folder=self.folder,
            memory_mb=200,
        )
        promote = Promote(
            ledger=self.ledger,
            leases=self.leases,
            catalog=self.catalog,
            rows=rows,
            contracts=CONTRACTS,
            publish=lambda _: None,
        )
        before = following(hour_of(self.clock()))
        for table in CONTRACTS:
            while promote(table, before=before).state == "promoted":
                pass
        self.clock.ahead += dt.timedelta(hours=1)

    def erased(self, *users: str, erase: Any = None) -> Turn:
        """Erase users to the end of the second pass, and return the last turn."""
        erase = erase or self.erase
        run = erase.start([HASHER.digest("user_id", user) for user in users])
        for _ in range(60):
            turn: Turn = erase.turn(run.id, self.clock() + dt.timedelta(minutes=10))
            if turn.next in ("done", "failed"):
                return turn
            self.clock.ahead += dt.timedelta(seconds=turn.wait_seconds)
        raise AssertionError(f"it does not come to an end: {turn}")

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Return the rows that readers see of each table: warm before its watermark, and hot from it on."""
        return {table: sorted(self._rows(table), key=str) for table in CONTRACTS}

    def problems(self) -> tuple[str, ...]:
        """Return what does not balance."""
        books = balance_of(
            dynamodb=self.dynamodb,
            s3=self.s3,
            glue=self.glue,
            cloudwatch=None,
            ledger_table=self.name,
            bucket=self.name,
            database=self.name,
        )
        books._pause = lambda: None
        return books(Range(first="2026-01-01-00", last="2099-01-01-00")).findings()

    def everything(self) -> Iterator[tuple[str, bytes]]:
        """Yield each version of each object of both buckets, as it is and as what is packed in it."""
        for bucket in (self.name, self.results):
            for page in self.s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
                for each in page.get("Versions", []):
                    which = {"Bucket": bucket, "Key": each["Key"], "VersionId": each["VersionId"]}
                    body = self.s3.get_object(**which)["Body"].read()
                    yield f"{bucket}/{each['Key']}", b"".join(unpacked(body))

    def places_of(self, text: str) -> list[str]:
        """Return the objects that have a text somewhere."""
        return sorted({place for place, content in self.everything() if text.encode() in content})

    def _rows(self, table: str) -> Iterator[dict[str, Any]]:
        watermark = self.ledger.marks(table).watermark
        for file in self.catalog.files(self.catalog.load(table)):
            yield from (row for row in self._read(file.path.split("/", 3)[3]) if row["gen"] < watermark)
        prefix = "quarantine/" if table == QUARANTINE else f"hot/{table}/"
        for page in self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=prefix):
            for each in page.get("Contents", []):
                gen = re.search(r"gen=([^/]+)", each["Key"])
                if gen and gen[1] >= watermark:
                    yield from ({**row, "gen": gen[1]} for row in self._read(each["Key"]))

    def _read(self, key: str) -> list[dict[str, Any]]:
        body = self.s3.get_object(Bucket=self.name, Key=key)["Body"].read()
        rows: list[dict[str, Any]] = pq.read_table(pa.BufferReader(body)).to_pylist()
        for row in rows:
            for name, value in row.items():
                if isinstance(value, dt.datetime):  # hot has a zone
                    row[name] = value.replace(tzinfo=None)
        return rows


def unpacked(body: bytes) -> Iterator[bytes]:
    yield body
    if body.startswith(b"PAR1"):
        yield str(pq.read_table(io.BytesIO(body)).to_pylist()).encode()
    start = body.find(MAGIC)
    while start >= 0:
        with suppress(zstd.ZstdError):
            size = zstd.get_frame_size(body[start:])
            yield from unpacked(zstd.decompress(body[start : start + size]))
        start = body.find(MAGIC, start + 1)
    for text in re.findall(rb"[A-Za-z0-9+/]{12,}={0,2}", body[:1_000_000]):
        with suppress(ValueError):
            yield from unpacked(base64.b64decode(text, validate=True)) if len(text) % 4 == 0 else ()


def wait_a_moment() -> None:
    """Let the emulator's clock move on: times of objects have milliseconds."""
    time.sleep(0.01)


def warm_properties(lake: SmallLake, table: str = STREAM) -> dict[str, Any]:
    """Return the metadata of a warm table."""
    known = lake.glue.get_table(DatabaseName=lake.name, Name=warm_table(CONTRACTS[table].table))["Table"]
    key = known["Parameters"]["metadata_location"].split("/", 3)[3]
    metadata: dict[str, Any] = json.loads(lake.s3.get_object(Bucket=lake.name, Key=key)["Body"].read())
    return metadata
