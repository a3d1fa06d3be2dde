import re

import pytest

from athena_local.errors import QueryError
from tests.athena_local.statements.conftest import NOW, Lake

CREATE = "CREATE EXTERNAL TABLE t (id int COMMENT 'key', s string) PARTITIONED BY (day string) LOCATION 's3://shop/t/'"
TASK = "Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask."


def test_a_table_is_in_glue_as_athena_writes_it(lake: Lake) -> None:
    assert lake.run(f"{CREATE} TBLPROPERTIES ('has_encrypted_data'='false')") == []
    table = lake.table("t")
    assert (table["TableType"], table["Owner"]) == ("EXTERNAL_TABLE", "hadoop")
    assert table["Parameters"] == {
        "EXTERNAL": "TRUE", "has_encrypted_data": "false", "transient_lastDdlTime": str(NOW)
    }  # fmt: skip
    assert table["PartitionKeys"] == [{"Name": "day", "Type": "string"}]
    storage = table["StorageDescriptor"]
    assert storage["Columns"] == [
        {"Name": "id", "Type": "int", "Comment": "key"}, {"Name": "s", "Type": "string"}
    ]  # fmt: skip
    assert storage["Location"] == "s3://shop/t"
    assert storage["InputFormat"] == "org.apache.hadoop.mapred.TextInputFormat"
    assert storage["OutputFormat"] == "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"
    assert storage["SerdeInfo"] == {
        "SerializationLibrary": "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
        "Parameters": {"serialization.format": "1"},
    }


@pytest.mark.parametrize(
    ("stored", "name"), [("", "IgnoreKeyTextOutputFormat"), ("STORED AS TEXTFILE", "HiveIgnoreKeyTextOutputFormat")]
)
def test_the_classes_of_openx_json(lake: Lake, stored: str, name: str) -> None:
    row_format = "ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'"
    lake.run(f"CREATE EXTERNAL TABLE j (id int) {row_format} {stored} LOCATION 's3://shop/j/'")
    storage = lake.table("j")["StorageDescriptor"]
    assert storage["OutputFormat"] == f"org.apache.hadoop.hive.ql.io.{name}"
    assert storage["SerdeInfo"]["SerializationLibrary"] == "org.openx.data.jsonserde.JsonSerDe"


def test_a_table_that_is_there_is_refused_or_left_alone(lake: Lake) -> None:
    lake.run(CREATE)
    with pytest.raises(QueryError) as refused:
        lake.run(CREATE)
    assert str(refused.value) == f"FAILED: {TASK} AlreadyExistsException(message:Table t already exist)"
    assert refused.value.as_api()["ErrorType"] == 1006
    lake.run("CREATE EXTERNAL TABLE IF NOT EXISTS shop.t (other int) LOCATION 's3://shop/other/'")
    assert lake.columns("t") == [("id", "int"), ("s", "string")]


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        (
            "CREATE EXTERNAL TABLE nosuch.t (x int) LOCATION 's3://b/'",
            "FAILED: SemanticException [Error 10072]: Database does not exist: nosuch",
        ),
        (
            "CREATE EXTERNAL TABLE t (x int, X string) LOCATION 's3://b/'",
            "FAILED: SemanticException [Error 10036]: Duplicate column name: x",
        ),
        (
            "CREATE EXTERNAL TABLE t (x int, y int) PARTITIONED BY (y int) LOCATION 's3://b/'",
            "FAILED: SemanticException [Error 10035]: Column repeated in partitioning columns",
        ),
        (
            "CREATE EXTERNAL TABLE t (x int) PARTITIONED BY (y int, y int) LOCATION 's3://b/'",
            "FAILED: SemanticException [Error 10035]: Column repeated in partitioning columns",
        ),
        ("CREATE EXTERNAL TABLE t (x int) PARTITIONED BY (y array<int>) LOCATION 's3://b/'", "must be of primitive"),
        ("CREATE EXTERNAL TABLE t (x int) PARTITIONED BY (x) LOCATION 's3://b/'", "SYNTAX_ERROR: "),
        ("CREATE EXTERNAL TABLE t (x array<timestamptz>) LOCATION 's3://b/'", "near 'timestamptz' in column type"),
        ("CREATE EXTERNAL TABLE t LOCATION 's3://b/'", "Either list of columns or a custom serializer"),
        ("CREATE EXTERNAL TABLE t (x int) LOCATION '/tmp/x'", "INVALID_TABLE_PROPERTY: a LOCATION must be like s3://"),
        ("CREATE EXTERNAL TABLE t (x int) STORED AS csv LOCATION 's3://b/'", "Unrecognized file format in STORED AS"),
        ("CREATE EXTERNAL TABLE t (x int) STORED AS RCFILE LOCATION 's3://b/'", "NOT_SUPPORTED: STORED AS RCFILE"),
        (
            "CREATE EXTERNAL TABLE t (x int) ROW FORMAT SERDE 'org.RegexSerDe' LOCATION 's3://b/'",
            "NOT_SUPPORTED: tables with the SerDe org.RegexSerDe are not supported offline",
        ),
        ("CREATE TABLE t (x int) LOCATION 's3://b/'", "use CREATE EXTERNAL TABLE"),
        (
            "CREATE TABLE t (x int) LOCATION 's3://b/' TBLPROPERTIES ('table_type'='ICEBERG')",
            "NOT_SUPPORTED: CREATE TABLE t: Iceberg tables",
        ),
        ("DROP TABLE nosuch", "FAILED: SemanticException [Error 10001]: Table not found nosuch"),
        ("DROP TABLE shop.nosuch", "FAILED: SemanticException [Error 10001]: Table not found shop.nosuch"),
        (
            "ALTER TABLE nosuch SET LOCATION 's3://b/'",
            "FAILED: SemanticException [Error 10001]: Table not found nosuch",
        ),
        ("MSCK REPAIR TABLE nosuch", "FAILED: SemanticException [Error 10001]: Table not found nosuch"),
    ],
)
def test_what_is_refused_leaves_no_table(lake: Lake, sql: str, message: str) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        lake.run(sql)
    assert lake.glue.get_tables(DatabaseName="shop")["TableList"] == []


@pytest.mark.parametrize(
    ("clauses", "input_format", "serde", "parameters"),
    [
        ("STORED AS PARQUET", "parquet.MapredParquetInputFormat", "ParquetHiveSerDe", {"serialization.format": "1"}),
        ("STORED AS ORC", "orc.OrcInputFormat", "OrcSerde", {"serialization.format": "1"}),
        ("STORED AS AVRO", "avro.AvroContainerInputFormat", "AvroSerDe", {"serialization.format": "1"}),
        (
            r"ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' STORED AS TEXTFILE",
            "TextInputFormat",
            "LazySimpleSerDe",
            {"field.delim": "\t", "serialization.format": "\t"},
        ),
        (
            "ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' WITH SERDEPROPERTIES ('case.insensitive'='false')",
            "TextInputFormat",
            "org.openx.data.jsonserde.JsonSerDe",
            {"case.insensitive": "false", "serialization.format": "1"},
        ),
        (
            "ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde'",
            "TextInputFormat",
            "OpenCSVSerde",
            {"serialization.format": "1"},
        ),
    ],
)
def test_formats(lake: Lake, clauses: str, input_format: str, serde: str, parameters: dict[str, str]) -> None:
    lake.run(f"CREATE EXTERNAL TABLE t (x string) {clauses} LOCATION 's3://shop/t'")
    storage = lake.table("t")["StorageDescriptor"]
    assert storage["InputFormat"].endswith(input_format)
    assert storage["SerdeInfo"]["SerializationLibrary"].endswith(serde)
    assert storage["SerdeInfo"]["Parameters"] == parameters


def test_a_dropped_table_leaves_its_objects(lake: Lake) -> None:
    lake.run(CREATE)
    lake.put("t/day=1/one")
    lake.run("DROP TABLE IF EXISTS `shop`.`t`")
    lake.run("DROP TABLE IF EXISTS t")
    assert lake.glue.get_tables(DatabaseName="shop")["TableList"] == []
    assert lake.s3.list_objects_v2(Bucket="shop")["KeyCount"] == 1


def test_views_are_neither_dropped_nor_altered(lake: Lake) -> None:
    text = "/* Presto View: eyJvcmlnaW5hbFNxbCI6IlNFTEVDVCAxIn0= */"
    view = {"Name": "v", "TableType": "VIRTUAL_VIEW", "ViewOriginalText": text}
    lake.glue.create_table(DatabaseName="shop", TableInput=view)
    for sql in ("DROP TABLE v", "ALTER TABLE v SET LOCATION 's3://b/'", "MSCK REPAIR TABLE v"):
        with pytest.raises(QueryError, match="view"):
            lake.run(sql)
    assert lake.table("v")["TableType"] == "VIRTUAL_VIEW"
