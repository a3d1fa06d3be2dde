"""The catalog as tables, hidden columns, plans and prepared statements, as boto3 sees them."""

import json
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pytest
import sqlalchemy

from tests.athena_local.endpoint.tables import Endpoint, glue_table, parquet

IDS = pa.schema({"id": pa.string()})
TYPED = [
    ("a", "int", "the first"),
    ("b", "varchar(10)", ""),
    ("c", "decimal(5,2)", ""),
    ("d", "array<struct<x:int,y:map<string,double>>>", ""),
    ("e", "timestamp", ""),
    ("f", "binary", ""),
    ("g", "float", ""),
]


def table(name: str, columns: list[tuple[str, str, str]], keys: list[tuple[str, str]]) -> dict[str, Any]:
    made = glue_table(name, f"s3://shop/meta/{name}/", Parameters={"EXTERNAL": "TRUE", "classification": "parquet"})
    made["StorageDescriptor"]["Columns"] = [
        {"Name": column, "Type": type_, "Comment": comment} for column, type_, comment in columns
    ]
    made["PartitionKeys"] = [{"Name": key, "Type": type_} for key, type_ in keys]
    return made


@pytest.fixture(scope="module")
def meta(endpoint: Endpoint) -> Endpoint:
    """A database with a table of registered partitions, one of many types, a projected one and a view."""
    glue = endpoint.glue
    glue.create_database(DatabaseInput={"Name": "meta"})
    regs = table("regs", [("id", "string", "")], [("n", "int"), ("d", "date")])
    glue.create_table(DatabaseName="meta", TableInput=regs)
    for number, day in ((1, "2026-11-01"), (2, "2026-11-02"), (10, "2026-11-03")):
        key = f"meta/regs/n={number}/d={day}/"
        storage = {**regs["StorageDescriptor"], "Location": f"s3://shop/{key}"}
        glue.create_partition(
            DatabaseName="meta",
            TableName="regs",
            PartitionInput={"Values": [str(number), day], "StorageDescriptor": storage},
        )
        endpoint.s3.put_object(Bucket="shop", Key=f"{key}a.parquet", Body=parquet([{"id": f"i{number}"}], IDS))
    glue.create_table(DatabaseName="meta", TableInput=table("typed", TYPED, []))
    glue.create_table(DatabaseName="meta", TableInput=glue_table("orders", "s3://shop/orders/"))
    ask(endpoint, "CREATE VIEW v AS SELECT id, n, CAST('a' AS varchar(3)) AS t FROM regs")
    return endpoint


def ask(endpoint: Endpoint, sql: str, **options: Any) -> list[list[str | None]]:
    """Return the rows without the header."""
    return endpoint.rows(sql, QueryExecutionContext={"Database": "meta"}, **options)[1:]


def reason(endpoint: Endpoint, sql: str, **options: Any) -> str:
    status = endpoint.execute(sql, QueryExecutionContext={"Database": "meta"}, **options)["Status"]
    assert status["State"] == "FAILED", sql
    return str(status["StateChangeReason"])


# information_schema ---------------------------------------------------------------------------------------------------


def test_the_columns_of_a_table_have_trinos_types(meta: Endpoint) -> None:
    sql = "SELECT * FROM information_schema.columns WHERE table_schema = 'meta' AND table_name = 'regs'"
    assert meta.rows(sql) == [
        [
            "table_catalog", "table_schema", "table_name", "column_name", "ordinal_position", "column_default",
            "is_nullable", "data_type",
        ],
        ["awsdatacatalog", "meta", "regs", "id", "1", None, "YES", "varchar"],
        ["awsdatacatalog", "meta", "regs", "n", "2", None, "YES", "integer"],
        ["awsdatacatalog", "meta", "regs", "d", "3", None, "YES", "date"],
    ]  # fmt: skip
    sql = """SELECT column_name, data_type, comment, extra_info FROM "awsdatacatalog"."information_schema"."columns"
             WHERE table_schema = 'meta' AND table_name IN ('typed', 'v') ORDER BY table_name, ordinal_position"""
    assert ask(meta, sql) == [
        ["a", "integer", "the first", None],
        ["b", "varchar(10)", None, None],
        ["c", "decimal(5,2)", None, None],
        ["d", "array(row(x integer, y map(varchar, double)))", None, None],
        ["e", "timestamp(3)", None, None],
        ["f", "varbinary", None, None],
        ["g", "real", None, None],
        ["id", "varchar", None, None],
        ["n", "integer", None, None],
        ["t", "varchar(3)", None, None],
    ]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT schema_name FROM information_schema.schemata WHERE schema_name IN ('meta', 'default', 'nosuch')",
         ["default", "meta"]),
        ("SELECT table_name FROM information_schema.tables WHERE table_schema = 'meta' AND table_type = 'VIEW'", ["v"]),
        ("SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE table_schema LIKE 'met%' AND table_name <> 'v'",
         ["orders", "regs", "typed"]),
        ("SELECT table_name FROM information_schema.tables WHERE table_schema = 'META'", []),
        ("SELECT table_name FROM information_schema.tables WHERE table_name = 'schemata'", ["schemata"]),
        ("SELECT view_definition FROM information_schema.views WHERE table_schema = 'meta'",
         ["SELECT id, n, CAST('a' AS varchar(3)) AS t FROM regs"]),
        ("SELECT typeof(ordinal_position) FROM information_schema.columns WHERE table_name = 'roles'", ["bigint"]),
        ("""SELECT column_name FROM information_schema.columns a JOIN information_schema.columns b USING (column_name)
            WHERE a.table_name = 'regs' AND a.table_schema = 'meta' AND b.table_name = 'v'""", ["id", "n"]),
        ("""SELECT cast(count(*) AS varchar) FROM information_schema.tables a CROSS JOIN information_schema.tables b
            WHERE a.table_schema = 'meta' AND b.table_name = 'regs'""", ["4"]),
    ],
)  # fmt: skip
def test_the_catalog_as_tables(meta: Endpoint, sql: str, expected: list[str]) -> None:
    assert sorted(str(row[0]) for row in ask(meta, sql)) == expected


def test_nothing_of_the_catalog_counts_as_scanned(meta: Endpoint) -> None:
    execution = meta.execute("SELECT * FROM information_schema.columns WHERE table_schema = 'meta'")
    assert execution["Statistics"]["DataScannedInBytes"] == 0


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT * FROM information_schema.roles", "NOT_SUPPORTED: This connector does not support roles"),
        ("SELECT * FROM information_schema.table_privileges", "NOT_SUPPORTED"),
        ("SELECT * FROM information_schema.nosuch",
         "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.information_schema.nosuch' does not exist"),
        ("SELECT * FROM system.runtime.nodes", "NOT_SUPPORTED: line 1:15: the catalog 'system'"),
        ('SELECT * FROM "regs$nosuch"', "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.meta.\"regs$nosuch\"'"),
        ('SELECT * FROM "v$partitions"', "TABLE_NOT_FOUND"),
        ('SELECT * FROM "typed$partitions"', "TABLE_NOT_FOUND"),
        ('SELECT nosuch FROM "regs$partitions"', "COLUMN_NOT_FOUND: line 1:8: Column 'nosuch' cannot be resolved"),
        ('SELECT "$path" FROM v', "COLUMN_NOT_FOUND: line 1:8: Column '$path' cannot be resolved"),
        ('SELECT "$file_size" FROM information_schema.tables', "COLUMN_NOT_FOUND: line 1:8"),
        ("""SELECT id FROM regs WHERE "$file_size" = 'a'""", "TYPE_MISMATCH"),
    ],
)  # fmt: skip
def test_what_is_not_there(meta: Endpoint, sql: str, expected: str) -> None:
    assert reason(meta, sql).startswith(expected)


def test_sqlalchemy_reflects_tables_and_views(meta: Endpoint) -> None:
    port = urlsplit(meta.athena_url).port
    address = f"awsathena+rest://test:test@127.0.0.1:{port}/meta?region_name=us-east-1&work_group=analysts"
    options = {"endpoint_url": meta.athena_url}
    engine = sqlalchemy.create_engine(f"{address}&s3_staging_dir=s3://results/", connect_args=options)
    with engine.connect() as connection:
        reflected = engine.dialect._columns_from_information_schema(  # type: ignore[attr-defined]
            connection.connection, "meta", "regs"
        )
        inspector = sqlalchemy.inspect(connection)
        assert inspector.has_table("regs", schema="meta")
        assert not inspector.has_table("nosuch", schema="meta")
        assert inspector.get_view_names("meta") == ["v"]
        assert [column["name"] for column in inspector.get_columns("regs", "meta")] == ["id", "n", "d"]
        assert "SELECT id, n" in inspector.get_view_definition("v", "meta")
    assert [(each["name"], str(each["type"])) for each in reflected] == [
        ("id", "VARCHAR"), ("n", "INTEGER"), ("d", "DATE")
    ]  # fmt: skip


# Partitions and hidden columns ----------------------------------------------------------------------------------------


def test_the_partitions_of_a_table_are_a_table(meta: Endpoint) -> None:
    assert meta.rows('SELECT * FROM meta."regs$partitions" WHERE n < 10 ORDER BY d DESC') == [
        ["n", "d"], ["2", "2026-11-02"], ["1", "2026-11-01"]
    ]  # fmt: skip
    assert ask(meta, 'SELECT max(n), typeof(max(d)) FROM "regs$partitions"') == [["10", "date"]]
    projected = """SELECT count(*), min(gen) FROM "orders$partitions" WHERE gen LIKE '2026-11-0%'"""
    assert ask(meta, projected) == [[str(9 * 24), "2026-11-01-00"]]
    assert meta.rows('SELECT * FROM meta."regs$properties"') == [["external", "classification"], ["TRUE", "parquet"]]


def test_hidden_columns_are_facts_about_files(meta: Endpoint) -> None:
    sql = """SELECT *, "$partition", "$path" FROM regs WHERE "$partition" LIKE 'n=1_/%'"""
    expected = ["i10", "10", "2026-11-03", "n=10/d=2026-11-03", "s3://shop/meta/regs/n=10/d=2026-11-03/a.parquet"]
    assert ask(meta, sql) == [expected]
    listed = meta.s3.head_object(Bucket="shop", Key="meta/regs/n=1/d=2026-11-01/a.parquet")
    sql = """SELECT "$file_size", typeof("$file_size"), typeof("$file_modified_time"),
             date_trunc('hour', "$file_modified_time") FROM regs r WHERE r.n = 1"""
    hour = listed["LastModified"].strftime("%Y-%m-%d %H:00:00.000 UTC")
    assert ask(meta, sql) == [[str(listed["ContentLength"]), "bigint", "timestamp(3) with time zone", hour]]
    sql = """SELECT a.*, b."$partition" FROM regs a JOIN regs b ON a.n = b.n AND a."$file_size" = b."$file_size"
             WHERE a.n = 2"""
    assert ask(meta, sql) == [["i2", "2", "2026-11-02", "n=2/d=2026-11-02"]]


# Prepared statements --------------------------------------------------------------------------------------------------


def test_a_statement_is_executed_at_once(meta: Endpoint) -> None:
    sql = "EXECUTE IMMEDIATE 'SELECT id, ? FROM regs WHERE n IN (?, ?) ORDER BY n OFFSET ? LIMIT ?'"
    assert ask(meta, f"{sql} USING 'it''s', 1, 10, 1, 5") == [["i10", "it's"]]
    assert ask(meta, sql, ExecutionParameters=["'x'", "1", "10", "0", "1"]) == [["i1", "x"]]
    assert ask(meta, "EXECUTE IMMEDIATE 'SELECT id FROM regs ORDER BY n FETCH FIRST ? ROWS ONLY' USING 1") == [["i1"]]
    sql = "WITH a AS (SELECT ? AS x) SELECT x, ? FROM a WHERE x < ? LIMIT ?"
    assert ask(meta, sql, ExecutionParameters=["1", "'two'", "3", "4"]) == [["1", "two"]]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("EXECUTE IMMEDIATE 'SELECT nosuch FROM regs'", "COLUMN_NOT_FOUND: line 1:27: Column 'nosuch' cannot be"),
        ("CREATE VIEW w AS SELECT table_name FROM information_schema.tables", "NOT_SUPPORTED: a view over information"),
        ("EXECUTE IMMEDIATE 'SELECT ?'", "INVALID_PARAMETER_USAGE: line 1:20: Incorrect number of"),
        ("EXECUTE IMMEDIATE 'EXECUTE IMMEDIATE ''SELECT 1'''", "NOT_SUPPORTED"),
        ("EXECUTE IMMEDIATE 'SELECT 1 LIMIT ?' USING -1", "NUMERIC_VALUE_OUT_OF_RANGE"),
        ("DESCRIBE INPUT nosuch", "NOT_SUPPORTED: DESCRIBE INPUT is not answered offline"),
        ("SHOW FUNCTIONS", "NOT_SUPPORTED: SHOW FUNCTIONS is not answered offline"),
        ("SHOW STATS FOR regs", "NOT_SUPPORTED: SHOW STATS is not answered offline"),
    ],
)
def test_statements_that_are_refused(meta: Endpoint, sql: str, expected: str) -> None:
    assert reason(meta, sql).startswith(expected)


# EXPLAIN --------------------------------------------------------------------------------------------------------------


def plan_of(endpoint: Endpoint, sql: str) -> str:
    return "\n".join(
        str(line) for (line,) in endpoint.rows(sql, QueryExecutionContext={"Database": "meta"}, WorkGroup="analysts")
    )


def test_a_plan_names_operators_partitions_and_files(meta: Endpoint) -> None:
    sql = "EXPLAIN SELECT id, count(*) AS c FROM regs WHERE n > 1 GROUP BY id ORDER BY c DESC LIMIT 3"
    sizes = [len(parquet([{"id": name}], IDS)) for name in ("i10", "i2")]
    assert plan_of(meta, sql).splitlines()[1:] == [
        "Fragment 0 [SINGLE]",
        "    Output layout: [id, c]",
        "    Output partitioning: SINGLE []",
        "    Output[columnNames = [id, c]]",
        "    │   Layout: [id:varchar, c:bigint]",
        "    └─ TopN[count = 3, orderBy = [c DESC NULLS LAST]]",
        "       └─ Project[]",
        "          │   id",
        "          │   count(*) AS c",
        "          └─ Aggregate[keys = [id]]",
        "             │   count(*)",
        "             └─ Filter[filterPredicate = (n > 1)]",
        "                └─ TableScan[table = awsdatacatalog:meta:regs]",
        "                       Layout: [id:varchar, n:integer]",
        "                       id := id:string:REGULAR",
        "                       n := n:int:PARTITION_KEY",
        "                           :: [[2], [10]]",
        "                       d:date:PARTITION_KEY",
        "                           :: [[2026-11-02], [2026-11-03]]",
        f"                       Files: 2, {sum(sizes)}B",
        "                           s3://shop/meta/regs/n=10/d=2026-11-03/a.parquet",
        "                           s3://shop/meta/regs/n=2/d=2026-11-02/a.parquet",
    ]


def test_each_use_of_a_table_has_its_own_partitions(meta: Endpoint) -> None:
    sql = "EXPLAIN SELECT a.id FROM regs a JOIN regs b ON a.id = b.id AND a.n = 1 AND b.n = 2 JOIN v ON v.n = a.n"
    told = plan_of(meta, sql)
    assert [line.strip(" │") for line in told.splitlines() if "::" in line][::2] == [
        ":: [[1]]", ":: [[2]]", ":: [[1], [2], [10]]"
    ]  # fmt: skip


def test_explain_reads_nothing_and_analyze_tells_what_was_read(meta: Endpoint) -> None:
    execution = meta.execute("EXPLAIN SELECT max(x * y) FROM UNNEST(sequence(1, 10000), sequence(1, 10000)) t(x, y)")
    assert execution["StatementType"] == "UTILITY"
    assert execution["Statistics"]["DataScannedInBytes"] == 0
    told = plan_of(meta, "EXPLAIN ANALYZE SELECT id FROM regs WHERE n < 10")
    scanned = meta.execute("SELECT id FROM meta.regs WHERE n < 10")["Statistics"]["DataScannedInBytes"]
    assert f"Output: 2 rows, Physical input: {scanned}B" in told
    assert f"Input: 2 rows, Physical input: {scanned}B" in told
    assert "Execution: " in told


def constraint(name: str, type_: str, value: str) -> dict[str, Any]:
    only = {"value": value, "bound": "EXACTLY"}
    domain = {"nullsAllowed": False, "ranges": [{"low": only, "high": only}]}
    return {"columnName": name, "type": type_, "domain": domain}


def test_validation_and_what_is_read_as_json(meta: Endpoint) -> None:
    assert meta.rows("EXPLAIN (TYPE VALIDATE) SELECT id FROM meta.regs") == [["true"]]
    io = json.loads(plan_of(meta, "EXPLAIN (TYPE IO, FORMAT JSON) SELECT id FROM regs WHERE n = 2"))
    (told,) = io["inputTableColumnInfos"]
    assert told["table"] == {"catalog": "awsdatacatalog", "schemaTable": {"schema": "meta", "table": "regs"}}
    assert told["constraint"]["none"] is False
    assert told["constraint"]["columnConstraints"] == [
        constraint("d", "date", "2026-11-02"),
        constraint("n", "integer", "2"),
    ]
    nothing = json.loads(plan_of(meta, "EXPLAIN (TYPE IO) SELECT id FROM regs WHERE n = 7"))
    assert nothing["inputTableColumnInfos"] == []
    assert json.loads(plan_of(meta, "EXPLAIN (FORMAT JSON) SELECT 1"))["0"]["name"] == "Output"


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("EXPLAIN SELECT nosuch FROM regs", "COLUMN_NOT_FOUND: line 1:16: Column 'nosuch' cannot be resolved"),
        ("EXPLAIN\n(TYPE VALIDATE) SELECT r.nosuch FROM regs r", "COLUMN_NOT_FOUND: line 2:24: Column 'r.nosuch'"),
        ("EXPLAIN SELECT 1 FROM nosuch", "TABLE_NOT_FOUND: line 1:23"),
        ("EXPLAIN SELECT FROM", "SYNTAX_ERROR: line 1:16: mismatched input 'FROM'"),
        ("EXPLAIN SELECT n = 'a' FROM regs", "TYPE_MISMATCH"),
        ("EXPLAIN SHOW TABLES", "NOT_SUPPORTED: EXPLAIN of SHOW TABLES is not answered offline"),
    ],
)
def test_errors_in_an_explained_query_are_its_own(meta: Endpoint, sql: str, expected: str) -> None:
    assert reason(meta, sql).startswith(expected)
