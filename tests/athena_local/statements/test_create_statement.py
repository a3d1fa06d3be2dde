from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.errors import QueryError
from athena_local.statements.create_statement import create_statement
from athena_local.statements.table_definition import DELIMITERS, TableDefinition, read_definition
from athena_local.statements.table_input import table_input
from athena_local.tables.catalog import Column

STORAGE: dict[str, Any] = {
    "Columns": [{"Name": "id", "Type": "string"}, {"Name": "n", "Type": "int", "Comment": "it's many"}],
    "Location": "s3://shop/orders/",
    "InputFormat": "org.in",
    "OutputFormat": "org.out",
    "SerdeInfo": {"SerializationLibrary": "org.serde", "Parameters": {"serialization.format": "1", "quoteChar": '"'}},
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
  'quoteChar'='\\"') 
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


@pytest.mark.parametrize(
    ("clauses", "lines"),
    [
        ("", ["ROW FORMAT SERDE ", "  'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe' "]),
        (
            r"ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' LINES TERMINATED BY '\n'",
            ["ROW FORMAT DELIMITED ", r"  FIELDS TERMINATED BY '\t' ", r"  LINES TERMINATED BY '\n' "],
        ),
        (
            r"ROW FORMAT DELIMITED FIELDS TERMINATED BY '\001' ESCAPED BY '\\'",
            ["ROW FORMAT DELIMITED ", r"  FIELDS TERMINATED BY '\u0001' ", r"  ESCAPED BY '\\' "],
        ),
        (
            "ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde' WITH SERDEPROPERTIES ('separatorChar'=';')",
            [
                "ROW FORMAT SERDE ",
                "  'org.apache.hadoop.hive.serde2.OpenCSVSerde' ",
                "WITH SERDEPROPERTIES ( ",
                "  'separatorChar'=';') ",
            ],
        ),
    ],
)
def test_the_row_format_is_shown_as_athena_shows_it(clauses: str, lines: list[str]) -> None:
    made = table_input(read_definition(f"CREATE EXTERNAL TABLE t (x int) {clauses} LOCATION 's3://b/t/'"), now=0)
    shown = create_statement(made)
    assert shown[2 : 2 + len(lines)] == lines
    assert shown[2 + len(lines)] == "STORED AS INPUTFORMAT "
    assert shown[-4:] == ["LOCATION", "  's3://b/t'", "TBLPROPERTIES (", "  'transient_lastDdlTime'='0')"]


def test_columns_of_some_serdes_are_shown_as_the_serde_has_them() -> None:
    sql = "CREATE EXTERNAL TABLE t (x int COMMENT 'mine') ROW FORMAT SERDE '{}' LOCATION 's3://b/t/'"
    for serde, type_ in (
        ("org.openx.data.jsonserde.JsonSerDe", "int"),
        ("org.apache.hadoop.hive.serde2.OpenCSVSerde", "string"),
    ):
        shown = create_statement(table_input(read_definition(sql.format(serde)), now=0))
        assert shown[1] == f"  `x` {type_} COMMENT 'from deserializer')"


NAMES = st.from_regex(r"[a-z0-9_` ]{1,8}", fullmatch=True)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8)
PAIRS = st.dictionaries(TEXTS, TEXTS, max_size=3)
TYPES = st.sampled_from(["int", "string", "decimal(10,2)", "struct<a:int,b:array<map<string,double>>>", "char(3)"])
COLUMNS = st.lists(st.builds(Column, name=NAMES, type=TYPES, comment=TEXTS), min_size=1, max_size=4)
SIMPLE = st.builds(Column, name=NAMES.map("key {}".format), type=st.sampled_from(["int", "string"]), comment=TEXTS)
FORMATS: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.builds(dict, stored_as=st.sampled_from([None, "TEXTFILE", "PARQUET", "ORC", "AVRO"])),
    st.builds(
        dict,
        is_delimited=st.just(True),
        serde_properties=st.fixed_dictionaries({}, optional={key: TEXTS for _, key in DELIMITERS}),
    ),
    st.builds(dict, serde=st.just("org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe"), serde_properties=PAIRS),
    st.builds(dict, input_format=TEXTS, output_format=TEXTS),
)


@given(
    columns=COLUMNS, keys=st.lists(SIMPLE, max_size=2), comment=TEXTS | st.just(""), properties=PAIRS, format_=FORMATS
)
def test_the_statement_makes_the_same_table_again(
    columns: list[Column], keys: list[Column], comment: str, properties: dict[str, str], format_: dict[str, Any]
) -> None:
    distinct = {column.name: column for column in columns}
    definition = TableDefinition(
        name="t",
        is_external=True,
        columns=tuple(distinct.values()),
        partition_keys=tuple({key.name: key for key in keys}.values()),
        comment=comment,
        location="s3://b/t/",
        properties={key: value for key, value in properties.items() if key not in ("comment", "EXTERNAL")},
        **format_,
    )
    made = table_input(definition, now=7)
    again = table_input(read_definition("\n".join(create_statement(made))), now=7)
    assert again == made
