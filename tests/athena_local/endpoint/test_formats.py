"""Tables in CSV, JSON, delimited text and ORC, as boto3 sees them."""

import gzip
import io
import json
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import orc

from tests.athena_local.endpoint.tables import Endpoint, parquet

LAZY = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe"
CSV = "org.apache.hadoop.hive.serde2.OpenCSVSerde"
OPENX = "org.openx.data.jsonserde.JsonSerDe"
HIVE_JSON = "org.apache.hive.hcatalog.data.JsonSerDe"
ORC = "org.apache.hadoop.hive.ql.io.orc.OrcSerde"
PARQUET = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"


def make(
    endpoint: Endpoint,
    name: str,
    serde: str,
    columns: dict[str, str],
    objects: dict[str, bytes],
    *,
    serde_properties: dict[str, str] | None = None,
    properties: dict[str, str] | None = None,
    keys: dict[str, str] | None = None,
) -> None:
    for key, body in objects.items():
        endpoint.s3.put_object(Bucket="shop", Key=f"{name}/{key}", Body=body)
    text = serde not in (ORC, PARQUET)
    table: dict[str, Any] = {
        "Name": name,
        "TableType": "EXTERNAL_TABLE",
        "Parameters": properties or {},
        "PartitionKeys": [{"Name": key, "Type": type_} for key, type_ in (keys or {}).items()],
        "StorageDescriptor": {
            "Location": f"s3://shop/{name}/",
            "Columns": [{"Name": column, "Type": type_} for column, type_ in columns.items()],
            "InputFormat": "org.apache.hadoop.mapred.TextInputFormat" if text else "",
            "SerdeInfo": {"SerializationLibrary": serde, "Parameters": serde_properties or {}},
        },
    }
    endpoint.glue.create_table(DatabaseName="shop", TableInput=table)


def reason(endpoint: Endpoint, sql: str) -> str:
    status = endpoint.execute(sql)["Status"]
    assert status["State"] == "FAILED", sql
    return str(status["StateChangeReason"])


def test_csv_with_a_header_in_partitions(endpoint: Endpoint) -> None:
    body = b'id,day,at,note\r\n1,18276,1579059880000,"a, ""b"""\r\n2,0,0,\r\n'
    make(
        endpoint, "csv_sales", CSV, {"id": "int", "day": "date", "at": "timestamp", "note": "string"},
        {"region=eu/a.csv.gz": gzip.compress(body), "region=us/b.csv": b"h\n3,1,1000,x\n"},
        properties={
            "skip.header.line.count": "1", "projection.enabled": "true",
            "projection.region.type": "enum", "projection.region.values": "eu,us",
        },
        keys={"region": "string"},
    )  # fmt: skip
    assert endpoint.rows("SELECT * FROM csv_sales ORDER BY id")[1:] == [
        ["1", "2020-01-15", "2020-01-15 03:44:40.000", 'a, "b"', "eu"],
        ["2", "1970-01-01", "1970-01-01 00:00:00.000", "", "eu"],
        ["3", "1970-01-02", "1970-01-01 00:00:01.000", "x", "us"],
    ]
    execution = endpoint.execute("SELECT count(*) FROM csv_sales WHERE region = 'eu'")
    assert execution["Statistics"]["DataScannedInBytes"] == len(gzip.compress(body))


def test_a_value_of_another_type_fails_the_queries_that_use_its_column(endpoint: Endpoint) -> None:
    make(endpoint, "csv_bad", CSV, {"id": "int", "note": "string"}, {"a": b"1,x\n,y\n"})
    assert endpoint.rows("SELECT note FROM csv_bad ORDER BY 1")[1:] == [["x"], ["y"]]
    assert endpoint.rows("SELECT count(*) FROM csv_bad")[1:] == [["2"]]
    assert reason(endpoint, "SELECT id FROM csv_bad").startswith(
        "HIVE_BAD_DATA: Error parsing field value '' for field 0: For input string: \"\""
    )


def test_delimited_text(endpoint: Endpoint) -> None:
    make(
        endpoint, "tsv", LAZY,
        {
            "id": "bigint", "price": "decimal(6,2)", "tags": "array<string>", "counts": "map<string,int>",
            "at": "timestamp",
        },
        {"a.tsv": b"1\t2.345\ta|b\tx:1|y:2\t2026-11-22 10:00:00.5\textra\nnot a number\t\\N\n\n"},
        serde_properties={"field.delim": "\t", "collection.delim": "|", "mapkey.delim": ":"},
    )  # fmt: skip
    assert endpoint.rows("SELECT id, price, tags, counts['y'], at FROM tsv ORDER BY id")[1:] == [
        ["1", "2.35", "[a, b]", "2", "2026-11-22 10:00:00.500"], [None] * 5, [None] * 5,
    ]  # fmt: skip


@pytest.mark.parametrize("serde", [OPENX, HIVE_JSON])
def test_json_with_nested_values(endpoint: Endpoint, serde: str) -> None:
    name = serde.rsplit(".", 2)[1] + "_events"
    rows: list[dict[str, Any]] = [
        {"ID": 1, "user": {"name": "é", "tags": ["a"]}, "amounts": {"x": 1.5}, "note": "n"},
        {"id": 2, "user": None, "unknown": 1},
    ]
    make(
        endpoint, name, serde,
        {
            "id": "int", "user": "struct<name:string,tags:array<string>>", "amounts": "map<string,double>",
            "note": "string",
        },
        {"a.json": "\n".join(map(json.dumps, rows)).encode()},
    )  # fmt: skip
    sql = f'SELECT id, "user".name, "user".tags, amounts[\'x\'], note FROM {name} ORDER BY id'
    assert endpoint.rows(sql)[1:] == [["1", "é", "[a]", "1.5", "n"], ["2", None, None, None, None]]


def test_a_line_that_is_no_json(endpoint: Endpoint) -> None:
    body = b'{"a": 1}\n{"a": \n'
    make(endpoint, "broken", OPENX, {"a": "int"}, {"a": body})
    make(endpoint, "skipped", OPENX, {"a": "int"}, {"a": body}, serde_properties={"ignore.malformed.json": "TRUE"})
    assert reason(endpoint, "SELECT a FROM broken").startswith("HIVE_CURSOR_ERROR: Row is not a valid JSON Object")
    assert endpoint.rows("SELECT count(*) FROM broken")[1:] == [["2"]]
    assert endpoint.rows("SELECT a FROM skipped ORDER BY 1")[1:] == [["1"], [None]]


def test_orc(endpoint: Endpoint) -> None:
    sink = io.BytesIO()
    orc.write_table(pa.table({"first": pa.array([1, None], pa.int32()), "second": [["a"], None]}), sink)
    make(endpoint, "orc_t", ORC, {"n": "bigint", "tags": "array<string>", "later": "int"}, {"a.orc": sink.getvalue()})
    assert endpoint.rows("SELECT * FROM orc_t ORDER BY n")[1:] == [["1", "[a]", None], [None, None, None]]


def test_what_is_not_read(endpoint: Endpoint) -> None:
    make(endpoint, "grok", "com.amazonaws.glue.serde.GrokSerDe", {"a": "string"}, {"a": b"x"})
    make(endpoint, "snappy", LAZY, {"a": "string"}, {"a.snappy": b"x"})
    make(endpoint, "no_gz", LAZY, {"a": "string"}, {"a.gz": b"plain"})
    assert reason(endpoint, "SELECT a FROM grok") == (
        "NOT_SUPPORTED: line 1:15: tables with SerDe 'com.amazonaws.glue.serde.GrokSerDe' "
        "are not read offline (shop.grok)"
    )
    assert reason(endpoint, "SELECT a FROM snappy").startswith("NOT_SUPPORTED: text compressed as .snappy is not read")
    assert reason(endpoint, "SELECT a FROM no_gz").startswith("HIVE_CURSOR_ERROR: Not a gzipped file")


def test_chars_have_all_their_characters(endpoint: Endpoint) -> None:
    make(endpoint, "char_t", CSV, {"a": "char(3)"}, {"a": b"x\nabcd\n"})
    assert endpoint.rows("SELECT a, length(a) FROM char_t WHERE a = 'x' OR a > 'ab' ORDER BY a")[1:] == [
        ["abc", "3"], ["x  ", "3"],
    ]  # fmt: skip


def test_chars_inside_of_arrays_are_not_read(endpoint: Endpoint) -> None:
    make(endpoint, "chars", LAZY, {"a": "array<char(3)>", "b": "string"}, {"a": b"x\x01y\n"})
    assert endpoint.rows("SELECT b FROM chars")[1:] == [["y"]]
    assert (
        reason(endpoint, "SELECT a FROM chars") == "NOT_SUPPORTED: char(n) inside of other types is not read offline: a"
    )


def test_parquet_of_another_type(endpoint: Endpoint) -> None:
    fields: list[tuple[str, pa.DataType]] = [
        ("n", pa.string()),
        ("small", pa.int32()),
        ("s", pa.struct([("a", pa.int32())])),
    ]
    schema = pa.schema(fields)
    body = parquet([{"n": "12", "small": 1, "s": {"a": 1}}], schema)
    make(endpoint, "mismatch", PARQUET, {"n": "int", "small": "bigint", "s": "struct<a:bigint,b:string>"}, {"a": body})
    assert endpoint.rows("SELECT small, s.a, s.b FROM mismatch")[1:] == [["1", "1", None]]
    assert reason(endpoint, "SELECT n FROM mismatch").startswith("HIVE_BAD_DATA: ")
