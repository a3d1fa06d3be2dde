"""The upkeep function, wired as in production to AWS as moto plays it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lambdas.upkeep.handler import handler
from offline.runner.context import LambdaContext
from tests.fakes.aws import AwsClient, create_bucket, create_ledger
from tests.fakes.subjects import SUBJECT_KEY
from thermocline.adapters.clients import client
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.adapters.dynamodb_sightings import DynamoSightings
from thermocline.adapters.glue_views import GlueViews
from thermocline.adapters.iceberg import IcebergCatalog
from thermocline.bootstrap import upkeep
from thermocline.contracts import load_contracts
from thermocline.errors import UpkeepFailed
from thermocline.layout import warm_data_key, warm_table
from thermocline.ledger import HotFile
from thermocline.seal.use_case import Sealed
from thermocline.upkeep.settings import UpkeepSettings
from thermocline.warm.model import Change, WarmFile

OLD, OPEN = "2026-11-21-10", "2026-11-21-11"
HOT = f"hot/clickstream/gen={OLD}/a-1.parquet"
TABLES = tuple(load_contracts())


class Bench:
    """The upkeep function's surroundings: four empty warm tables."""

    def __init__(self, aws: AwsClient) -> None:
        self.s3, dynamodb, self.glue = (
            create_bucket(aws, "lake"),
            create_ledger(aws, "ledger"),
            client("glue", attempts=1),
        )
        self.ledger, self.book = DynamoLedger(dynamodb, "ledger"), DynamoSightings(dynamodb, "ledger")
        self.glue.create_database(DatabaseInput={"Name": "lake"})
        self.views = GlueViews(self.glue, "lake")
        self.catalog = IcebergCatalog(
            glue=self.glue, s3=self.s3, bucket="lake", database="lake", contracts=load_contracts()
        )
        for table in TABLES:
            self.catalog.ensure(table)

    def promoted(self) -> None:
        """Let a generation be in warm, and its view published for two days."""
        self.s3.put_object(Bucket="lake", Key=HOT, Body=b"PAR1")
        self.ledger.enter("raw/clickstream/a", stream="clickstream", gen=OLD, token="1", suppression=0)
        entry = self.ledger.entry("raw/clickstream/a")
        assert entry
        files = (HotFile(table="clickstream", key=HOT, rows=1, bytes=4),)
        assert self.ledger.finish(msgspec.structs.replace(entry, status="done", files=files))
        self.ledger.close("clickstream", OPEN)
        self.ledger.advance("clickstream", OPEN)
        self.views.write(load_contracts()["clickstream"], watermark=OPEN, since={}, version=None)
        self.book.replace("clickstream", {}, {OPEN: dt.datetime.now(dt.UTC) - dt.timedelta(days=2)})

    def add_warm(self, table: str, at: dt.datetime) -> None:
        """Add a file with a row of a time to a warm table."""
        schema = self.catalog.schema_of(table)
        values = {pa.timestamp("us"): at, pa.int64(): 1, pa.bool_(): False}
        columns = [pa.array([None if each.nullable else values.get(each.type, "0")], each.type) for each in schema]
        sink = pa.BufferOutputStream()
        pq.write_table(pa.table(columns, schema=schema), sink)
        key = warm_data_key(table, "event_time_month=2026-01", "a")
        self.s3.put_object(Bucket="lake", Key=key, Body=sink.getvalue().to_pybytes())
        time_of, gen = at.replace(tzinfo=dt.UTC), "0"
        file = WarmFile(
            path=f"s3://lake/{key}", rows=1, bytes=1, first_gen=gen, last_gen=gen, first_time=time_of, last_time=time_of
        )
        self.catalog.commit(self.catalog.load(table), Change(token=0, add=(file,)))

    def listed(self, prefix: str) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = self.s3.list_objects_v2(Bucket="lake", Prefix=prefix).get("Contents", [])
        return listed

    def keys(self, prefix: str) -> list[str]:
        return [item["Key"] for item in self.listed(prefix)]


@pytest.fixture
def bench(aws: AwsClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    settings = UpkeepSettings(
        lake_bucket="lake",
        ledger_table="ledger",
        database="lake",
        subject_key_secret=SUBJECT_KEY,
        lease_seconds=960,
        memory_mb=512,
        storage_class="INTELLIGENT_TIERING",
        cold_storage_class="GLACIER_IR",
    )
    for name, value in settings.to_env().items():
        monkeypatch.setenv(name, value)
    _forget_wiring()
    yield Bench(aws)
    _forget_wiring()


def _forget_wiring() -> None:
    for wired in (upkeep.compact, upkeep.seal, upkeep.clean, upkeep.orphans, upkeep.retain, upkeep._catalog):
        wired.cache_clear()


@pytest.mark.parametrize(
    ("do", "counts"),
    [
        ("compact", {"read": 0, "written": 0, "rows": 0, "given_up": 0}),
        ("seal", {"read": 0, "written": 0, "rows": 0, "given_up": 0, "left": 0}),
        ("clean", {"watermark": "", "settled": "", "generations": 0, "files": 0}),
        ("retain", {"removed": 0, "rewritten": 0, "rows": 0, "forgotten": 0, "given_up": False}),
    ],
)
def test_every_table_has_its_turn(bench: Bench, do: str, counts: dict[str, Any]) -> None:
    done = handler({"do": do}, None)
    assert list(done) == list(TABLES)
    assert all(counts.items() <= done[table].items() for table in TABLES)


def test_one_tables_trouble_does_not_stop_another(bench: Bench) -> None:
    bench.promoted()
    bench.glue.delete_table(DatabaseName="lake", Name=warm_table("cdc_log"))
    with pytest.raises(UpkeepFailed, match=r"^compact failed for cdc_log: ConfigurationError: ") as raised:
        handler({"do": "compact"}, None)
    assert list(raised.value.failures) == ["cdc_log"]


def test_hot_files_of_a_settled_generation_are_deleted(bench: Bench) -> None:
    bench.promoted()
    assert handler({"do": "clean", "table": "clickstream"}, None)["clickstream"]["files"] == 1
    assert bench.keys("hot/") == []


def test_a_young_object_is_no_orphan(bench: Bench) -> None:
    bench.s3.put_object(Bucket="lake", Key="warm/clickstream/data/a.parquet", Body=b"PAR1")
    swept = handler({"do": "orphans", "table": "clickstream", "dry_run": False}, None)["clickstream"]
    assert (swept["orphans"], swept["deleted"]) == (0, True)
    assert "warm/clickstream/data/a.parquet" in bench.keys("warm/")


def test_a_dry_run_is_the_default(bench: Bench) -> None:
    assert handler({"do": "orphans", "table": "clickstream"}, None)["clickstream"]["deleted"] is False


def test_sealing_begins_no_part_after_half_of_the_functions_time(bench: Bench) -> None:
    bench.add_warm("clickstream", dt.datetime(2026, 1, 15))  # noqa: DTZ001  (warm times have no zone)
    assert seal(seconds_left=0) == Sealed(table="clickstream", left=1)
    assert seal(seconds_left=900) == Sealed(table="clickstream", read=1, written=1, rows=1)
    [sealed] = [each for each in bench.listed("warm/clickstream/data/") if "/sealed-" in each["Key"]]
    assert sealed["StorageClass"] == "GLACIER_IR"


def seal(*, seconds_left: float) -> Sealed:
    context = LambdaContext(
        aws_request_id="",
        function_name="",
        function_version="",
        invoked_function_arn="",
        memory_limit_in_mb=0,
        log_group_name="",
        log_stream_name="",
        deadline=time.time() + seconds_left,
    )
    return msgspec.convert(handler({"do": "seal", "table": "clickstream"}, context)["clickstream"], Sealed)


@pytest.mark.parametrize("event", [{}, {"do": "vacuum"}, {"do": "clean", "tables": "clickstream"}])
def test_an_event_that_is_not_understood_does_nothing(event: dict[str, str]) -> None:
    with pytest.raises(msgspec.ValidationError):
        handler(event, None)
