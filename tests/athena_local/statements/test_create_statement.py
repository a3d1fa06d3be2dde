from typing import Any

import pytest

from athena_local.errors import QueryError
from athena_local.statements.create_statement import create_statement

STORAGE: dict[str, Any] = {
    "Columns": [{"Name": "id", "Type": "string"}, {"Name": "n", "Type": "int", "Comment": "it's many"}],
    "Location": "s3://shop/orders/",
    "InputFormat": "org.in",
    "OutputFormat": "org.out",
    "SerdeInfo": {"SerializationLibrary": "org.serde", "Parameters": {"serialization.format": "1"}},
}
TABLE = {
    "Name": "orders",
    "PartitionKeys": [{"Name": "gen", "Type": "string"}],
    "Parameters": {"EXTERNAL": "TRUE", "b": "2", "a": "1"},
    "StorageDescriptor": STORAGE,
}
STATEMENT = """\
CREATE EXTERNAL TABLE `orders`(
  `id` string, 
  `n` int COMMENT 'it\\'s many')
PARTITIONED BY ( 
  `gen` string)
ROW FORMAT SERDE 
  'org.serde' 
WITH SERDEPROPERTIES ( 
  'serialization.format'='1') 
STORED AS INPUTFORMAT 
  'org.in' 
OUTPUTFORMAT 
  'org.out'
LOCATION
  's3://shop/orders/'
TBLPROPERTIES (
  'a'='1', 
  'b'='2')"""  # noqa: W291  (Hive ends lines so)


def test_the_lines_are_hives() -> None:
    assert "\n".join(create_statement(TABLE)) == STATEMENT


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"TableType": "VIRTUAL_VIEW"}, "it is a view"),
        ({"Parameters": {"table_type": "ICEBERG"}}, "it is an Iceberg table"),
        ({"StorageDescriptor": {**STORAGE, "BucketColumns": ["id"]}}, "it is bucketed"),
        ({"StorageDescriptor": {**STORAGE, "OutputFormat": ""}}, "lacks OutputFormat"),
    ],
)
def test_a_statement_that_would_make_another_table_is_refused(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(QueryError, match=f"NOT_SUPPORTED: SHOW CREATE TABLE orders .*{reason}"):
        create_statement({**TABLE, **changes})
