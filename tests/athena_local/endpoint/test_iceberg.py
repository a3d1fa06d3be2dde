"""Iceberg tables through the endpoint: made, filled, changed, looked back at, and dropped."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from athena_local.tables.iceberg.catalog import StoreCatalog
from athena_local.tables.iceberg.store import StoreFiles
from athena_local.tables.storage import S3ObjectStore
from tests.athena_local.endpoint.tables import Endpoint
from tests.athena_local.tables.iceberg.deletes import delete_positions

CREATE = """
CREATE TABLE {name} (id bigint COMMENT 'of the click', at timestamp, page string, tags array<string>)
PARTITIONED BY (day(at), bucket(4, id)) LOCATION 's3://shop/{name}/' TBLPROPERTIES ('table_type' = 'ICEBERG', {more})
"""


@pytest.fixture
def name(endpoint: Endpoint) -> Iterator[str]:
    name = f"clicks_{uuid4().hex[:8]}"
    run(endpoint, CREATE.format(name=name, more="'format' = 'parquet', 'vacuum_min_snapshots_to_keep' = '3'"))
    yield name
    endpoint.execute(f"DROP TABLE IF EXISTS {name}")


def run(endpoint: Endpoint, sql: str) -> dict[str, Any]:
    execution = endpoint.execute(sql)
    assert execution["Status"]["State"] == "SUCCEEDED", execution["Status"]
    return execution


def reason(endpoint: Endpoint, sql: str) -> str:
    execution = endpoint.execute(sql)
    assert execution["Status"]["State"] == "FAILED", execution["Status"]
    return str(execution["Status"]["StateChangeReason"])


def objects(endpoint: Endpoint, name: str) -> list[str]:
    listing = endpoint.s3.list_objects_v2(Bucket="shop", Prefix=f"{name}/")
    return [listed["Key"] for listed in listing.get("Contents", [])]


def test_a_table_is_made_filled_and_read(endpoint: Endpoint, name: str) -> None:
    run(endpoint, f"INSERT INTO {name} VALUES (1, TIMESTAMP '2026-01-01 10:00:00.123456', '/a', ARRAY['x', 'y'])")
    run(endpoint, f"INSERT INTO {name} (id, at) VALUES (2, TIMESTAMP '2026-01-02 10:00:00')")
    run(endpoint, f"INSERT INTO {name} (page, id) SELECT '/c', 3")
    assert endpoint.rows(f"SELECT id, page, tags FROM {name} ORDER BY id")[1:] == [
        ["1", "/a", "[x, y]"],
        ["2", None, None],
        ["3", "/c", None],
    ]
    assert endpoint.rows(f"SELECT id, CAST(at AS varchar) FROM {name} WHERE at < TIMESTAMP '2026-01-02 00:00:00'")[
        1:
    ] == [["1", "2026-01-01 10:00:00.123456"]]


def test_information_schema_tells_trinos_types(endpoint: Endpoint, name: str) -> None:
    query = f"SELECT column_name, data_type FROM information_schema.columns WHERE table_name = '{name}'"
    assert endpoint.rows(f"{query} ORDER BY ordinal_position")[1:] == [
        ["id", "bigint"],
        ["at", "timestamp(6)"],
        ["page", "varchar"],
        ["tags", "array(varchar)"],
    ]


def test_only_the_partitions_of_a_condition_are_read(endpoint: Endpoint, name: str) -> None:
    run(
        endpoint,
        f"INSERT INTO {name} SELECT n, TIMESTAMP '2026-01-01 10:00:00', 'x', NULL FROM UNNEST(sequence(1, 9)) AS t (n)",
    )
    everything = run(endpoint, f"SELECT sum(id) FROM {name}")["Statistics"]["DataScannedInBytes"]
    assert 0 < run(endpoint, f"SELECT id FROM {name} WHERE id = 3")["Statistics"]["DataScannedInBytes"] < everything
    assert run(endpoint, f"SELECT id FROM {name} WHERE at > DATE '2026-02-01'")["Statistics"]["DataScannedInBytes"] == 0


def test_earlier_versions(endpoint: Endpoint, name: str) -> None:
    run(endpoint, f"INSERT INTO {name} (id) VALUES 1")
    run(endpoint, f"INSERT INTO {name} (id) VALUES 2")
    snapshots = endpoint.rows(f'SELECT snapshot_id, committed_at FROM "{name}$snapshots" ORDER BY committed_at')[1:]
    first, moment = snapshots[0]
    assert endpoint.rows(f"SELECT count(*) FROM {name} FOR VERSION AS OF {first}")[1:] == [["1"]]
    assert endpoint.rows(f"SELECT count(*) FROM {name} FOR TIMESTAMP AS OF TIMESTAMP '{moment}'")[1:] == [["1"]]
    joined = f"{name} a LEFT JOIN {name} FOR VERSION AS OF {first} b ON a.id = b.id"
    assert endpoint.rows(f"SELECT a.id, b.id FROM {joined} ORDER BY 1")[1:] == [["1", "1"], ["2", None]]
    assert re.fullmatch(
        r"INVALID_ARGUMENTS: line 1:\d+: Pointer value '.* UTC' is not in the past",
        reason(endpoint, f"SELECT 1 FROM {name} FOR TIMESTAMP AS OF current_timestamp"),
    )
    assert reason(endpoint, "SELECT 1 FROM orders FOR VERSION AS OF 1").startswith(
        "NOT_SUPPORTED: This connector does not support versioned tables"
    )


def test_the_columns_of_metadata_tables(endpoint: Endpoint, name: str) -> None:
    run(endpoint, f"INSERT INTO {name} (id, at) VALUES (1, TIMESTAMP '2026-01-01 10:00:00')")
    header, row = endpoint.rows(f'SELECT content, partition, record_count, file_format FROM "{name}$files"')
    assert header == ["content", "partition", "record_count", "file_format"]
    assert row == ["0", "{at_day=2026-01-01, id_bucket=0}", "1", "PARQUET"]
    assert endpoint.rows(f'SELECT record_count, file_count FROM "{name}$partitions"')[1:] == [["1", "1"]]
    assert endpoint.rows(f'SELECT is_current_ancestor FROM "{name}$history"')[1:] == [["true"]]
    assert endpoint.rows(f'SELECT name, type FROM "{name}$refs"')[1:] == [["main", "BRANCH"]]
    assert endpoint.rows(f'SELECT added_rows_count FROM "{name}$manifests"')[1:] == [["1"]]
    assert "not supported offline" in reason(endpoint, f'SELECT * FROM "{name}$entries"')
    assert reason(endpoint, f'SELECT * FROM "{name}$nosuch"').startswith("TABLE_NOT_FOUND")


def test_rows_that_another_writer_deletes(endpoint: Endpoint, name: str) -> None:
    run(endpoint, f"INSERT INTO {name} (id) VALUES 1, 5, 9")
    catalog = StoreCatalog(client=endpoint.glue, files=StoreFiles(S3ObjectStore(endpoint.s3)))
    loaded = catalog.load_table(("shop", name))
    tasks = list(loaded.scan().plan_files())
    for task in tasks:
        delete_positions(loaded, {task.file.file_path: [0]}, task.file.partition)
        loaded.refresh()
    assert endpoint.rows(f"SELECT count(*) FROM {name}")[1:] == [[str(3 - len(tasks))]]


def test_columns_are_added_renamed_and_dropped(endpoint: Endpoint, name: str) -> None:
    run(endpoint, f"INSERT INTO {name} (id, page) VALUES (1, '/a')")
    run(endpoint, f"ALTER TABLE {name} ADD COLUMNS (n int COMMENT 'a number')")
    run(endpoint, f"ALTER TABLE {name} CHANGE COLUMN n m bigint")
    run(endpoint, f"ALTER TABLE {name} DROP COLUMN tags")
    run(endpoint, f"ALTER TABLE {name} SET TBLPROPERTIES ('vacuum_max_snapshot_age_seconds' = '100')")
    run(endpoint, f"INSERT INTO {name} (id, m) VALUES (2, 5000000000)")
    assert endpoint.rows(f"SELECT id, page, m FROM {name} ORDER BY id")[1:] == [
        ["1", "/a", None],
        ["2", None, "5000000000"],
    ]
    assert endpoint.rows(f'SELECT value FROM "{name}$properties" WHERE "key" LIKE \'vacuum_max%\'')[1:] == [["100"]]
    assert reason(endpoint, f"ALTER TABLE {name} DROP COLUMN nosuch").startswith("NOT_SUPPORTED")
    assert reason(endpoint, f"ALTER TABLE {name} CHANGE COLUMN m m int").startswith("NOT_SUPPORTED")
    unknown = f"ALTER TABLE {name} SET TBLPROPERTIES ('write.format.default' = 'orc')"
    assert reason(endpoint, unknown) == "INVALID_TABLE_PROPERTY: Unsupported table property key: write.format.default"


def test_a_table_as_a_query(endpoint: Endpoint) -> None:
    name = f"days_{uuid4().hex[:8]}"
    properties = (
        f"table_type = 'ICEBERG', is_external = false, location = 's3://shop/{name}/', partitioning = ARRAY['day(at)']"
    )
    query = "SELECT event_id, CAST(event_time AS timestamp(6)) AS at, amount, clicks FROM orders"
    run(endpoint, f"CREATE TABLE {name} WITH ({properties}) AS {query}")
    assert (
        endpoint.rows(f"SELECT count(*), sum(clicks), sum(amount) FROM {name}")[1:]
        == endpoint.rows("SELECT count(*), sum(clicks), sum(amount) FROM orders")[1:]
    )
    run(endpoint, f"DROP TABLE {name}")
    assert objects(endpoint, name) == []


def test_a_failed_query_leaves_no_table(endpoint: Endpoint) -> None:
    name = f"none_{uuid4().hex[:8]}"
    properties = f"table_type = 'ICEBERG', is_external = false, location = 's3://shop/{name}/'"
    told = reason(endpoint, f"CREATE TABLE {name} WITH ({properties}) AS SELECT clicks / (clicks - 1) AS x FROM orders")
    assert told.startswith("DIVISION_BY_ZERO")
    assert objects(endpoint, name) == []
    assert reason(endpoint, f"SELECT * FROM {name}").startswith("TABLE_NOT_FOUND")


def test_a_dropped_table_takes_its_objects_along(endpoint: Endpoint, name: str) -> None:
    run(endpoint, f"INSERT INTO {name} (id) VALUES 1")
    run(endpoint, f"DROP TABLE {name}")
    assert objects(endpoint, name) == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM {}",
        "UPDATE {} SET id = 1",
        "OPTIMIZE {} REWRITE DATA USING BIN_PACK",
        "VACUUM {}",
        "MERGE INTO {} t USING orders o ON t.id = o.clicks WHEN MATCHED THEN DELETE",
    ],
)
def test_statements_that_change_rows_are_refused(endpoint: Endpoint, name: str, statement: str) -> None:
    word = statement.split(maxsplit=1)[0]
    assert reason(endpoint, statement.format(name)).startswith(f"NOT_SUPPORTED: {word} statements do not run offline")


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (
            CREATE.format(name="x", more="'nosuch' = '1'"),
            "INVALID_TABLE_PROPERTY: Unsupported table property key: nosuch",
        ),
        (CREATE.format(name="x", more="'format' = 'orc'"), "NOT_SUPPORTED: Iceberg tables in the format orc"),
        (
            CREATE.format(name="x", more="'format' = 'parquet'").replace("bigint", "tinyint"),
            "NOT_SUPPORTED: Type not supported",
        ),
        (
            CREATE.format(name="x", more="'format' = 'parquet'").replace("day(at)", "day(page)"),
            "INVALID_TABLE_PROPERTY: Invalid source",
        ),
        (
            CREATE.format(name="x", more="'format' = 'parquet'").replace("day(at)", "nosuch"),
            "INVALID_TABLE_PROPERTY: Cannot find",
        ),
    ],
)
def test_tables_that_are_not_made(endpoint: Endpoint, sql: str, told: str) -> None:
    assert reason(endpoint, sql).startswith(told)
    assert objects(endpoint, "x") == []


def test_a_table_needs_a_moment_to_look_back_to(endpoint: Endpoint, name: str) -> None:
    past = datetime.now(UTC).strftime("%Y-%m-%d 00:00:00 UTC")
    told = reason(endpoint, f"SELECT 1 FROM {name} FOR TIMESTAMP AS OF TIMESTAMP '{past}'")
    assert told.startswith(f"INVALID_ARGUMENTS: No version history table shop.{name} at or before")
