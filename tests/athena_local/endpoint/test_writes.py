"""CREATE TABLE AS, INSERT INTO and UNLOAD, as boto3 sees them."""

import gzip
import io
import time
from typing import Any

import pyarrow.parquet as pq
import pytest

from athena_local.tables.storage import split_address
from tests.athena_local.endpoint.tables import Endpoint


def done(endpoint: Endpoint, sql: str, **options: Any) -> dict[str, Any]:
    execution = endpoint.execute(sql, **options)
    assert execution["Status"]["State"] == "SUCCEEDED", execution["Status"]
    return execution


def reason(endpoint: Endpoint, sql: str, **options: Any) -> str:
    status = endpoint.execute(sql, **options)["Status"]
    assert status["State"] == "FAILED", sql
    return str(status["StateChangeReason"])


def keys(endpoint: Endpoint, address: str) -> list[str]:
    bucket, prefix = split_address(address)
    return [each["Key"] for each in endpoint.s3.list_objects_v2(Bucket=bucket, Prefix=prefix).get("Contents", [])]


def body(endpoint: Endpoint, address: str) -> bytes:
    bucket, key = split_address(address)
    content: bytes = endpoint.s3.get_object(Bucket=bucket, Key=key)["Body"].read()
    return content


def manifest(endpoint: Endpoint, execution: dict[str, Any]) -> list[str]:
    return body(endpoint, execution["Statistics"]["DataManifestLocation"]).decode().splitlines()


def glue_types(endpoint: Endpoint, name: str) -> dict[str, str]:
    table = endpoint.glue.get_table(DatabaseName="shop", Name=name)["Table"]
    return {each["Name"]: each["Type"] for each in (*table["StorageDescriptor"]["Columns"], *table["PartitionKeys"])}


def test_a_table_of_a_query(endpoint: Endpoint) -> None:
    execution = done(
        endpoint,
        "CREATE TABLE totals AS SELECT event_id, clicks, amount, event_time, CAST(1 AS real) r, DATE '2026-01-02' d, "
        "ARRAY[1, 2] a, MAP(ARRAY['k'], ARRAY[1.5e0]) m, CAST(ROW(1, 'x') AS row(n integer, s varchar)) s, 'abc' t, "
        "X'6162' b, true f FROM orders",
    )
    assert (execution["StatementType"], execution["SubstatementType"]) == ("DDL", "CREATE_TABLE_AS_SELECT")
    identity = execution["QueryExecutionId"]
    assert execution["ResultConfiguration"]["OutputLocation"] == f"s3://results/analysts/tables/{identity}"
    assert execution["Statistics"]["DataManifestLocation"] == f"s3://results/analysts/tables/{identity}-manifest.csv"
    (address,) = manifest(endpoint, execution)
    assert address.startswith(f"s3://results/analysts/tables/{identity}/")
    file = pq.ParquetFile(io.BytesIO(body(endpoint, address)))
    assert file.metadata.row_group(0).column(0).compression == "GZIP"
    assert file.schema.column(3).physical_type == "INT96"
    assert glue_types(endpoint, "totals") == {
        "event_id": "string", "clicks": "bigint", "amount": "decimal(38,9)", "event_time": "timestamp", "r": "float",
        "d": "date", "a": "array<int>", "m": "map<varchar(1),double>", "s": "struct<n:int,s:string>", "t": "varchar(3)",
        "b": "binary", "f": "boolean",
    }  # fmt: skip
    assert endpoint.rows("SELECT * FROM totals WHERE event_id = 'e2'")[1] == [
        "e2", "2", "3.000000000", "2026-11-22 10:30:00.000", "1.0", "2026-01-02", "[1, 2]", "{k=1.5}", "{n=1, s=x}",
        "abc", "61 62", "true",
    ]  # fmt: skip
    results = endpoint.athena.get_query_results(QueryExecutionId=identity)
    (column,) = results["ResultSet"]["ResultSetMetadata"]["ColumnInfo"]
    assert (column["Name"], column["Type"], column["Precision"]) == ("rows", "bigint", 19)
    assert (results["UpdateCount"], results["ResultSet"]["Rows"]) == (4, [])


def test_partitions_are_the_last_columns(endpoint: Endpoint) -> None:
    done(
        endpoint,
        "CREATE TABLE parted WITH (format = 'parquet', write_compression = 'SNAPPY', "
        "external_location = 's3://shop/parted', partitioned_by = ARRAY['kind', 'day']) AS "
        "SELECT * FROM (VALUES (1, 'a:b', DATE '2026-01-01'), (2, NULL, DATE '2026-01-02'), (3, '', NULL), "
        "(4, 'a:b', DATE '2026-01-01')) AS t (n, kind, day)",
    )
    folders = sorted({key.rsplit("/", 1)[0] for key in keys(endpoint, "s3://shop/parted/")})
    none = "__HIVE_DEFAULT_PARTITION__"
    assert folders == [
        f"parted/kind={none}/day=2026-01-02", f"parted/kind={none}/day={none}", "parted/kind=a%3Ab/day=2026-01-01"
    ]  # fmt: skip
    assert endpoint.rows("SELECT n, kind, day FROM parted ORDER BY n")[1:] == [
        ["1", "a:b", "2026-01-01"], ["2", None, "2026-01-02"], ["3", None, None], ["4", "a:b", "2026-01-01"]
    ]  # fmt: skip
    assert endpoint.rows("SELECT n FROM parted WHERE kind IS NULL ORDER BY n")[1:] == [["2"], ["3"]]
    assert endpoint.rows("SELECT n FROM parted WHERE day = DATE '2026-01-02'")[1:] == [["2"]]
    done(endpoint, "INSERT INTO parted VALUES (5, 'a:b', DATE '2026-01-01'), (6, 'new', DATE '2026-01-01')")
    assert endpoint.rows("SELECT n FROM parted WHERE kind IN ('new', 'a:b') ORDER BY n")[1:] == [
        ["1"], ["4"], ["5"], ["6"]
    ]  # fmt: skip
    parameters = endpoint.glue.get_table(DatabaseName="shop", Name="parted")["Table"]["Parameters"]
    assert parameters["parquet.compression"] == "SNAPPY"


@pytest.mark.parametrize("stored", ["JSON", "TEXTFILE", "PARQUET", "ORC"])
def test_what_is_written_is_read_back(endpoint: Endpoint, stored: str) -> None:
    query = (
        "SELECT event_id, event_time, amount, clicks, tags, clicks / 7e0 AS d, MAP(ARRAY['k'], ARRAY[clicks]) AS m, "
        "CAST(ROW(clicks, 'é \"q\"') AS row(n bigint, s varchar)) AS r, DATE '2026-01-02' AS day, "
        "CAST(clicks AS decimal(5,2)) AS part FROM orders"
    )
    properties = f"format = '{stored}', partitioned_by = ARRAY['day', 'part']"
    done(endpoint, f"CREATE TABLE back_{stored} WITH ({properties}) AS {query}")
    done(endpoint, f"INSERT INTO back_{stored} {query} WHERE clicks > 2")
    again = f"{query} UNION ALL {query} WHERE clicks > 2"
    expected = endpoint.rows(f"SELECT * FROM ({again}) ORDER BY 1")
    assert endpoint.rows(f"SELECT * FROM back_{stored} ORDER BY 1") == expected
    assert endpoint.rows(f"SELECT count(*) FROM back_{stored} WHERE part = 3")[1:] == [["2"]]


def test_rows_are_added_to_chosen_columns(endpoint: Endpoint) -> None:
    done(
        endpoint,
        "CREATE TABLE kept AS SELECT 1 AS a, CAST('x' AS varchar(5)) AS b, CAST(1 AS double) AS c WITH NO DATA",
    )
    execution = done(endpoint, "INSERT INTO kept (c, B) SELECT 2, 'yy   ' UNION ALL SELECT 3, NULL")
    assert (execution["StatementType"], execution["SubstatementType"]) == ("DML", "INSERT")
    identity = execution["QueryExecutionId"]
    assert execution["ResultConfiguration"]["OutputLocation"] == f"s3://results/analysts/{identity}"
    assert len(manifest(endpoint, execution)) == 1
    assert endpoint.athena.get_query_results(QueryExecutionId=identity)["UpdateCount"] == 2
    done(endpoint, "INSERT INTO shop.kept VALUES (?, ?, 1.5)", ExecutionParameters=["7", "'z'"])
    done(endpoint, "INSERT INTO kept (a) VALUES 2.6E0")
    assert endpoint.rows("SELECT a, b, c FROM kept ORDER BY c NULLS FIRST")[1:] == [
        ["3", None, None], ["7", "z", "1.5"], [None, "yy   ", "2.0"], [None, None, "3.0"]
    ]  # fmt: skip


def test_rows_go_where_a_projected_partition_is(endpoint: Endpoint) -> None:
    before = keys(endpoint, "s3://shop/empty/")
    done(
        endpoint,
        "INSERT INTO empty SELECT event_id, event_time, amount, clicks, properties, tags, added_later, "
        "'2026-11-22-13' FROM orders WHERE clicks < 3",
    )
    assert endpoint.rows("SELECT event_id, tags FROM empty WHERE gen = '2026-11-22-13' ORDER BY 1")[1:] == [
        ["e1", "[a, b]"], ["e2", "[a, b]"]
    ]  # fmt: skip
    assert endpoint.glue.get_partitions(DatabaseName="shop", TableName="empty")["Partitions"] == []
    (key,) = set(keys(endpoint, "s3://shop/empty/")) - set(before)
    assert key.startswith("empty/gen=2026-11-22-13/")
    endpoint.s3.delete_object(Bucket="shop", Key=key)


def test_rows_without_a_table(endpoint: Endpoint) -> None:
    sql = "UNLOAD (SELECT event_id, clicks, tags, gen FROM orders WHERE clicks < 3) TO 's3://shop/out/{}' WITH ({})"
    execution = done(endpoint, sql.format("p/", "format = 'PARQUET', partitioned_by = ARRAY['gen']"))
    assert (execution["StatementType"], execution["SubstatementType"]) == ("DML", "UNLOAD")
    (address,) = manifest(endpoint, execution)
    assert address.startswith("s3://shop/out/p/gen=2026-11-22-10/")
    assert pq.ParquetFile(io.BytesIO(body(endpoint, address))).read().to_pylist()[0]["tags"] == ["a", "b"]
    (address,) = manifest(endpoint, done(endpoint, sql.format("j", "format = 'json'")))
    assert address.endswith(".gz")
    assert gzip.decompress(body(endpoint, address)).decode().splitlines()[0] == (
        '{"event_id":"e1","clicks":1,"tags":["a","b"],"gen":"2026-11-22-10"}'
    )
    text = "format = 'TEXTFILE', field_delimiter = '|', compression = 'NONE'"
    (address,) = manifest(endpoint, done(endpoint, sql.format("t/", text)))
    assert body(endpoint, address).decode().splitlines()[0] == "e1|1|a\x02b|2026-11-22-10"
    assert reason(endpoint, sql.format("t", "format = 'JSON'")).startswith("HIVE_PATH_ALREADY_EXISTS: Target directory")
    nothing = "UNLOAD (SELECT 1 WHERE false) TO 's3://shop/out/n/' WITH (format = 'PARQUET')"
    assert manifest(endpoint, done(endpoint, nothing)) == []


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("CREATE TABLE orders AS SELECT 1 a", "TABLE_ALREADY_EXISTS: line 1:1: Destination table 'awsdatacatalog."),
        ("CREATE TABLE nosuch.x AS SELECT 1 a", "SCHEMA_NOT_FOUND: line 1:1: Schema 'nosuch' does not exist"),
        ("CREATE TABLE x AS SELECT 1", "MISSING_COLUMN_NAME: line 1:1: Column name not specified at position 1"),
        ("CREATE TABLE x AS SELECT 1 a, 2 A", "DUPLICATE_COLUMN_NAME: line 1:1: Column name 'a' specified more than"),
        ("CREATE TABLE x AS SELECT NULL a", "COLUMN_TYPE_UNKNOWN: line 1:1: Column type is unknown at position 1"),
        ("CREATE TABLE x AS SELECT nosuch FROM orders", "COLUMN_NOT_FOUND: line 1:26: Column 'nosuch'"),
        ("CREATE TABLE x AS SELECT TIME '10:00' a", "NOT_SUPPORTED: Unsupported Hive type: time(0)"),
        ("CREATE TABLE x AS SELECT now() a", "NOT_SUPPORTED: Unsupported Hive type: timestamp(3) with time zone"),
        ("CREATE TABLE x AS SELECT JSON '1' a", "NOT_SUPPORTED: Unsupported Hive type: json"),
        ("CREATE TABLE x AS SELECT INTERVAL '1' DAY a", "NOT_SUPPORTED: Unsupported Hive type: interval day to second"),
        ("CREATE TABLE x AS SELECT ROW(1, 2) a", "NOT_SUPPORTED: Anonymous row type is not supported in Hive"),
        (
            "CREATE TABLE x AS SELECT TIMESTAMP '2026-01-01 00:00:00' a",
            "NOT_SUPPORTED: Incorrect timestamp precision for timestamp(0); the configured precision is MILLISECONDS",
        ),
        ("CREATE TABLE x WITH (format = 'AVRO') AS SELECT 1 a", "NOT_SUPPORTED: the format AVRO is not written"),
        ("CREATE TABLE x WITH (bucketed_by = ARRAY['a'], bucket_count = 2) AS SELECT 1 a", "NOT_SUPPORTED"),
        ("CREATE TABLE x WITH (nosuch = 'a') AS SELECT 1 a", "INVALID_TABLE_PROPERTY: line 1:1: Table property"),
        (
            "CREATE TABLE x WITH (partitioned_by = ARRAY['a']) AS SELECT 1 a, 2 b",
            "HIVE_COLUMN_ORDER_MISMATCH: Partition keys must be the last columns",
        ),
        (
            "CREATE TABLE x WITH (partitioned_by = ARRAY['n']) AS SELECT 1 a, n FROM UNNEST(sequence(1, 101)) AS t (n)",
            "HIVE_TOO_MANY_OPEN_PARTITIONS: Exceeded limit of 100 open writers",
        ),
        ("CREATE TABLE x WITH (external_location = 's3://shop/orders/') AS SELECT 1 a", "HIVE_PATH_ALREADY_EXISTS"),
        ("CREATE TABLE x AS SELECT 1/(clicks - 1) a FROM orders", "DIVISION_BY_ZERO"),
        ("INSERT INTO nosuch SELECT 1", "TABLE_NOT_FOUND: line 1:1: Table 'awsdatacatalog.shop.nosuch' does not exist"),
        (
            "INSERT INTO empty SELECT 1",
            "TYPE_MISMATCH: line 1:1: Insert query has mismatched column types: Table: [varchar, timestamp(3), decim",
        ),
        (
            "INSERT INTO empty (clicks) SELECT 'x'",
            "TYPE_MISMATCH: line 1:1: Insert query has mismatched column types: Table: [bigint], Query: [varchar(1)]",
        ),
        ("INSERT INTO \"orders$partitions\" SELECT 'x'", "NOT_SUPPORTED: line 1:1: 'orders$partitions' is no table"),
        ("INSERT INTO empty (a) SELECT 'x'", "COLUMN_NOT_FOUND: line 1:1: Insert column name does not exist in target"),
        ("INSERT INTO empty (gen, gen) SELECT 1, 2", "DUPLICATE_COLUMN_NAME: line 1:1: Insert column name is"),
        ("INSERT INTO empty (clicks, gen) SELECT 1e30, 'x'", "INVALID_CAST_ARGUMENT"),
        ("UNLOAD (SELECT 1 a) TO 's3://shop/u/' WITH (compression = 'GZIP')", "INVALID_TABLE_PROPERTY: UNLOAD needs"),
        ("UNLOAD (SELECT 1 a) TO 'u' WITH (format = 'JSON')", "INVALID_TABLE_PROPERTY: 'u/' is not a location in S3"),
    ],
)  # fmt: skip
def test_what_is_refused_leaves_nothing(endpoint: Endpoint, sql: str, expected: str) -> None:
    before = endpoint.rows("SHOW TABLES"), keys(endpoint, "s3://shop/")
    tables = keys(endpoint, "s3://results/analysts/tables/")
    assert reason(endpoint, sql).startswith(expected)
    assert (endpoint.rows("SHOW TABLES"), keys(endpoint, "s3://shop/")) == before
    assert keys(endpoint, "s3://results/analysts/tables/") == tables


def test_a_table_that_is_there_is_left_alone(endpoint: Endpoint) -> None:
    execution = done(endpoint, "CREATE TABLE IF NOT EXISTS orders AS SELECT 1 AS a")
    assert manifest(endpoint, execution) == []
    assert glue_types(endpoint, "orders")["clicks"] == "bigint"


def test_statements_as_dbt_writes_them(endpoint: Endpoint) -> None:
    done(
        endpoint,
        """/* {"app": "dbt"} */
        create table "awsdatacatalog"."shop"."by_dbt"
        with (table_type='hive', is_external=true, external_location='s3://shop/by_dbt/x', partitioned_by=ARRAY['gen'],
              format='parquet')
        as (select event_id, gen from "awsdatacatalog"."shop"."orders");""",
    )
    done(
        endpoint,
        'insert into "awsdatacatalog"."shop"."by_dbt" ("event_id", "gen")\n'
        '(select "event_id", "gen" from "shop"."orders")',
    )
    assert endpoint.rows("SELECT count(*), count(DISTINCT gen) FROM by_dbt")[1:] == [["8", "3"]]


def test_values_are_cast_to_the_columns_types(endpoint: Endpoint) -> None:
    done(
        endpoint,
        "CREATE TABLE casts AS SELECT ARRAY[1] a, CAST(ROW(1, 'x') AS row(n integer, s varchar)) r, "
        "CAST('2026-01-01 00:00:00' AS timestamp(3)) ts, CAST(1 AS real) f WITH NO DATA",
    )
    done(endpoint, "INSERT INTO casts VALUES (NULL, NULL, NULL, NULL)")
    done(endpoint, "INSERT INTO casts VALUES (ARRAY[bigint '2'], ROW(5, 'abc'), DATE '2026-01-02', 1.1e0)")
    done(endpoint, "INSERT INTO casts (ts) SELECT TIMESTAMP '2026-01-03 00:00:00.123999'")
    assert endpoint.rows("SELECT * FROM casts ORDER BY ts NULLS FIRST")[1:] == [
        [None, None, None, None],
        ["[2]", "{n=5, s=abc}", "2026-01-02 00:00:00.000", "1.1"],
        [None, None, "2026-01-03 00:00:00.124", None],
    ]


def test_a_text_that_is_too_long(endpoint: Endpoint) -> None:
    done(endpoint, "CREATE TABLE short AS SELECT 'ab' AS s")
    told = "Cannot truncate non-space characters when casting from varchar(3) to varchar(2) on INSERT"
    assert reason(endpoint, "INSERT INTO short VALUES 'abc'") == f"INVALID_CAST_ARGUMENT: {told}"
    with pytest.raises(endpoint.athena.exceptions.InvalidRequestException, match="backquoted identifiers"):
        endpoint.execute("INSERT INTO `short` VALUES 'a'")


def test_an_enforced_location_is_the_only_one(endpoint: Endpoint) -> None:
    sql = "CREATE TABLE forced {}AS SELECT 1 AS a"
    told = reason(endpoint, sql.format("WITH (external_location = 's3://shop/f/') "), WorkGroup="enforced")
    assert "enforces a centralized output location" in told
    execution = done(endpoint, sql.format(""), WorkGroup="enforced")
    assert manifest(endpoint, execution)[0].startswith("s3://results/enforced/tables/")


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT orders SELECT 1", "INSERT INTO orders (1) SELECT 1", "CREATE TABLE x WITH (a = b) AS SELECT 1 a",
        "UNLOAD (SELECT 1", "UNLOAD SELECT 1 TO 's3://a/'", "CREATE TABLE x AS SELECT FROM",
        "INSERT INTO orders SELEC 1",
    ],
)  # fmt: skip
def test_what_is_not_read_is_refused_at_once(endpoint: Endpoint, sql: str) -> None:
    with pytest.raises(endpoint.athena.exceptions.InvalidRequestException, match="mismatched input"):
        endpoint.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE slow WITH (external_location = 's3://shop/slow/') AS {}",
        "UNLOAD ({}) TO 's3://shop/slow/' WITH (format = 'JSON')",
    ],
)
def test_a_stop_leaves_nothing(endpoint: Endpoint, sql: str) -> None:
    query = "SELECT a, b FROM UNNEST(sequence(1, 9000)) AS s (a) CROSS JOIN UNNEST(sequence(1, 9000)) AS t (b)"
    started = endpoint.athena.start_query_execution(
        QueryString=sql.format(query), QueryExecutionContext={"Database": "shop"}, WorkGroup="analysts"
    )
    time.sleep(0.5)
    endpoint.athena.stop_query_execution(QueryExecutionId=started["QueryExecutionId"])
    execution = endpoint.wait(started["QueryExecutionId"])
    assert execution["Status"]["State"] == "CANCELLED"
    assert "DataManifestLocation" not in execution["Statistics"]
    assert keys(endpoint, "s3://shop/slow/") == []
    assert ["slow"] not in endpoint.rows("SHOW TABLES")


def test_a_table_of_a_query_is_altered(endpoint: Endpoint) -> None:
    done(endpoint, "CREATE TABLE altered AS SELECT 1 a, 'x' b")
    done(endpoint, "ALTER TABLE altered ADD COLUMNS (c int)")
    done(endpoint, "INSERT INTO altered VALUES (2, 'y', 3)")
    assert endpoint.rows("SELECT * FROM altered ORDER BY a")[1:] == [["1", "x", None], ["2", "y", "3"]]


def test_partitions_with_every_printable_character(endpoint: Endpoint) -> None:
    texts = ["NULL", "null", "a b", "a/b", "100%", "%41", "x=y", "..", " lead", "trail ", "{x}", "it's", "A", "a"]
    values = ", ".join(f"({number}, '{text.replace(chr(39), 2 * chr(39))}')" for number, text in enumerate(texts))
    done(
        endpoint,
        "CREATE TABLE printable WITH (partitioned_by = ARRAY['p']) AS "
        f"SELECT i, CAST(p AS varchar) p FROM (VALUES {values}, (-1, NULL)) AS v (i, p)",
    )
    assert endpoint.rows("SELECT p FROM printable ORDER BY i")[1:] == [[None], *([text] for text in texts)]
    for number, text in enumerate(texts):
        quoted = text.replace("'", "''")
        assert endpoint.rows(f"SELECT i FROM printable WHERE p = '{quoted}'")[1:] == [[str(number)]]
    assert endpoint.rows("SELECT i FROM printable WHERE p IS NULL")[1:] == [["-1"]]


def test_a_location_that_cannot_be_read_back_is_not_written(endpoint: Endpoint) -> None:
    told = reason(endpoint, "CREATE TABLE lost WITH (external_location = 's3://shop/../lost/') AS SELECT 1 a")
    assert told == "INVALID_TABLE_PROPERTY: 's3://shop/../lost/' has a folder named '.' or '..'"
