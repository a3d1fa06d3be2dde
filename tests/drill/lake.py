"""A lake to break: what it had when the copy of its ledger was made, and what has happened since."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.athena_local.endpoint.tables import Endpoint
from tests.fakes.aws import create_ledger_table
from tests.fakes.emulator import client
from tests.histories.tiers.deployed import BUCKET, CONTRACTS, DATABASE, LEDGER, DeployedLake, Rows
from tests.histories.tiers.traffic import BAD, arrivals, click
from tests.histories.tiers.warm import ModelRows, Store
from thermocline.adapters.dynamodb_items import marks_key
from thermocline.adapters.dynamodb_leases import DynamoLeases
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.adapters.glue_views import GlueViews
from thermocline.adapters.iceberg import IcebergCatalog
from thermocline.adapters.s3_objects import S3Objects
from thermocline.bootstrap.restore import restore_ledger, restore_objects, restore_table
from thermocline.clock import utc_now
from thermocline.generations import hour_of
from thermocline.layout import metadata_number, metadata_prefix, warm_table
from thermocline.orphans.use_case import SweepOrphans
from thermocline.promote.use_case import Promote
from thermocline.publish.use_case import Publish
from thermocline.restore.ledger import Restored
from thermocline.restore.table import RestoredTable

CLICKS = "clickstream"
COPY = "ledger-restored"


class DrillLake:
    """A deployed lake in the middle of its work.

    An hour is promoted when the copy is made, and an attempt is under way. Afterwards the next hour is promoted, but
    quarantine's is not; the hour after that is only converted; a last object is not even that.
    """

    def __init__(self, endpoint: Endpoint, folder: Path) -> None:
        now = dt.datetime.now(dt.UTC).replace(minute=0, second=0, microsecond=0)
        self.lake = lake = DeployedLake(endpoint, now, folder)
        self.url = endpoint.aws_url
        self.clients = {name: client(name, endpoint.aws_url) for name in ("dynamodb", "s3", "glue")}
        lake.run(lake.step("end deploy"))
        self.convert(arrivals(lake, 3), 3)
        lake.run(lake.step("promote all", hours_ago=2))
        second = list(arrivals(lake, 2))
        self.convert(second[:1], 2)
        assert lake.dies(lake.step("convert", second[1], hours_ago=2), before=3)
        self._copy()
        self.convert(second[1:], 2)
        for table in (CLICKS, "telemetry"):
            lake.run(lake.step("promote", table, hours_ago=1))
        self.convert(arrivals(lake, 1), 1)
        self.last = lake.arrive(CLICKS, "last", [*(click(number, now) for number in range(25, 35)), *BAD])

    def convert(self, keys: Iterable[str], hours_ago: int) -> None:
        """Convert raw objects by a clock that is behind."""
        self.lake.run(*(self.lake.step("convert", key, hours_ago=hours_ago) for key in keys))

    def _copy(self) -> None:
        """Copy the ledger, as point-in-time recovery does; the emulator has no such call."""
        create_ledger_table(self.clients["dynamodb"], COPY)
        for item in self.lake.states.items():
            self.clients["dynamodb"].put_item(TableName=COPY, Item=item)

    # What somebody does by mistake

    def lose_ledger(self) -> None:
        """Delete every item of the ledger."""
        for item in self.lake.states.items():
            self.clients["dynamodb"].delete_item(TableName=LEDGER, Key={"pk": item["pk"], "sk": item["sk"]})

    def lose(self, name: str) -> Mapping[str, Any]:
        """Delete a table or a view of the catalog, and return what it was."""
        was: Mapping[str, Any] = self.lake.states.read().tables[name]
        self.clients["glue"].delete_table(DatabaseName=DATABASE, Name=name)
        return was

    def lose_warm(self, table: str) -> Mapping[str, Any]:
        """Delete a warm table of the catalog, and return what it was."""
        return self.lose(warm_table(CONTRACTS[table].table))

    def take_marks_back(self, table: str) -> None:
        """Let a stream's marks be those of the copy."""
        keys = marks_key(table)
        item = self.clients["dynamodb"].get_item(TableName=COPY, Key=keys)["Item"]
        self.clients["dynamodb"].put_item(TableName=LEDGER, Item=item)

    def leave_refused_metadata(self, table: str) -> str:
        """Kill a promoter between the metadata of its commit and the swap, and return the metadata's key."""
        known = self._metadata(table)
        for call in itertools.count():
            assert self.lake.dies(self.lake.step("promote", table), before=call)
            self.lake.let_leases_end()
            if new := self._metadata(table) - known:
                return new.pop()
        raise AssertionError

    def _metadata(self, table: str) -> set[str]:
        keys = S3Objects(self.clients["s3"], BUCKET).keys(metadata_prefix(table))
        return {key for key in keys if metadata_number(key) is not None}

    def delete_objects(self, prefix: str) -> list[str]:
        """Delete all objects below a prefix, as Athena does when it drops a table, and return their keys."""
        objects = S3Objects(self.clients["s3"], BUCKET)
        keys = list(objects.keys(prefix))
        objects.delete(keys)
        return keys

    # What brings it back

    @property
    def catalog(self) -> IcebergCatalog:
        """The warm tables."""
        glue, s3 = self.clients["glue"], self.clients["s3"]
        return IcebergCatalog(glue=glue, s3=s3, bucket=BUCKET, database=DATABASE, contracts=CONTRACTS)

    @property
    def publish(self) -> Publish:
        """What publishes."""
        return Publish(
            views=GlueViews(self.clients["glue"], DATABASE),
            marks=DynamoLedger(self.clients["dynamodb"], LEDGER),
            contracts=CONTRACTS,
        )

    def promote(self, table: str) -> None:
        """Promote a table's oldest generation by the ledger."""
        ledger = DynamoLedger(self.clients["dynamodb"], LEDGER)
        Promote(
            ledger=ledger,
            leases=DynamoLeases(self.clients["dynamodb"], LEDGER),
            catalog=self.catalog,
            rows=ModelRows(Store()),
            contracts=CONTRACTS,
            publish=self.publish,
        )(table, before=hour_of(self.lake.now))

    def sweep_orphans(self, table: str) -> None:
        """Sweep a table's orphans, however young."""
        SweepOrphans(
            objects=S3Objects(self.clients["s3"], BUCKET),
            references=self.catalog,
            ledger=DynamoLedger(self.clients["dynamodb"], LEDGER),
            contracts=CONTRACTS,
            clock=utc_now,
            safe_age=dt.timedelta(0),
        )(table, dry_run=False)

    def restore_objects(self, prefix: str, after: dt.datetime, *, dry_run: bool = False) -> list[str]:
        """Bring back what was deleted."""
        return restore_objects(s3=self.clients["s3"], bucket=BUCKET, prefix=prefix, after=after, dry_run=dry_run)

    def restore_ledger(self, *, copy: bool = True, dry_run: bool = False, dynamodb: Any = None) -> Restored:
        """Restore the ledger, from the copy or from nothing but warm and hot."""
        parts = {**self.clients, "dynamodb": dynamodb or self.clients["dynamodb"]}
        names = {"ledger_table": LEDGER, "bucket": BUCKET, "database": DATABASE}
        return restore_ledger(**parts, **names, source=COPY if copy else None)(dry_run=dry_run)

    def restore_table(self, table: str, **options: Any) -> RestoredTable:
        """Restore a warm table."""
        names = {"ledger_table": LEDGER, "bucket": BUCKET, "database": DATABASE}
        return restore_table(**self.clients, **names)(table, **options)

    def convert_again(self, restored: Restored) -> None:
        """Convert what a restore has queued."""
        self.convert([*restored.missing, *(entry.raw_key for entry in restored.parked)], 0)

    # What it shows

    def warm(self, table: str) -> Mapping[str, Any]:
        """Return a warm table as the catalog has it."""
        return self.lake.states.read().tables[warm_table(CONTRACTS[table].table)]

    def rows(self) -> dict[str, Rows]:
        """Return what each view shows, without generations: what is converted anew is in a later one."""
        return {table: sorted([row[:-1] for row in rows], key=str) for table, rows in self.lake.rows().items()}

    def end(self) -> tuple[dict[str, Rows], Mapping[str, Rows]]:
        """Convert and promote all that is left, check the books, and return rows and the answers to queries."""
        self.convert([self.last], 0)
        self.lake.run(self.lake.step("promote all", hours_ago=-2))
        answers = self.lake.shows(answers=True).answers
        return self.rows(), answers


def dying(url: str, number: int) -> Any:
    """Return a DynamoDB client whose process dies before a write of a number."""
    dynamodb, writes = client("dynamodb", url), itertools.count()

    def die(event_name: str, **_: Any) -> None:
        reads = event_name.rpartition(".")[2].startswith(("Get", "BatchGet", "Query", "Scan"))
        if not reads and next(writes) == number:
            raise DiedError

    dynamodb.meta.events.register("before-send", die)
    return dynamodb


class DiedError(BaseException):
    """The process ended here."""
