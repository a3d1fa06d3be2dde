import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from athena_local.execution.engine import Engine
from athena_local.formats.hive_types import parse_type
from athena_local.tables.parquet_files import read_footer
from athena_local.tables.parquet_types import incompatible, leaves_of

READ = [
    (pa.int8(), "bigint"),
    (pa.int64(), "int"),
    (pa.decimal128(9, 0), "bigint"),
    (pa.int32(), "decimal(10,2)"),
    (pa.decimal128(9, 2), "decimal(5,1)"),
    (pa.float32(), "double"),
    (pa.string(), "varchar(3)"),
    (pa.binary(), "string"),
    (pa.string(), "binary"),
    (pa.timestamp("ms"), "timestamp"),
    (pa.timestamp("us", tz="UTC"), "timestamp"),
    (pa.date32(), "date"),
    (pa.bool_(), "boolean"),
    (pa.list_(pa.int32()), "array<bigint>"),
    (pa.map_(pa.string(), pa.float32()), "map<string,double>"),
    (pa.struct([("A", pa.int32())]), "struct<a:bigint,b:string>"),
    (pa.list_(pa.struct([("a", pa.map_(pa.string(), pa.int32()))])), "array<struct<a:map<string,int>>>"),
]
REFUSED = [
    (pa.string(), "int"),
    (pa.int64(), "string"),
    (pa.float64(), "float"),
    (pa.int32(), "double"),
    (pa.decimal128(9, 2), "bigint"),
    (pa.int64(), "decimal(10,2)"),
    (pa.int32(), "decimal(30,2)"),
    (pa.decimal128(9, 2), "string"),
    (pa.int64(), "timestamp"),
    (pa.timestamp("ms"), "date"),
    (pa.string(), "date"),
    (pa.string(), "boolean"),
    (pa.string(), "array<string>"),
    (pa.list_(pa.string()), "string"),
    (pa.list_(pa.string()), "array<int>"),
    (pa.struct([("a", pa.string())]), "struct<a:int>"),
    (pa.map_(pa.string(), pa.string()), "map<string,int>"),
    (pa.list_(pa.struct([("a", pa.map_(pa.int32(), pa.int32()))])), "array<struct<a:map<string,int>>>"),
]


def is_read(engine: Engine, stored: pa.DataType, declared: str) -> bool:
    path = str(engine.folder / "typed.parquet")
    pq.write_table(pa.table({"Col": pa.array([], stored)}), path)
    return incompatible(parse_type(declared), leaves_of(read_footer(path, "s3://b/k").schema, "col")) is None


@pytest.mark.parametrize(("stored", "declared"), READ, ids=str)
def test_what_trino_reads(engine: Engine, stored: pa.DataType, declared: str) -> None:
    assert is_read(engine, stored, declared)


@pytest.mark.parametrize(("stored", "declared"), REFUSED, ids=str)
def test_what_trino_does_not_read(engine: Engine, stored: pa.DataType, declared: str) -> None:
    assert not is_read(engine, stored, declared)


def test_a_column_that_a_file_lacks_is_compatible() -> None:
    assert incompatible(parse_type("int"), leaves_of([("a.b", "INT32", "None")], "b")) is None
