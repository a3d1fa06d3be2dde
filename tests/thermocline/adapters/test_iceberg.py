"""Warm tables in Iceberg: how they are made, what they may become, what a commit does."""

from __future__ import annotations

import datetime as dt
import io
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyiceberg.table import Table

from tests.athena_local.tables.iceberg.deletes import delete_positions
from tests.fakes.emulator import client, emulator
from tests.fakes.warm_tables import BUCKET, DATABASE, WarmTable, row, trial, with_column
from thermocline.adapters.avro import avro_rows
from thermocline.adapters.iceberg import IcebergCatalog
from thermocline.contracts import load_contracts
from thermocline.errors import CommitFailed, ConfigurationError, ContractError, TableLost
from thermocline.warm.model import Change

AFTERWARDS = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)
EIGHT, NINE, TEN = "2026-11-26-08", "2026-11-26-09", "2026-11-26-10"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with emulator(tmp_path_factory.mktemp("emulator")) as address:
        yield address


@pytest.fixture
def table(url: str) -> WarmTable:
    return WarmTable(url)


def iceberg(table: WarmTable) -> Table:
    """Return pyiceberg's table."""
    loaded: Table = table.catalog.load(table.name).handle.table
    return loaded


def test_a_table_is_the_contracts(table: WarmTable) -> None:
    loaded = iceberg(table)
    assert loaded.metadata.format_version == 2
    assert loaded.location() == f"s3://{BUCKET}/warm/{table.name}"
    fields = {field.name: (field.field_id, str(field.field_type), field.required) for field in loaded.schema().fields}
    assert fields == {
        "event_id": (1, "string", True),
        "event_time": (2, "timestamp", True),
        "person": (3, "string", False),
        "clicks": (4, "int", False),
        "total": (5, "long", False),
        "share": (6, "double", False),
        "is_bot": (7, "boolean", False),
        "day": (8, "date", False),
        "revenue": (9, "decimal(38, 9)", False),
        "properties": (10, "string", False),
        "gen": (11, "string", True),
    }
    assert [(field.name, str(field.transform)) for field in loaded.spec().fields] == [("event_time_month", "month")]
    by = [(field.source_id, str(field.transform)) for field in loaded.sort_order().fields]
    assert by == [(2, "day"), (3, "identity"), (2, "identity")]


def test_the_writers_schema_has_the_tables_numbers(table: WarmTable) -> None:
    schema = table.catalog.schema_of(table.name)
    assert schema.field("event_time").type == pa.timestamp("us")
    assert schema.field("person").type == pa.string()
    assert not schema.field("gen").nullable
    numbers = [int((field.metadata or {})[b"PARQUET:field_id"]) for field in schema]
    assert numbers == list(range(1, 12))


def test_every_contract_has_a_warm_table(url: str, table: WarmTable) -> None:
    contracts = load_contracts()
    catalog = IcebergCatalog(glue=table.glue, s3=table.s3, bucket=BUCKET, database=DATABASE, contracts=contracts)
    for name, contract in contracts.items():
        catalog.ensure(name)
        assert catalog.schema_of(name).names == [*(column.name for column in contract.stored), "gen"]


def test_a_glue_client_that_retries_is_refused(url: str) -> None:
    retrying = boto3.client("glue", endpoint_url=url, region_name="us-east-1")
    with pytest.raises(ConfigurationError, match="total_max_attempts=1"):
        IcebergCatalog(glue=retrying, s3=None, bucket=BUCKET, database=DATABASE, contracts={})


def test_a_table_that_was_never_made_is_said_to_be_missing(table: WarmTable) -> None:
    catalog = IcebergCatalog(
        glue=table.glue, s3=table.s3, bucket=BUCKET, database=DATABASE, contracts={"other": trial("other")}
    )
    with pytest.raises(ConfigurationError, match=r"warm_other does not exist: .*`lake restore table other`"):
        catalog.load("other")


def test_ensuring_again_changes_nothing(table: WarmTable) -> None:
    before = table.definition()
    table.catalog.ensure(table.name)
    assert table.definition() == before


def test_no_table_is_made_over_the_data_of_a_lost_one(table: WarmTable) -> None:
    table.put(EIGHT, 1, [1])
    table.glue.delete_table(DatabaseName=DATABASE, Name=f"warm_{table.name}")
    before = table.object_keys()
    with pytest.raises(TableLost, match=f"metadata of it are in warm/{table.name}/metadata/: run `lake restore table"):
        table.catalog.ensure(table.name)
    assert table.object_keys() == before


def test_a_table_that_never_had_a_row_is_made_again(table: WarmTable) -> None:
    table.glue.delete_table(DatabaseName=DATABASE, Name=f"warm_{table.name}")
    table.catalog.ensure(table.name)
    assert table.rows() == []


def test_two_deploys_at_once_agree(url: str, table: WarmTable) -> None:
    for number in range(3):
        wider = with_column(table.contract, f"later{number}", "double")
        catalogs = [table.catalog_with(client("glue", url), wider) for _ in range(4)]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda catalog: catalog.ensure(table.name), catalogs))
        assert table.catalog.schema_of(table.name).names.count(f"later{number}") == 1
        table.contract = wider


def test_a_contract_may_add_columns_widen_and_ask_for_less(table: WarmTable) -> None:
    table.put(EIGHT, 1, [1])
    wider = with_column(with_column(table.contract, "clicks", "bigint"), "later", "decimal(38,9)")
    freer = with_column(wider, "event_id", "string", required=False)
    table.catalog_with(table.glue, msgspec.structs.replace(freer, sorted_by=("later",))).ensure(table.name)
    schema = table.catalog.schema_of(table.name)
    assert schema.field("clicks").type == pa.int64()
    assert schema.field("event_id").nullable
    assert schema.field("later").metadata == {b"PARQUET:field_id": b"12"}
    assert [field.source_id for field in iceberg(table).sort_order().fields] == [2, 12, 2]
    table.put(NINE, 2, [2])
    read = iceberg(table).scan(row_filter="clicks < 0").to_arrow().sort_by("gen")
    assert read["clicks"].to_pylist() == [1 - 2**31, 2 - 2**31]
    assert read["later"].to_pylist() == [None, None]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"clicks": "string"}, "clicks: int cannot become string"),
        ({"total": "int"}, "total: long cannot become int"),
        ({"partitioned_by": "day"}, "partitionedBy: the warm table is partitioned by event_time_month"),
    ],
)
def test_other_changes_are_refused(table: WarmTable, change: dict[str, str], problem: str) -> None:
    contract = table.contract
    if "partitioned_by" in change:
        contract = msgspec.structs.replace(contract, partitioned_by="day")
    else:
        [(name, type_)] = change.items()
        contract = with_column(contract, name, type_)
    before = table.definition()
    with pytest.raises(ContractError, match=problem):
        table.catalog_with(table.glue, contract).ensure(table.name)
    assert table.definition() == before


def test_a_deployment_that_added_a_column_can_be_rolled_back_and_made_again(table: WarmTable) -> None:
    newer = with_column(table.contract, "later", "bigint")
    for contract in (newer, table.contract, newer):
        table.catalog_with(table.glue, contract).ensure(table.name)
        assert table.catalog.schema_of(table.name).names.count("later") == 1
    table.put(EIGHT, 1, [1])
    assert table.rows() == [(EIGHT, "e0001")]


def test_required_columns_that_go_and_columns_that_become_required_are_refused_together(table: WarmTable) -> None:
    kept = tuple(column for column in table.contract.columns if column.name != "event_id")
    strict = with_column(msgspec.structs.replace(table.contract, columns=kept), "person", "string", required=True)
    with pytest.raises(ContractError) as refused:
        table.catalog_with(table.glue, strict).ensure(table.name)
    assert [problem.split(":")[0] for problem in refused.value.problems] == ["event_id", "person"]


def test_a_commit_shows_in_the_next_base(table: WarmTable) -> None:
    table.put(EIGHT, 3, [1])
    table.put(NINE, 4, [2, 3])
    base = table.catalog.load(table.name)
    assert base.fence == 4
    assert base.ids == {EIGHT: f"ids/{EIGHT}-3", NINE: f"ids/{NINE}-4"}
    assert base.commits == {(EIGHT, 3), (NINE, 4)}


def test_identities_are_forgotten(table: WarmTable) -> None:
    table.put(EIGHT, 1, [1])
    table.put(NINE, 2, [2])
    table.catalog.commit(table.catalog.load(table.name), Change(token=3, forget=(EIGHT, TEN)))
    assert table.catalog.load(table.name).ids == {NINE: f"ids/{NINE}-2"}
    assert table.rows() == [(EIGHT, "e0001"), (NINE, "e0002")]


def test_files_have_their_bounds(table: WarmTable) -> None:
    written = table.write(EIGHT, [row(1), row(5), row(9)])
    mixed = table.write(NINE, [row(2), row(3, gen=TEN)])
    base = table.catalog.load(table.name)
    table.catalog.commit(base, Change(token=1, gens=(EIGHT,), add=(written, mixed)))
    base = table.catalog.load(table.name)
    assert sorted(table.catalog.files(base), key=lambda file: file.path) == [written, mixed]
    assert [file.path for file in table.catalog.files(base, gen=TEN)] == [mixed.path]


def test_a_generation_is_replaced_in_one_snapshot(table: WarmTable) -> None:
    table.put(EIGHT, 1, [1, 2])
    table.put(NINE, 2, [3])
    snapshots = len(iceberg(table).snapshots())
    table.put(EIGHT, 3, [4])
    assert table.rows() == [(EIGHT, "e0004"), (NINE, "e0003")]
    assert len(iceberg(table).snapshots()) == snapshots + 1
    assert set(iceberg(table).scan().to_arrow()["event_id"].to_pylist()) == {"e0003", "e0004"}


def test_a_commit_of_nothing_moves_fence_and_base(table: WarmTable) -> None:
    table.put(EIGHT, 1, [1])
    before = table.catalog.load(table.name)
    change = table.replace(NINE, 2, [2], before)
    table.catalog.commit(table.catalog.load(table.name), Change(token=2))
    now = table.catalog.load(table.name)
    assert (now.fence, now.ids) == (2, before.ids)
    assert ("", 2) in now.commits
    with pytest.raises(CommitFailed):
        table.catalog.commit(before, change)


def test_removing_a_file_that_the_table_does_not_have_is_refused(table: WarmTable) -> None:
    table.put(EIGHT, 1, [1])
    stray = table.write(EIGHT, [row(2)])
    with pytest.raises(CommitFailed):
        table.catalog.commit(table.catalog.load(table.name), Change(token=2, remove=(stray,)))
    assert table.rows() == [(EIGHT, "e0001")]


def test_manifests_say_nothing_of_a_person(table: WarmTable) -> None:
    table.put(EIGHT, 1, [1, 2])
    bounds = {number for file in iceberg(table).inspect.files().to_pylist() for number, _ in file["lower_bounds"]}
    person, text = 3, 10
    assert bounds == set(range(1, 12)) - {person, text}
    for key in table.object_keys():
        if key.endswith((".avro", ".json")):
            assert b"person 1" not in table.body(f"s3://{BUCKET}/{key}")


def test_manifests_say_nothing_of_what_was_removed(table: WarmTable) -> None:
    table.put(EIGHT, 1, [1])
    table.put(EIGHT, 2, [2])
    snapshot = iceberg(table).current_snapshot()
    assert snapshot
    bodies = [table.body(each.manifest_path) for each in snapshot.manifests(iceberg(table).io)]
    bounds = {entry["status"]: entry["data_file"]["lower_bounds"] for body in bodies for entry in avro_rows(body)}
    assert bounds[1]
    assert not bounds[2]


def test_manifests_are_merged_when_they_are_many(url: str) -> None:
    table = WarmTable(url, max_manifests=3)
    wanted = []
    for number in range(1, 8):
        table.put(f"2026-11-26-{number:02}", number, [number])
        wanted.append((f"2026-11-26-{number:02}", f"e{number:04}"))
        state = table.catalog.load(table.name).handle
        assert len(state.manifests(state.table.current_snapshot())) <= 3
    assert table.rows() == wanted
    table.put("2026-11-26-02", 20, [])
    del wanted[1]
    assert table.rows() == wanted
    assert len(iceberg(table).scan().to_arrow()) == len(wanted)


def test_everything_that_a_table_needs_is_referenced(table: WarmTable) -> None:
    table.put(EIGHT, 1, [1])
    assert table.object_keys() <= table.catalog.referenced(table.name)
    stray = table.write(NINE, [row(2)])
    base = table.catalog.load(table.name)
    table.put(NINE, 2, [3])
    with pytest.raises(CommitFailed):
        table.catalog.commit(base, Change(token=2, gens=(NINE,), add=(stray,), ids={NINE: "ids/never"}))
    referenced = table.catalog.referenced(table.name)
    left = table.object_keys() - referenced
    assert stray.path.removeprefix(f"s3://{BUCKET}/") in left
    for key in left:
        table.s3.delete_object(Bucket=BUCKET, Key=key)
    assert {f"ids/{EIGHT}-1", f"ids/{NINE}-2"} <= referenced
    assert table.rows() == [(EIGHT, "e0001"), (NINE, "e0003")]


def test_everything_that_a_table_and_its_snapshots_need_is_referenced(table: WarmTable) -> None:
    table.put(EIGHT, 1, [1])
    table.put(EIGHT, 2, [2])
    table.catalog.commit(table.catalog.load(table.name), Change(token=3))
    assert table.object_keys() | {f"ids/{EIGHT}-1", f"ids/{EIGHT}-2"} <= table.catalog.referenced(table.name)


def test_expiry_forgets_old_snapshots_and_says_what_only_they_named(table: WarmTable) -> None:
    table.put(EIGHT, 1, [1])
    table.put(EIGHT, 2, [2])
    old = table.catalog.referenced(table.name)
    objects = table.object_keys()
    assert table.catalog.expire(table.name, dt.datetime(2020, 1, 1, tzinfo=dt.UTC)) == ()
    assert len(iceberg(table).snapshots()) == 2
    unnamed = table.catalog.expire(table.name, AFTERWARDS)
    assert len(iceberg(table).snapshots()) == 1
    assert objects <= table.object_keys(), "the catalog deletes nothing"
    assert {*unnamed} == old - table.catalog.referenced(table.name)
    assert sorted(map(kind_of, unnamed)) == ["data", "identities", "index", "list", "manifest"]
    for key in unnamed:
        table.s3.delete_object(Bucket=BUCKET, Key=key)
    assert table.rows() == [(EIGHT, "e0002")]
    assert len(iceberg(table).scan().to_arrow()) == 1
    assert table.catalog.load(table.name).fence == 2
    assert table.catalog.expire(table.name, AFTERWARDS) == ()


def kind_of(key: str) -> str:
    """Return what an object of a warm table is."""
    kinds = {"/index/": "index", "ids/": "identities", "/data/": "data", "snap-": "list", "-m": "manifest"}
    return next(kind for part, kind in kinds.items() if part in key)


def test_expiry_keeps_a_snapshot_that_was_read_until_a_moment_ago_however_old_it_is(table: WarmTable) -> None:
    table.put(EIGHT, 1, [1])
    time.sleep(0.01)
    a_moment_ago = dt.datetime.now(dt.UTC)
    table.put(EIGHT, 2, [2])
    assert table.catalog.expire(table.name, a_moment_ago) == ()
    assert len(iceberg(table).snapshots()) == 2


def test_expiry_keeps_a_snapshot_that_somebody_named(table: WarmTable) -> None:
    table.put(EIGHT, 1, [1])
    known = iceberg(table)
    known.manage_snapshots().create_tag(known.snapshots()[0].snapshot_id, "audit").commit()
    table.put(EIGHT, 2, [2])
    assert table.catalog.expire(table.name, AFTERWARDS) == ()


def test_expiry_of_rows_that_are_still_there_names_none_of_their_files(table: WarmTable) -> None:
    table.put(EIGHT, 1, [1])
    table.put(NINE, 2, [2])
    unnamed = table.catalog.expire(table.name, AFTERWARDS)
    assert {*map(kind_of, unnamed)} <= {"list", "manifest", "index"}
    for key in unnamed:
        table.s3.delete_object(Bucket=BUCKET, Key=key)
    assert len(iceberg(table).scan().to_arrow()) == len(table.rows()) == 2
    assert table.object_keys() <= table.catalog.referenced(table.name)


def test_old_metadata_is_left_to_the_orphan_sweep(table: WarmTable) -> None:
    for number in range(24):
        base = table.catalog.load(table.name)
        table.s3.meta.events.register("before-call.s3.DeleteObject", _denied)
        table.catalog.commit(base, Change(token=number + 1))
    metadata = {key for key in table.object_keys() if key.endswith(".metadata.json")}
    assert len(metadata) == 25
    assert len(metadata & table.catalog.referenced(table.name)) == 21


def _denied(**_call: object) -> None:
    raise AssertionError("the functions that commit have no right to delete")


def test_rows_that_another_engine_deleted_do_not_come_back(table: WarmTable) -> None:
    table.put(EIGHT, 1, [1])
    base = table.catalog.load(table.name)
    [file] = table.catalog.files(base)
    delete_positions(iceberg(table), {file.path: [0]}, base.handle.data_files[file.path].partition)
    with pytest.raises(ConfigurationError, match="has delete files"):
        table.catalog.files(table.catalog.load(table.name))


def test_only_the_footer_of_a_large_file_is_read(table: WarmTable) -> None:
    rows = [row(number % 20, event_id=f"{number:064}") for number in range(20000)]
    file = table.write(EIGHT, rows)
    stream: Any = iceberg(table).io.new_input(file.path).open()
    assert pq.read_metadata(stream).num_rows == 20000
    stream.seek(-4, io.SEEK_END)
    assert stream.read() == b"PAR1"
    assert stream.read() == b""
