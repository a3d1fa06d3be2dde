import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from athena_local.formats.layout import Layout, MalformedError
from athena_local.tables.object_cache import ObjectCache
from tests.athena_local.fakes import FakeStore

CSV = "org.apache.hadoop.hive.serde2.OpenCSVSerde"


def layout(*, type_: str = "string", **properties: str) -> Layout:
    return Layout(serde=CSV, properties=Layout.reading(properties), columns=(("a", type_),))


def copies(folder: Path) -> set[str]:
    return {str(path) for path in folder.rglob("*") if path.is_file()}


def test_an_object_is_decoded_once_for_each_layout(tmp_path: Path) -> None:
    store = FakeStore({"one.csv": b"1;2\n"})
    cache = ObjectCache(store=store, folder=tmp_path)
    objects = [(stored, (("gen", "1"),)) for stored in store.list("shop", "")]
    (first,) = cache.fetch(objects, layout())
    assert cache.fetch(objects, layout()) == [first]
    assert (first.object_bytes, first.scanned_bytes(()), first.scanned_bytes({"a"})) == (4, 4, 4)
    assert "/gen=1/" in first.path
    (second,) = cache.fetch(objects, layout(separatorChar=";"))
    assert [pq.read_table(each.path).to_pylist() for each in (first, second)] == [[{"a": "1;2"}], [{"a": "1"}]]
    assert store.got == ["one.csv"] * 2
    assert ObjectCache(store=store, folder=tmp_path).fetch(objects, layout()) == [first]


def test_what_cannot_be_read_is_known_after_a_restart(tmp_path: Path) -> None:
    store = FakeStore({"one.csv": b"x\n"})
    objects = [(stored, ()) for stored in store.list("shop", "")]
    for _ in range(2):
        (file,) = ObjectCache(store=store, folder=tmp_path).fetch(objects, layout(type_="int"))
        assert file.failures["a"][0] == "HIVE_BAD_DATA"


def test_an_object_that_fails_leaves_no_file(tmp_path: Path) -> None:
    store = FakeStore({"one.csv.gz": b"plain"})
    with pytest.raises(MalformedError):
        ObjectCache(store=store, folder=tmp_path).fetch([(each, ()) for each in store.list("shop", "")], layout())
    assert copies(tmp_path) == set()


def test_what_is_no_parquet(tmp_path: Path) -> None:
    store = FakeStore({"one": b"plain"})
    with pytest.raises(MalformedError, match="Not valid Parquet file: s3://shop/one") as raised:
        ObjectCache(store=store, folder=tmp_path).fetch([(each, ()) for each in store.list("shop", "")])
    assert raised.value.name == "HIVE_BAD_DATA"
    assert copies(tmp_path) == set()


class Queries:
    """When the oldest running query began."""

    def __init__(self) -> None:
        self.began: float | None = None

    def since(self) -> float | None:
        return self.began


def test_the_least_recently_used_copies_make_room(tmp_path: Path) -> None:
    store = FakeStore(dict.fromkeys(("a", "b", "c"), b"1\n"))
    a, b, c = ([(each, ())] for each in store.list("shop", ""))
    size = Path(ObjectCache(store=store, folder=tmp_path / "size").fetch(a, layout())[0].path).stat().st_size
    queries = Queries()
    cache = ObjectCache(store=store, folder=tmp_path / "x", most_bytes=2 * size, busy_since=queries.since)
    kept = [cache.fetch(each, layout())[0].path for each in (a, b, a, c)]
    queries.began = time.monotonic()
    cache.fetch(a, layout())
    assert copies(tmp_path / "x") == {kept[0], kept[3]}
    # a is in use, and c is older than the query.
    cache.fetch(b, layout())
    assert copies(tmp_path / "x") == {kept[0], kept[1], kept[3]}
    cache.fetch(b, layout())
    assert copies(tmp_path / "x") == {kept[0], kept[1]}
    cache.fetch(c, layout())
    cache.fetch(c, layout())
    assert copies(tmp_path / "x") == {kept[0], kept[1], kept[3]}
    assert store.got.count("c") == 2
    assert Path(cache.fetch(b, layout())[0].path).exists()


def test_copies_of_an_earlier_process_count(tmp_path: Path) -> None:
    store = FakeStore(dict.fromkeys(("a", "b"), b"1\n"))
    a, b = ([(each, ())] for each in store.list("shop", ""))
    ObjectCache(store=store, folder=tmp_path).fetch(a, layout())
    (path,) = [each.path for each in ObjectCache(store=store, folder=tmp_path, most_bytes=1).fetch(b, layout())]
    assert copies(tmp_path) == {path}


def test_an_object_that_was_replaced_since_it_was_listed_is_not_kept_as_the_old_one(tmp_path: Path) -> None:
    store = FakeStore({"one.csv": b"1\n"})
    objects = [(each, ()) for each in store.list("shop", "")]
    store.objects["one.csv"] = b"1\n2\n"
    with pytest.raises(MalformedError, match="it was replaced during the query") as raised:
        ObjectCache(store=store, folder=tmp_path).fetch(objects, layout())
    assert raised.value.name == "HIVE_CANNOT_OPEN_SPLIT"
    assert copies(tmp_path) == set()
