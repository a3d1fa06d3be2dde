"""A lake on the emulator with every writer of the levels, and Athena as a process of its own."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from tests.athena_local.endpoint.tables import glue_table
from tests.fakes import HASHER
from tests.fakes.aws import create_ledger_table
from tests.fakes.clock import FixedClock
from tests.fakes.emulator import client
from tests.histories.readers.truth import Raw, Truth
from thermocline.adapters.dynamodb_leases import DynamoLeases
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.adapters.dynamodb_sightings import DynamoSightings
from thermocline.adapters.glue_views import GlueViews
from thermocline.adapters.iceberg import IcebergCatalog
from thermocline.adapters.s3 import S3Store
from thermocline.adapters.s3_files import S3Files
from thermocline.adapters.s3_objects import S3Objects
from thermocline.clean.use_case import Clean
from thermocline.compact.plan import Sizes
from thermocline.compact.use_case import Compact
from thermocline.contracts import load_contracts
from thermocline.contracts.glue import glue_columns, glue_partition_keys, projection_parameters
from thermocline.contracts.validator import validator_for
from thermocline.convert.use_case import Convert
from thermocline.generations import hour_of
from thermocline.layout import hot_table, table_prefix
from thermocline.promote.use_case import Promote
from thermocline.publish.use_case import EndDeploy, Publish
from thermocline.streams import QUARANTINE
from thermocline.warm.ports import Catalog
from thermocline.warm.rows import ParquetRows

CONTRACTS = {name: contract for name, contract in load_contracts().items() if name in ("clickstream", QUARANTINE)}
_MARGIN = dt.timedelta(hours=24)


class AttemptDiedError(Exception):
    """A process that ended between a put and the ledger."""


class DyingStore(S3Store):
    """The lake bucket for an attempt that dies when its first file is there."""

    def put(self, key: str, body: IO[bytes]) -> None:
        super().put(key, body)
        raise AttemptDiedError(key)


class ReadLake:
    """The writers, over clients that make each call once; what they change is told to `truth`.

    Parameters
    ----------
    url
        Of the emulator.
    name
        Of its bucket, database and ledger.
    catalog_of
        Makes the catalog that promotion commits to of the true one.
    """

    def __init__(
        self,
        url: str,
        folder: Path,
        name: str,
        *,
        catalog_of: Callable[[ReadLake, Catalog], Catalog] = lambda _, true: true,
    ) -> None:
        self.name = name
        self.truth = Truth()
        self.before_commit: Callable[[], None] = lambda: None
        # Today's first hour: hot tables reach 48 hours past the clock of Athena, which is the true one.
        self.clock = FixedClock(dt.datetime.now(dt.UTC).replace(hour=0, minute=30, second=0, microsecond=0))
        self.start = self.clock.now
        self.cleaning = FixedClock(self.clock.now)
        self._s3, glue, dynamodb = (client(service, url) for service in ("s3", "glue", "dynamodb"))
        self._s3.create_bucket(Bucket=name)
        glue.create_database(DatabaseInput={"Name": name})
        self._make_hot_tables(glue)
        self.ledger = DynamoLedger(create_ledger_table(dynamodb, name), name)
        views = GlueViews(glue, name)
        self.publish = Publish(views=views, marks=self.ledger, contracts=CONTRACTS)
        catalog = IcebergCatalog(glue=glue, s3=self._s3, bucket=name, database=name, contracts=CONTRACTS)
        rows = ParquetRows(
            files=S3Files(self._s3, name),
            contracts=CONTRACTS,
            hasher=HASHER,
            schema_of=catalog.schema_of,
            folder=folder,
            memory_mb=200,
        )
        leases = DynamoLeases(dynamodb, name)
        EndDeploy(publish=self.publish, warm=catalog, ledger=self.ledger, contracts=CONTRACTS, clock=self.clock)()
        self._promote = Promote(
            ledger=self.ledger,
            leases=leases,
            catalog=catalog_of(self, catalog),
            rows=rows,
            contracts=CONTRACTS,
            publish=self.publish,
        )
        self.compact = Compact(
            ledger=self.ledger,
            leases=leases,
            catalog=catalog,
            objects=S3Objects(self._s3, name),
            rewriter=rows,
            contracts=CONTRACTS,
            clock=self.clock,
            sizes=Sizes(small_bytes=10**9, least_files=2, most_bytes=10**9),
        )
        self.clean = Clean(
            ledger=self.ledger,
            views=views,
            book=DynamoSightings(dynamodb, name),
            files=S3Objects(self._s3, name),
            contracts=CONTRACTS,
            clock=self.cleaning,
            margin=_MARGIN,
        )

    def arrive(self, raw: Raw) -> None:
        """Put a raw object."""
        lines = [self._click(raw, event) for event in raw.good]
        lines += [json.dumps({"event_id": 7, "payload": str(event)}).encode() + b"\n" for event in raw.bad]
        self._s3.put_object(Bucket=self.name, Key=raw.key, Body=b"".join(lines))

    def convert(self, raw: Raw, *, dies: bool = False) -> None:
        """Convert an object; an attempt that dies leaves a file that nothing names, and readers see its rows."""
        store = (DyingStore if dies else S3Store)(self._s3, self.name)
        convert = Convert(store=store, ledger=self.ledger, contracts=CONTRACTS, hasher=HASHER, clock=self.clock)
        with self.truth.changing() as change:
            change.raw = raw
            with suppress(AttemptDiedError):
                convert(raw.key)
            entry = self.ledger.entry(raw.key)
            change.gen = entry.gen if entry and entry.gen else ""

    def promote(self, table: str, *, before: str) -> None:
        """Promote all that a table has before a generation; wait for what is not converted yet."""
        state = "promoted"
        while state != "nothing":
            with self.truth.changing() as change:
                promoted = self._promote(table, before=before)
                change.table, change.watermark = table, promoted.watermark
            state = promoted.state

    def deleted_by_cleaning(self, wait: Callable[[], None]) -> int:
        """Clean what is settled when the margin is over; return how many files were deleted.

        Parameters
        ----------
        wait
            Until every query that runs now has ended: none runs longer than the margin.
        """
        for table in CONTRACTS:
            self.clean(table)
        wait()
        self.cleaning.now += _MARGIN
        return sum(self.clean(table).files for table in CONTRACTS)

    def _click(self, raw: Raw, event: int) -> bytes:
        received = self.start + dt.timedelta(minutes=raw.minute)
        return validator_for(CONTRACTS["clickstream"]).encode(
            {
                "event_id": f"e{event}",
                "fingerprint": event,
                "source": "shop",
                "event_type": "track",
                "event_time": self.start + dt.timedelta(days=-1, seconds=event),
                "received_at": received,
                "time_clamped": False,
            }
        )

    def _make_hot_tables(self, glue: Any) -> None:
        for contract in CONTRACTS.values():
            location = f"s3://{self.name}/{table_prefix(contract.name)}"
            parameters = projection_parameters(location=location, first_generation=hour_of(self.start))
            table = glue_table(hot_table(contract.table), location, Parameters=parameters)
            table["PartitionKeys"] = glue_partition_keys(contract)
            table["StorageDescriptor"]["Columns"] = glue_columns(contract)
            glue.create_table(DatabaseName=self.name, TableInput=table)
