from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from athena_local.execution.engine import Engine
from athena_local.execution.result_texts import rows_of
from athena_local.formats.layout import UnreadableError
from athena_local.tables.catalog import Table
from athena_local.tables.file_checks import check_files
from athena_local.tables.fine_times import FineTimes
from athena_local.tables.hidden import with_hidden_columns
from athena_local.tables.object_cache import ObjectCache
from athena_local.tables.parquet_files import ParquetFile
from athena_local.tables.partition_names import partition_name
from athena_local.tables.relations import relation
from athena_local.tables.table_uses import TableUse
from tests.athena_local.fakes import FakeStore, clicks, columns

TABLE = with_hidden_columns(
    Table(
        database="shop",
        name="t",
        columns=columns(id="string", n="bigint", at="timestamp", price="decimal(38,9)", later="array<string>"),
        partition_keys=columns(gen="string"),
        location="s3://shop/t/",
    )
)


def parquet(folder: Path, table: pa.Table) -> bytes:
    path = folder / "made.parquet"
    pq.write_table(table, path)
    return path.read_bytes()


@pytest.fixture
def cache(engine: Engine, tmp_path: Path) -> ObjectCache:
    moment = datetime(2026, 11, 22, 10, tzinfo=UTC)
    old = pa.table(
        {"id": ["a"], "n": pa.array([1], pa.int32()), "at": pa.array([moment], pa.timestamp("us", tz="UTC"))}
    )
    new = pa.table({"ID": ["b"], "price": [Decimal("1.5")], "later": [["x"]], "gen": ["not this"]})
    store = FakeStore({"t/gen=1/old": parquet(tmp_path, old), "t/gen=2/new": parquet(tmp_path, new)})
    return ObjectCache(store=store, folder=engine.folder)


def files(cache: ObjectCache) -> list[ParquetFile]:
    store = cache._store
    partitions = {"t/gen=1/old": "1", "t/gen=2/new": "2/=é"}
    return cache.fetch([(stored, (("gen", partitions[stored.key]),)) for stored in store.list("shop", "t/")])


def rows(engine: Engine, query: str) -> list[list[str | None]]:
    with engine.cursor() as cursor:
        cursor.execute(query)
        return [list(row) for batch in cursor.to_arrow_reader(10) for row in rows_of(batch, {})]


def test_files_of_different_shapes_have_the_tables_columns(engine: Engine, cache: ObjectCache) -> None:
    query = relation(TABLE, files(cache), hidden=())
    assert sorted(rows(engine, query), key=str) == [
        ["a", "1", "2026-11-22 10:00:00.000", None, None, "1"],
        ["b", None, None, "1.500000000", "[x]", "2/=é"],
    ]


def test_the_path_is_the_objects_address(engine: Engine, cache: ObjectCache) -> None:
    query = f'SELECT "$path" FROM ({relation(TABLE, files(cache), hidden={"$path"})}) ORDER BY 1'
    assert rows(engine, query) == [["s3://shop/t/gen=1/old"], ["s3://shop/t/gen=2/new"]]


def test_the_facts_of_a_file_are_those_of_its_object(engine: Engine, cache: ObjectCache) -> None:
    moment = datetime(2026, 11, 22, 10, 0, 0, 5000, tzinfo=UTC)
    dated = [replace(file, modified=moment, size=number) for number, file in enumerate(files(cache))]
    names = {"$partition", "$file_size", "$file_modified_time"}
    chosen = '"$partition", "$file_size", "$file_modified_time"'
    query = f"SELECT {chosen} FROM ({relation(TABLE, dated, hidden=names)}) ORDER BY 1"
    assert rows(engine, query) == [
        ["gen=1", "0", "2026-11-22 10:00:00.005 UTC"],
        ["gen=2%2F%3Dé", "1", "2026-11-22 10:00:00.005 UTC"],
    ]


def test_a_table_without_files_has_typed_columns(engine: Engine) -> None:
    with engine.cursor() as cursor:
        cursor.execute(relation(TABLE, [], hidden={"$path"}))
        assert [str(each[1]) for each in cursor.description] == [
            "VARCHAR", "BIGINT", "TIMESTAMP", "DECIMAL(38,9)", "VARCHAR[]", "VARCHAR", "VARCHAR",
        ]  # fmt: skip
        assert cursor.fetchall() == []


def test_an_object_is_fetched_once_and_again_when_it_changes(engine: Engine, tmp_path: Path) -> None:
    store = FakeStore({"one": parquet(tmp_path, pa.table({"id": ["a"]}))})
    cache = ObjectCache(store=store, folder=tmp_path)
    first = cache.fetch([(each, ()) for each in store.list("shop", "")])
    assert cache.fetch([(each, ()) for each in store.list("shop", "")]) == first
    again = ObjectCache(store=store, folder=tmp_path)
    assert again.fetch([(each, ()) for each in store.list("shop", "")]) == first
    assert store.got == ["one"]
    store.objects["one"] = parquet(tmp_path, pa.table({"id": ["b"]}))
    assert cache.fetch([(each, ()) for each in store.list("shop", "")])[0].path != first[0].path
    assert store.got == ["one", "one"]


def test_sizes_of_nested_columns_are_counted_under_their_name(tmp_path: Path) -> None:
    store = FakeStore({"one": parquet(tmp_path, pa.table({"Tags": [["a", "b"]], "s": [{"x": 1, "y": 2}]}))})
    (file,) = ObjectCache(store=store, folder=tmp_path).fetch([(each, ()) for each in store.list("shop", "")])
    assert set(file.column_bytes) == {"tags", "s"}
    assert all(file.column_bytes.values())


def test_names_are_quoted() -> None:
    table = Table(database="shop", name="t", columns=columns(**{'a" FROM x; --': "string"}))
    assert '"a"" FROM x; --"' in relation(table, [], hidden=())
    assert clicks().all_columns[-1].name == "gen"


def test_texts_of_char_have_all_their_characters(engine: Engine, tmp_path: Path) -> None:
    store = FakeStore({"u/one": parquet(tmp_path, pa.table({"code": ["ab", "abc", None]}))})
    cache = ObjectCache(store=store, folder=engine.folder)
    table = Table(
        database="shop", name="u", columns=columns(code="char(3)"), partition_keys=(), location="s3://shop/u/"
    )
    query = relation(table, cache.fetch([(stored, ()) for stored in store.list("shop", "u/")]), hidden=())
    assert rows(engine, query) == [["ab "], ["abc"], [None]]


def test_a_column_with_a_dot_in_its_name_is_not_a_field_of_another(engine: Engine, tmp_path: Path) -> None:
    at = datetime(2026, 11, 22, 10, 0, 0, 600, tzinfo=UTC)
    stored = pa.table({"a.b": [1], "A": [{"b": 2}], "at.x": pa.array([at], pa.timestamp("us"))})
    store = FakeStore({"u/one": parquet(tmp_path, stored)})
    cache = ObjectCache(store=store, folder=engine.folder)
    types = {"a.b": "bigint", "a": "struct<b:bigint>", "at.x": "timestamp"}
    table = Table(database="shop", name="u", columns=columns(**types), location="s3://shop/u/", serde="parquet")
    fetched = cache.fetch([(each, ()) for each in store.list("shop", "u/")])
    marked = FineTimes().marked(fetched, set(types))
    check_files(TableUse(table=table, columns=frozenset(types)), marked)
    assert rows(engine, relation(table, marked)) == [["1", "{b=2}", "2026-11-22 10:00:00.001"]]


@pytest.mark.parametrize("value", ["NULL", "null", "Null", "NULLS", "%4EULL", "", " ", "a/b", "..", "ü"])
def test_a_partitions_value_stays_the_text_that_it_is(engine: Engine, tmp_path: Path, value: str) -> None:
    store = FakeStore({"t/one": parquet(tmp_path, pa.table({"id": ["a"]}))})
    cache = ObjectCache(store=store, folder=engine.folder)
    fetched = cache.fetch([(each, (("gen", value),)) for each in store.list("shop", "t/")])
    query = f'SELECT gen, "$partition" FROM ({relation(TABLE, fetched, hidden={"$partition"})})'
    assert rows(engine, query) == [[value, partition_name(["gen"], [value])]]


def test_a_partitions_value_that_no_local_folder_can_have_is_refused(tmp_path: Path) -> None:
    store = FakeStore({"t/one": b"x"})
    with pytest.raises(UnreadableError, match="partitions with such a long value of 'gen'"):
        ObjectCache(store=store, folder=tmp_path).fetch(
            [(each, (("gen", "x" * 300),)) for each in store.list("shop", "t/")]
        )
