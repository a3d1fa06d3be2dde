import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.errors import InvalidRequestError, QueryError
from athena_local.statements.table_definition import TableDefinition, read_definition
from athena_local.tables.catalog import Column
from athena_local.tables.iceberg.new_tables import ColumnTransform

FULL = r"""
CREATE EXTERNAL TABLE IF NOT EXISTS `Shop`.Orders -- the orders
(
  id int COMMENT 'it\'s "one"',
  Parts struct<A: int, b : array<map<string,int>> COMMENT 'inner'>, /* nested */
  price decimal(10, 2), `date` date comment "a 'day'",
  n decimal, code VARCHAR(3)
)
COMMENT 'x''y'
PARTITIONED  BY (`day` string COMMENT 'UTC', hour int)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
WITH SERDEPROPERTIES ('mapping.a' = 'A', "ignore.malformed.json"="true")
STORED AS INPUTFORMAT 'in' OUTPUTFORMAT 'out'
LOCATION 's3://shop/orders/'
TBLPROPERTIES ('projection.enabled'='true', 'k'=';')
"""


def test_everything_that_a_statement_can_say() -> None:
    assert read_definition(FULL) == TableDefinition(
        name="orders",
        database="shop",
        is_external=True,
        if_not_exists=True,
        columns=(
            Column(name="id", type="int", comment='it\'s "one"'),
            Column(name="parts", type="struct<a:int,b:array<map<string,int>>>"),
            Column(name="price", type="decimal(10,2)"),
            Column(name="date", type="date", comment="a 'day'"),
            Column(name="n", type="decimal(10,0)"),
            Column(name="code", type="varchar(3)"),
        ),
        comment="x'y",
        partition_keys=(Column(name="day", type="string", comment="UTC"), Column(name="hour", type="int")),
        serde="org.openx.data.jsonserde.JsonSerDe",
        serde_properties={"mapping.a": "A", "ignore.malformed.json": "true"},
        input_format="in",
        output_format="out",
        location="s3://shop/orders/",
        properties={"projection.enabled": "true", "k": ";"},
    )


def test_delimiters_become_the_properties_of_hives_serde() -> None:
    definition = read_definition(
        r"CREATE EXTERNAL TABLE t (x int) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' ESCAPED BY '\\' "
        r"COLLECTION ITEMS TERMINATED BY '|' MAP KEYS TERMINATED BY '\003' LINES TERMINATED BY '\n' "
        r"NULL DEFINED AS '\\N' STORED AS textfile LOCATION 's3://b/'"
    )
    assert definition.is_delimited
    assert definition.stored_as == "TEXTFILE"
    assert definition.serde_properties == {
        "field.delim": "\t",
        "escape.delim": "\\",
        "colelction.delim": "|",
        "mapkey.delim": "\x03",
        "line.delim": "\n",
        "serialization.null.format": "\\N",
    }


def test_an_iceberg_table_is_partitioned_by_transforms() -> None:
    definition = read_definition(
        "CREATE TABLE awsdatacatalog.shop.t (id bigint, ts timestamp, s string) "
        "PARTITIONED BY (day(ts), bucket(16, `id`), truncate(4, s), s) LOCATION 's3://b/t/' "
        "TBLPROPERTIES ('table_type' = 'iceberg')"
    )
    assert definition.is_iceberg
    assert not definition.is_external
    assert (definition.database, definition.name) == ("shop", "t")
    assert definition.partition_keys == ()
    assert definition.transforms == (
        ColumnTransform(name="day", column="ts"),
        ColumnTransform(name="bucket", column="id", number=16),
        ColumnTransform(name="truncate", column="s", number=4),
        ColumnTransform(name="identity", column="s"),
    )


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("CREATE TABLE t (x int NOT NULL)", "line 1:23: mismatched input 'NOT' expecting )"),
        ('CREATE TABLE "t" (x int)', "line 1:14: mismatched input '\"t\"' expecting a name"),
        ("CREATE TABLE t (date date)", "line 1:17: mismatched input 'date' expecting a name"),
        ("CREATE TABLE t (_x int)", "line 1:17: mismatched input '_x' expecting a name"),
        ("CREATE TABLE t (x int,)", "line 1:23: mismatched input ')' expecting a name"),
        ("CREATE TABLE t (x array(int))", "line 1:24: mismatched input '(' expecting <"),
        ("CREATE TABLE t\n(x int", "line 2:7: mismatched input '<EOF>' expecting )"),
        ("CREATE TABLE t (x int) LOCATION 's3://b/' COMMENT 'late'", "line 1:43: mismatched input 'COMMENT'"),
        ("CREATE TABLE t (x int) STORED AS PARQUET AS SELECT 1 x", "line 1:42: mismatched input 'AS' expecting <EOF>"),
        ("CREATE TABLE t (x int) TBLPROPERTIES ('a')", "line 1:42: mismatched input ')' expecting ="),
        ("CREATE TABLE a.b.c (x int)", "Invalid table name a.b.c"),
        ("CREATE TABLE t (x int COMMENT 'no end)", "line 1:1: a text, a name or a comment has no end"),
    ],
)
def test_what_is_no_statement(sql: str, message: str) -> None:
    with pytest.raises(InvalidRequestError, match=re.escape(message)) as refused:
        read_definition(sql)
    assert refused.value.code == "MALFORMED_QUERY"


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        (
            "CREATE EXTERNAL TABLE t (x foo) LOCATION 's3://b/'",
            r"FAILED: ParseException line 1:27 cannot recognize input near 'foo' '\)' 'LOCATION' in column type",
        ),
        ("CREATE TABLE t (x uniontype<int,string>)", "FAILED: ParseException line 1:18 .*'uniontype' '<' 'int'"),
        ("CREATE TABLE t (x decimal(39))", r"INVALID_FUNCTION_ARGUMENT: decimal\(39\)"),
        ("CREATE TABLE t (x decimal(3,4))", r"INVALID_FUNCTION_ARGUMENT: decimal\(3,4\)"),
        ("CREATE TABLE t (x char(256))", r"INVALID_FUNCTION_ARGUMENT: char\(256\)"),
        ("CREATE EXTERNAL TABLE t (x int) CLUSTERED BY (x) INTO 4 BUCKETS", "NOT_SUPPORTED: bucketed tables"),
        ("CREATE EXTERNAL TABLE t (x int) STORED BY 'handler'", "NOT_SUPPORTED: tables with a storage handler"),
    ],
)
def test_what_is_refused(sql: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        read_definition(sql)


NAMES = st.from_regex(r"[a-z0-9_]{1,8}", fullmatch=True)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=10)
TYPES = st.recursive(
    st.sampled_from(["int", "string", "timestamp", "decimal(10,2)", "varchar(5)"]),
    lambda inner: (
        inner.map("array<{}>".format)
        | st.tuples(inner, inner).map("map<{0[0]},{0[1]}>".format)
        | st.lists(inner, min_size=1, max_size=3).map(
            lambda types: f"struct<{','.join(f'f{number}:{type_}' for number, type_ in enumerate(types))}>"
        )
    ),
    max_leaves=5,
)


def written(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


@given(
    name=NAMES,
    columns=st.lists(st.tuples(NAMES, TYPES, TEXTS), min_size=1, max_size=4),
    properties=st.dictionaries(TEXTS, TEXTS),
)
def test_what_is_written_is_read(name: str, columns: list[tuple[str, str, str]], properties: dict[str, str]) -> None:
    described = ", ".join(f"`{column}` {type_} COMMENT {written(comment)}" for column, type_, comment in columns)
    pairs = ", ".join(f"{written(key)}={written(value)}" for key, value in {"k": "v", **properties}.items())
    definition = read_definition(f"CREATE TABLE `{name}` ({described}) TBLPROPERTIES ({pairs})")
    assert definition.name == name
    assert [(column.name, column.type, column.comment) for column in definition.columns] == columns
    assert definition.properties == {"k": "v", **properties}
