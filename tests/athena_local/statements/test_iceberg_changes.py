from typing import Any

import pytest

from athena_local.errors import InvalidRequestError, QueryError
from athena_local.statements.iceberg_changes import IcebergChanges
from athena_local.statements.table_changes import RenameTable
from athena_local.statements.table_definition import read_definition
from athena_local.tables.catalog import Table
from athena_local.tables.iceberg.definitions import IcebergDefinitions
from tests.athena_local.tables.iceberg.glue import FakeGlue
from tests.athena_local.tables.iceberg.lake import MemoryStore

END = "LOCATION 's3://lake/t/' TBLPROPERTIES ('table_type' = 'iceberg')"


def changes(glue: FakeGlue) -> IcebergChanges:
    return IcebergChanges(IcebergDefinitions(client=glue, store=MemoryStore()))


def create(sql: str) -> dict[str, Any]:
    glue = FakeGlue()
    changes(glue).create("shop", read_definition(sql))
    return glue.tables["shop", "t"]


def test_a_table_has_its_columns_and_their_comments_in_glue() -> None:
    table = create(
        f"CREATE TABLE t (id bigint COMMENT 'it''s', s struct<a:int,b:array<string>>) COMMENT 'clicks' {END}"
    )
    columns = [(each["Name"], each["Type"], each.get("Comment")) for each in table["StorageDescriptor"]["Columns"]]
    assert columns == [("id", "bigint", "it's"), ("s", "struct<a:int,b:array<string>>", None)]
    assert table["Parameters"]["table_type"] == "ICEBERG"
    assert table["StorageDescriptor"]["Location"] == "s3://lake/t"


def test_external_is_refused_in_athenas_words() -> None:
    with pytest.raises(InvalidRequestError, match="External keyword not supported for table type ICEBERG"):
        create(f"CREATE EXTERNAL TABLE t (id bigint) {END}")


@pytest.mark.parametrize("clause", ["PARTITIONED BY (p string)", "STORED AS PARQUET", "ROW FORMAT DELIMITED"])
def test_clauses_of_other_tables_are_refused(clause: str) -> None:
    with pytest.raises(QueryError, match=r"NOT_SUPPORTED: .* not supported for table type ICEBERG"):
        create(f"CREATE TABLE t (id bigint) {clause} {END}")


def test_a_table_is_not_renamed() -> None:
    table = Table(database="shop", name="t", columns=())
    with pytest.raises(QueryError, match="NOT_SUPPORTED: this ALTER TABLE of the Iceberg table t is not done offline"):
        changes(FakeGlue()).alter(table, RenameTable(name="u"))
