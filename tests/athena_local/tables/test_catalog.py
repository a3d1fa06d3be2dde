import base64
import json
from typing import Any

from athena_local.tables.catalog import Column, as_folder, table_from_glue


def glue(**changes: Any) -> dict[str, Any]:
    return {
        "DatabaseName": "Shop",
        "Name": "Clicks",
        "StorageDescriptor": {
            "Location": "s3://shop",
            "Columns": [{"Name": "Id", "Type": "string", "Comment": "who"}],
            "SerdeInfo": {"SerializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"},
        },
        "PartitionKeys": [{"Name": "Gen", "Type": "string"}],
        **changes,
    }


def test_names_are_lower_case_and_locations_folders() -> None:
    table = table_from_glue(glue())
    assert (table.database, table.name, table.location) == ("shop", "clicks", "s3://shop/")
    assert table.all_columns == (Column(name="id", type="string", comment="who"), Column(name="gen", type="string"))
    assert table.is_parquet
    assert not table.is_iceberg
    assert table.view_sql is None


def test_a_view_carries_its_statement() -> None:
    text = base64.b64encode(json.dumps({"originalSql": "SELECT 1"}).encode()).decode()
    table = table_from_glue(glue(TableType="VIRTUAL_VIEW", ViewOriginalText=f"/* Presto View: {text} */"))
    assert table.view_sql == "SELECT 1"


def test_folders() -> None:
    assert as_folder("s3a://a/b") == as_folder("s3://a/b/") == "s3://a/b/"
    assert as_folder("") == ""


def test_the_serde_comes_with_its_properties() -> None:
    storage = {
        "Location": "s3://shop/csv",
        "InputFormat": "org.apache.hadoop.mapred.TextInputFormat",
        "SerdeInfo": {"SerializationLibrary": "org.serde", "Parameters": {"separatorChar": ";"}},
    }
    table = table_from_glue(glue(StorageDescriptor=storage))
    assert (table.serde, table.input_format) == ("org.serde", "org.apache.hadoop.mapred.TextInputFormat")
    assert table.serde_properties == {"separatorChar": ";"}
    assert not table.is_parquet
