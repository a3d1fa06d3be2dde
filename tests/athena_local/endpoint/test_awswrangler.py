"""AWS SDK for pandas against the endpoint."""

import warnings
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.athena_local.endpoint.tables import Endpoint

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what it warns of at import is not ours
    import awswrangler as wr
    import pandas as pd

# awswrangler calls pandas in ways that pandas 3 warns of.
pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")


ANALYSTS: dict[str, Any] = {"database": "wrangled", "workgroup": "analysts"}
PLACE = "s3://shop/wrangled"
FRAME = pd.DataFrame({
    "id": [1, 2, 3],
    "name": ["a", "b", None],
    "amount": [Decimal("1.50"), None, Decimal("2.25")],
    "day": ["2026-11-20", "2026-11-21", "2026-11-21"],
})  # fmt: skip


@pytest.fixture(scope="module")
def wrangler(endpoint: Endpoint) -> Iterator[None]:
    """Point awswrangler at the endpoint; Glue, too, since emulators lack some of its operations."""
    names = ("athena_endpoint_url", "glue_endpoint_url", "s3_endpoint_url", "sts_endpoint_url")
    before = {name: getattr(wr.config, name) for name in names}
    wr.config.athena_endpoint_url = wr.config.glue_endpoint_url = endpoint.athena_url
    wr.config.s3_endpoint_url = wr.config.sts_endpoint_url = endpoint.aws_url
    wr.config.athena_query_wait_polling_delay = 0.02
    yield
    for name, value in before.items():
        setattr(wr.config, name, value)
    wr.config.reset("athena_query_wait_polling_delay")


@pytest.fixture(scope="module")
def orders(wrangler: None) -> Iterator[str]:
    """A partitioned table that awswrangler has made and registered."""
    wr.catalog.create_database("wrangled", description="Made by a client")
    wr.s3.to_parquet(
        FRAME, path=f"{PLACE}/orders/", dataset=True, database="wrangled", table="orders", partition_cols=["day"],
        glue_table_settings={"description": "Orders", "columns_comments": {"id": "The number"}},
    )  # fmt: skip
    yield "orders"
    wr.catalog.delete_database("wrangled")


def records(frame: Any) -> list[tuple[Any, ...]]:
    return [tuple(None if pd.isna(value) else value for value in row) for row in frame.itertuples(index=False)]


@pytest.mark.usefixtures("wrangler")
def test_read_sql_query() -> None:
    frame = wr.athena.read_sql_query(
        "SELECT event_id, event_time, amount, clicks FROM orders ORDER BY event_id",
        database="shop",
        ctas_approach=False,
        workgroup="analysts",
    )
    assert list(frame["event_id"]) == ["e1", "e2", "e3", "e4"]
    assert frame["event_time"][0] == pd.Timestamp("2026-11-22 10:30:00")
    assert frame["amount"][1] == Decimal("3.000000000")
    assert pd.isna(frame["amount"][3])
    assert frame["clicks"].dtype == "Int64"


@pytest.mark.usefixtures("wrangler")
def test_parameters_and_failures() -> None:
    frame = wr.athena.read_sql_query(
        "SELECT count(*) AS n FROM orders WHERE gen = :gen",
        database="shop",
        ctas_approach=False,
        workgroup="analysts",
        params={"gen": "2026-11-22-10"},
    )
    assert frame["n"][0] == 2
    with pytest.raises(wr.exceptions.QueryFailed, match="TABLE_NOT_FOUND"):
        wr.athena.read_sql_query("SELECT 1 FROM nosuch", database="shop", ctas_approach=False, workgroup="analysts")


@pytest.mark.usefixtures("wrangler")
def test_the_catalog() -> None:
    described = wr.athena.describe_table("orders", database="shop", workgroup="analysts")
    assert list(described.query("Partition")["Column Name"]) == ["gen"]
    assert dict(zip(described["Column Name"], described["Type"], strict=True))["amount"] == "decimal(38,9)"


ALL = [(1, "a", Decimal("1.50"), "2026-11-20"), (2, "b", None, "2026-11-21"), (3, None, Decimal("2.25"), "2026-11-21")]
SQL = "SELECT * FROM orders ORDER BY id"


def test_a_table_that_it_wrote_is_read_in_each_way(orders: str) -> None:
    unload: dict[str, Any] = {"ctas_approach": False, "unload_approach": True}
    assert records(wr.athena.read_sql_query(SQL, **ANALYSTS)) == ALL
    assert records(wr.athena.read_sql_query(SQL, ctas_approach=False, **ANALYSTS)) == ALL
    assert records(wr.athena.read_sql_query(SQL, s3_output=f"{PLACE}/unloaded/", **unload, **ANALYSTS)) == ALL
    assert len(wr.athena.read_sql_table(orders, **ANALYSTS)) == 3


@pytest.mark.parametrize(
    "approach", [{}, {"ctas_approach": False}, {"ctas_approach": False, "unload_approach": True}], ids=str
)
def test_chunks(orders: str, approach: dict[str, Any]) -> None:
    place: dict[str, Any] = {"s3_output": f"{PLACE}/chunks/"} if "unload_approach" in approach else {}
    chunks = list(wr.athena.read_sql_query(SQL, chunksize=2, **approach, **place, **ANALYSTS))
    assert [len(chunk) for chunk in chunks] == [2, 1]
    assert [row for chunk in chunks for row in records(chunk)] == ALL


def test_both_kinds_of_parameters(orders: str) -> None:
    marks = wr.athena.read_sql_query(
        f"SELECT id FROM {orders} WHERE name = ? AND id > ?",
        params=["'b'", "1"], paramstyle="qmark", ctas_approach=False, **ANALYSTS,
    )  # fmt: skip
    assert list(marks["id"]) == [2]
    names = wr.athena.read_sql_query(
        f"SELECT id FROM {orders} WHERE name = :name AND timestamp '2026-01-02 00:00:00' > :at AND amount IS NULL",
        params={"name": "b", "at": datetime.fromisoformat("2026-01-01")}, **ANALYSTS,
    )  # fmt: skip
    assert list(names["id"]) == [2]


def test_a_result_is_found_again(orders: str) -> None:
    first = wr.athena.read_sql_query(SQL, ctas_approach=False, **ANALYSTS)
    again = wr.athena.read_sql_query(
        SQL, ctas_approach=False, athena_cache_settings={"max_cache_seconds": 900}, **ANALYSTS
    )
    assert again.query_metadata["QueryExecutionId"] == first.query_metadata["QueryExecutionId"]
    assert records(again) == records(first)


def test_executions_and_what_they_tell(orders: str) -> None:
    started = wr.athena.start_query_execution(f"SELECT id, amount, day FROM {orders}", wait=True, **ANALYSTS)
    execution_id = started["QueryExecutionId"]
    assert wr.athena.get_query_columns_types(execution_id) == {
        "id": "bigint", "amount": "decimal(3,2)", "day": "varchar"
    }  # fmt: skip
    assert len(wr.athena.get_query_results(execution_id)) == 3
    assert execution_id in wr.athena.list_query_executions(workgroup="analysts")
    executions: Any = wr.athena.get_query_executions([execution_id])
    assert list(executions["Status.State"]) == ["SUCCEEDED"]
    assert wr.athena.get_work_group("analysts")["WorkGroup"]["Name"] == "analysts"


def test_prepared_statements(orders: str) -> None:
    wr.athena.create_prepared_statement(f"SELECT id FROM {orders} WHERE id = ?", "one_order", workgroup="analysts")
    found = wr.athena.read_sql_query("EXECUTE one_order USING 2", ctas_approach=False, **ANALYSTS)
    assert list(found["id"]) == [2]
    wr.athena.delete_prepared_statement("one_order", workgroup="analysts")


def test_statements_about_tables(orders: str) -> None:
    created = wr.athena.show_create_table(orders, **ANALYSTS)
    assert created.startswith("CREATE EXTERNAL TABLE `orders`( `id` bigint COMMENT 'The number', `name` string,")
    wr.catalog.create_parquet_table(
        database="wrangled", table="bare", path=f"{PLACE}/orders/", columns_types={"id": "bigint"},
        partitions_types={"day": "string"},
    )  # fmt: skip
    assert wr.athena.repair_table("bare", **ANALYSTS) == "SUCCEEDED"
    days = wr.catalog.get_parquet_partitions("wrangled", "bare", expression="day > '2026-11-20'")
    assert list(days.values()) == [["2026-11-21"]]
    wr.catalog.add_parquet_partitions("wrangled", "bare", {f"{PLACE}/none/day=1/": ["1"]})
    wr.catalog.delete_partitions(table="bare", database="wrangled", partitions_values=[["1"]])
    assert len(wr.catalog.get_partitions("wrangled", "bare")) == 2
    wr.catalog.delete_all_partitions(table="bare", database="wrangled")
    assert wr.catalog.get_partitions("wrangled", "bare") == {}
    assert wr.catalog.delete_table_if_exists("wrangled", "bare")
    assert not wr.catalog.does_table_exist("wrangled", "bare")


def test_what_the_catalog_tells(orders: str) -> None:
    assert "wrangled" in list(wr.catalog.databases()["Database"])
    for part, text in (("contains", "rder"), ("prefix", "o"), ("suffix", "rs")):
        name: Any = {f"name_{part}": text}
        assert list(wr.catalog.tables(database="wrangled", **name)["Table"]) == ["orders"]
    shown = wr.catalog.table(database="wrangled", table=orders)
    assert list(shown.query("Partition")["Column Name"]) == ["day"]
    assert wr.catalog.get_table_types("wrangled", orders) == {
        "id": "bigint", "name": "string", "amount": "decimal(3,2)", "day": "string"
    }  # fmt: skip
    assert wr.catalog.get_table_description("wrangled", orders) == "Orders"
    assert wr.catalog.get_table_location("wrangled", orders) == f"{PLACE}/orders/"
    assert wr.catalog.get_table_number_of_versions("wrangled", orders) == 1
    wr.catalog.upsert_table_parameters({"team": "shop"}, "wrangled", orders)
    assert wr.catalog.get_table_parameters("wrangled", orders)["team"] == "shop"


def test_partitions_are_overwritten(orders: str) -> None:
    later = FRAME[:1].assign(day="2026-11-22")
    options: dict[str, Any] = {"dataset": True, "database": "wrangled", "table": "days", "partition_cols": ["day"]}
    mode: Any
    for mode, frame in (("append", FRAME), ("append", later), ("overwrite_partitions", later.assign(id=7))):
        wr.s3.to_parquet(frame, path=f"{PLACE}/days/", mode=mode, **options)
    found = wr.athena.read_sql_query("SELECT id, day FROM days ORDER BY id", **ANALYSTS)
    assert list(found["id"]) == [1, 2, 3, 7]


def test_other_formats(orders: str) -> None:
    options: dict[str, Any] = {"dataset": True, "database": "wrangled"}
    few = FRAME[["id", "name"]]
    wr.s3.to_csv(few, path=f"{PLACE}/csv/", table="as_csv", index=False, **options)
    wr.s3.to_json(few, path=f"{PLACE}/json/", table="as_json", orient="records", lines=True, index=False, **options)
    wr.s3.to_orc(few, path=f"{PLACE}/orc/", table="as_orc", **options)
    for table, third in (("as_csv", ""), ("as_json", None), ("as_orc", None)):
        found = wr.athena.read_sql_query(f"SELECT * FROM {table} ORDER BY id", **ANALYSTS)
        assert records(found) == [(1, "a"), (2, "b"), (3, third)]


def test_iceberg(orders: str) -> None:
    options: dict[str, Any] = {"database": "wrangled", "table": "ledger", "workgroup": "analysts", "keep_files": False}
    place: dict[str, Any] = {"table_location": f"{PLACE}/ledger/", "temp_path": f"{PLACE}/temporary/"}
    wr.athena.to_iceberg(FRAME, partition_cols=["day"], **place, **options)
    wr.athena.to_iceberg(FRAME[:1].assign(id=9, extra=1.5), schema_evolution=True, **place, **options)
    found = wr.athena.read_sql_query("SELECT id, day, extra FROM ledger ORDER BY id", **ANALYSTS)
    assert records(found)[1:] == [(2, "2026-11-21", None), (3, "2026-11-21", None), (9, "2026-11-20", 1.5)]
    with pytest.raises(wr.exceptions.QueryFailed, match="NOT_SUPPORTED"):
        wr.athena.to_iceberg(FRAME, merge_cols=["id"], **place, **options)
    assert sorted(wr.catalog.tables(database="wrangled", name_contains="ledger")["Table"]) == ["ledger"]
