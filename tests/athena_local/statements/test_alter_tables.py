import re

import pytest

from athena_local.errors import QueryError
from tests.athena_local.statements.conftest import NOW, Lake


@pytest.fixture
def altered(lake: Lake) -> Lake:
    lake.run(
        "CREATE EXTERNAL TABLE t (id int COMMENT 'key', s string) PARTITIONED BY (day string, n int) "
        "LOCATION 's3://shop/t/' TBLPROPERTIES ('a'='1')"
    )
    lake.run("ALTER TABLE t ADD PARTITION (day='a b/c', n=1) PARTITION (n=2, day='d') LOCATION 's3://shop/else/'")
    return lake


def test_partitions_are_added_where_the_statement_says_or_below_the_table(altered: Lake) -> None:
    assert altered.partitions("t") == {
        ("a b/c", "1"): "s3://shop/t/day=a b%2Fc/n=1",
        ("d", "2"): "s3://shop/else",
    }
    partition = altered.glue.get_partition(DatabaseName="shop", TableName="t", PartitionValues=["d", "2"])["Partition"]
    assert partition["StorageDescriptor"]["Columns"] == altered.table("t")["StorageDescriptor"]["Columns"]
    assert partition["Parameters"] == {"transient_lastDdlTime": str(NOW)}


def test_a_partition_that_is_there_is_refused_with_all_others_or_left_alone(altered: Lake) -> None:
    before = altered.partitions("t")
    with pytest.raises(QueryError, match=re.escape("AlreadyExistsException(message:Partition already exists.)")):
        altered.run("ALTER TABLE t ADD PARTITION (day='new', n=1) PARTITION (day='d', n=2)")
    assert altered.partitions("t") == before
    altered.run(
        "ALTER TABLE t ADD IF NOT EXISTS PARTITION (day='new', n=1) PARTITION (day='d', n=2) LOCATION 's3://x/'"
    )
    assert altered.partitions("t") == before | {("new", "1"): "s3://shop/t/day=new/n=1"}


def test_partitions_are_dropped_by_all_keys_or_by_some(altered: Lake) -> None:
    altered.run("ALTER TABLE t ADD PARTITION (day='d', n=3) PARTITION (day='e', n=3)")
    altered.run("ALTER TABLE t DROP PARTITION (day='d'), PARTITION (day='e', n=3)")
    assert list(altered.partitions("t")) == [("a b/c", "1")]
    with pytest.raises(QueryError, match=r"\[Error 10006\]: Partition not found \{day=d\}"):
        altered.run("ALTER TABLE t DROP PARTITION (day='a b/c'), PARTITION (day='d')")
    altered.run("ALTER TABLE t DROP IF EXISTS PARTITION (day='d')")
    assert list(altered.partitions("t")) == [("a b/c", "1")]


def test_a_renamed_partition_stays_where_it_is(altered: Lake) -> None:
    altered.run("ALTER TABLE t PARTITION (day='d', n=2) RENAME TO PARTITION (day='e', n=-5)")
    assert altered.partitions("t")["e", "-5"] == "s3://shop/else"
    assert ("d", "2") not in altered.partitions("t")
    with pytest.raises(QueryError, match="Partition already exists"):
        altered.run("ALTER TABLE t PARTITION (day='e', n=-5) RENAME TO PARTITION (day='a b/c', n=1)")


def test_locations(altered: Lake) -> None:
    altered.run("ALTER TABLE t SET LOCATION 's3://shop/moved/'")
    altered.run("ALTER TABLE t PARTITION (day='d', n=2) SET LOCATION 's3://shop/part/'")
    assert altered.table("t")["StorageDescriptor"]["Location"] == "s3://shop/moved"
    assert altered.partitions("t")["d", "2"] == "s3://shop/part"


def test_properties_are_added_and_overwritten(altered: Lake) -> None:
    altered.run("ALTER TABLE t SET TBLPROPERTIES ('a'='2', 'projection.enabled'='true')")
    assert altered.table("t")["Parameters"] == {
        "EXTERNAL": "TRUE",
        "a": "2",
        "projection.enabled": "true",
        "transient_lastDdlTime": str(NOW),
    }


def test_columns(altered: Lake) -> None:
    altered.run("ALTER TABLE t ADD COLUMNS (x array<int> COMMENT 'new', y double)")
    assert altered.columns("t") == [("id", "int"), ("s", "string"), ("x", "array<int>"), ("y", "double")]
    altered.run("ALTER TABLE t CHANGE COLUMN y z bigint FIRST")
    altered.run("ALTER TABLE t CHANGE s s varchar(3) COMMENT 'short' AFTER x")
    assert altered.columns("t") == [("z", "bigint"), ("id", "int"), ("x", "array<int>"), ("s", "varchar(3)")]
    comments = [each.get("Comment") for each in altered.table("t")["StorageDescriptor"]["Columns"]]
    assert comments == [None, "key", "new", "short"]
    altered.run("ALTER TABLE t REPLACE COLUMNS (sole string)")
    assert altered.columns("t") == [("sole", "string")]
    altered.run("ALTER TABLE t PARTITION (day='d', n=2) ADD COLUMNS (another int)")
    partition = altered.glue.get_partition(DatabaseName="shop", TableName="t", PartitionValues=["d", "2"])["Partition"]
    assert [each["Name"] for each in partition["StorageDescriptor"]["Columns"]] == ["id", "s", "another"]
    assert altered.columns("t") == [("sole", "string")]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("ADD COLUMNS (s int)", "[Error 10036]: Duplicate column name: s"),
        ("ADD COLUMNS (day int)", "[Error 10035]: Column repeated in partitioning columns"),
        ("ADD COLUMNS (d date)", "NOT_SUPPORTED: ALTER TABLE ADD COLUMNS does not work for columns of the type date"),
        ("CHANGE nosuch x int", "[Error 10002]: Invalid column reference nosuch"),
        ("CHANGE id x int AFTER nosuch", "[Error 10002]: Invalid column reference nosuch"),
        ("CHANGE id s int", "[Error 10036]: Duplicate column name: s"),
        ("ADD PARTITION (day='x')", "partition spec {day=x} doesn't contain all (2) partition columns"),
        ("ADD PARTITION (day='x', n=1, z=1)", "contains non-partition columns: z"),
        ("ADD PARTITION (day='x', n='y')", "[Error 10248]: Cannot add partition column n of type string"),
        ("ADD PARTITION (day='', n=1)", "Partition value of day must not be empty"),
        ("ADD PARTITION (day='x', n=1) LOCATION 'x'", "INVALID_TABLE_PROPERTY"),
        ("PARTITION (day='x', n=1) SET LOCATION 's3://b/'", "Partition not found {day=x, n=1}"),
        ("PARTITION (day='x', n=1) RENAME TO PARTITION (day='y', n=1)", "Partition not found {day=x, n=1}"),
        ("RENAME TO u", "Table cannot be renamed"),
        ("DROP COLUMN s", "NOT_SUPPORTED"),
    ],
)
def test_what_is_refused_changes_nothing(altered: Lake, change: str, message: str) -> None:
    before, partitions = altered.table("t"), altered.partitions("t")
    with pytest.raises(QueryError, match=re.escape(message)):
        altered.run(f"ALTER TABLE t {change}")
    after = altered.table("t")
    assert (after["StorageDescriptor"], after["Parameters"]) == (before["StorageDescriptor"], before["Parameters"])
    assert altered.partitions("t") == partitions


def test_columns_of_a_serde_that_names_them_itself_are_not_replaced(lake: Lake) -> None:
    lake.run(
        "CREATE EXTERNAL TABLE j (x int) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://shop/j/'"
    )
    with pytest.raises(QueryError, match="Replace columns is not supported for table j"):
        lake.run("ALTER TABLE j REPLACE COLUMNS (y int)")


def test_a_table_without_partition_keys_has_no_partitions(lake: Lake) -> None:
    lake.run("CREATE EXTERNAL TABLE p (x int) LOCATION 's3://shop/p/'")
    with pytest.raises(QueryError, match=re.escape("table is not partitioned but partition spec exists: {a=1}")):
        lake.run("ALTER TABLE p ADD PARTITION (a=1)")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("ADD PARTITION (a=1)", "Query type not supported by Athena Iceberg at this time"),
        ("SET LOCATION 's3://b/'", "Query type not supported by Athena Iceberg at this time"),
        ("REPLACE COLUMNS (x int)", "Query type not supported by Athena Iceberg at this time"),
        ("ADD COLUMNS (x int)", "NOT_SUPPORTED: ALTER TABLE i: Iceberg tables"),
        ("DROP COLUMN x", "NOT_SUPPORTED: ALTER TABLE i: Iceberg tables"),
    ],
)
def test_iceberg_tables_are_another_parts_work(lake: Lake, change: str, message: str) -> None:
    table = {"Name": "i", "TableType": "EXTERNAL_TABLE", "Parameters": {"table_type": "ICEBERG"}}
    lake.glue.create_table(DatabaseName="shop", TableInput=table)
    with pytest.raises(QueryError, match=message):
        lake.run(f"ALTER TABLE i {change}")
    with pytest.raises(QueryError, match="NOT_SUPPORTED: DROP TABLE i"):
        lake.run("DROP TABLE i")
