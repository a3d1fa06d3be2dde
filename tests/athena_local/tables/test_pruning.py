from dataclasses import replace
from datetime import UTC, datetime

import pytest

from athena_local.errors import QueryError
from athena_local.execution.engine import Engine
from athena_local.syntax.dialect import parse
from athena_local.tables.catalog import Column, Partition, Table
from athena_local.tables.pruning import Pruner
from athena_local.tables.table_uses import TableUse
from tests.athena_local.fakes import FakeCatalog, FakeStore, clicks

NOW = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)


def hourly_store(hours: int = 13) -> FakeStore:
    keys = [f"clicks/gen=2026-11-22-{hour:02d}/file.parquet" for hour in range(hours)]
    return FakeStore(dict.fromkeys([*keys, "clicks/gen=2026-10-31-23/early.parquet", "clicks_other/gen=x/y"], b"x"))


def pruned(
    engine: Engine, table: Table, store: FakeStore, *conditions: str, registered: list[Partition] | None = None
) -> list[str]:
    pruner = Pruner(
        catalog=FakeCatalog([table], registered or []), store=store, keep=engine.keep_partitions, clock=lambda: NOW
    )
    predicates = tuple(parse(f"SELECT 1 WHERE {condition}").args["where"].this for condition in conditions)
    located = pruner.objects(TableUse(table=table, columns=frozenset(), predicates=predicates))
    return [each.stored.key for each in located]


def test_without_a_predicate_the_table_is_listed_once(engine: Engine) -> None:
    store = hourly_store()
    assert len(pruned(engine, clicks(), store)) == 13
    assert store.listed == ["clicks/"]


def test_a_predicate_lists_only_its_partitions(engine: Engine) -> None:
    store = hourly_store()
    keys = pruned(engine, clicks(), store, "gen >= '2026-11-22-11'", "gen < '2026-11-22-12'")
    assert keys == ["clicks/gen=2026-11-22-11/file.parquet"]
    assert store.listed == ["clicks/gen=2026-11-22-11/"]


def test_many_partitions_are_listed_by_their_common_prefix(engine: Engine) -> None:
    store = hourly_store()
    keys = pruned(engine, clicks(), store, "gen BETWEEN '2026-11-20-00' AND '2026-11-22-03'")
    assert len(keys) == 4
    assert store.listed == ["clicks/gen=2026-11-2"]


def test_a_predicate_may_compute(engine: Engine) -> None:
    condition = "gen = date_format(date_parse('2026-11-22 04', '%Y-%m-%d %H') + INTERVAL '1' HOUR, '%Y-%m-%d-%H')"
    assert pruned(engine, clicks(), hourly_store(), condition) == ["clicks/gen=2026-11-22-05/file.parquet"]


def test_a_predicate_that_fails_prunes_nothing(engine: Engine) -> None:
    assert len(pruned(engine, clicks(), hourly_store(), "CAST(gen AS bigint) = 1")) == 13


def test_nothing_matches(engine: Engine) -> None:
    store = hourly_store()
    assert pruned(engine, clicks(), store, "gen = 'x'") == []
    assert store.listed == []


def test_registered_partitions_lie_where_glue_says(engine: Engine) -> None:
    table = clicks(parameters={}, keys=(Column(name="region", type="string"), Column(name="n", type="int")))
    registered = [
        Partition(values=("eu", "9"), location="s3://shop/elsewhere/"),
        Partition(values=("eu", "10"), location="s3://shop/ten/"),
    ]
    store = FakeStore({"elsewhere/a.parquet": b"x", "ten/b.parquet": b"x", "ten/_SUCCESS": b"x", "ten/empty": b""})
    assert pruned(engine, table, store, "n > 9", registered=registered) == ["ten/b.parquet"]
    assert pruned(engine, table, store, registered=registered) == ["elsewhere/a.parquet", "ten/b.parquet"]


def test_a_partition_in_another_format_is_refused_if_it_is_read(engine: Engine) -> None:
    registered = [
        Partition(values=("a",), location="s3://shop/a/", serde="parquet"),
        Partition(values=("b",), location="s3://shop/b/", serde="csv"),
    ]
    store = FakeStore({"a/x": b"x", "b/x": b"x"})
    table = clicks(parameters={})
    assert pruned(engine, table, store, "gen = 'a'", registered=registered) == ["a/x"]
    with pytest.raises(QueryError, match="NOT_SUPPORTED: partitions with a SerDe of their own"):
        pruned(engine, table, store, registered=registered)


def test_a_table_without_partitions_is_its_location(engine: Engine) -> None:
    assert len(pruned(engine, clicks(keys=(), parameters={}), hourly_store())) == 14


@pytest.mark.parametrize("condition", ["gen = '2026-11-22-01'", "gen IN ('2026-11-22-01', '2026-11-22-99')"])
def test_injected_keys(engine: Engine, condition: str) -> None:
    table = clicks(parameters={"projection.enabled": "true", "projection.gen.type": "injected"})
    assert pruned(engine, table, hourly_store(), condition) == ["clicks/gen=2026-11-22-01/file.parquet"]


def by_day(**changes: str) -> Table:
    parameters = {
        "projection.enabled": "true",
        "projection.gen.type": "date",
        "projection.gen.format": "yyyy/MM/dd",
        "projection.gen.range": "2026/11/01,NOW",
        "storage.location.template": "s3://shop/clicks/${gen}",
    }
    return clicks(parameters=parameters | changes)


@pytest.mark.parametrize("first", ["2026/11/01", "1000/01/01"], ids=["listed by name", "too many for that"])
def test_days_in_nested_folders_are_found_without_a_predicate(engine: Engine, first: str) -> None:
    store = FakeStore(dict.fromkeys(["clicks/2026/11/01/a", "clicks/2026/11/22/b/c", "clicks/2026/11/23/d"], b"x"))
    table = by_day(**{"projection.gen.range": f"{first},NOW"})
    assert pruned(engine, table, store) == ["clicks/2026/11/01/a", "clicks/2026/11/22/b/c"]


def test_a_range_with_too_many_values_in_several_buckets_is_refused(engine: Engine) -> None:
    table = by_day(**{"projection.gen.range": "1000/01/01,NOW", "storage.location.template": "s3://${gen}/clicks/"})
    with pytest.raises(QueryError, match="NOT_SUPPORTED: clicks has too many projected partitions"):
        pruned(engine, table, FakeStore({}))


HIDDEN = ["_temporary/0/a", ".staging/a", "deep/_tmp/a", "_SUCCESS", "deep/.a"]


@pytest.mark.parametrize("keys", [(), ("gen",)])
def test_what_is_hidden_below_a_location_is_not_read(engine: Engine, keys: tuple[str, ...]) -> None:
    folder = "_lake/clicks/" + "".join(f"{key}=2026-11-22-10/" for key in keys)
    store = FakeStore({folder + name: b"x" for name in [*HIDDEN, "deep/shown", "shown"]})
    table = replace(clicks(), location="s3://shop/_lake/clicks/")
    table = table if keys else replace(table, partition_keys=(), parameters={})
    assert pruned(engine, table, store) == [folder + "deep/shown", folder + "shown"]


@pytest.mark.parametrize("others", [0, 30])
def test_partitions_in_the_same_and_in_nested_folders_each_have_their_rows(engine: Engine, others: int) -> None:
    store = FakeStore(dict.fromkeys(["same/a", "same/deep/b"], b"x"))
    places = {"1": "s3://shop/same/", "2": "s3://shop/same/", "3": "s3://shop/same/deep/"}
    places |= {f"other{number}": f"s3://shop/other{number}/" for number in range(others)}
    registered = [Partition(values=(value,), location=place) for value, place in places.items()]
    keys = pruned(engine, clicks(parameters={}), store, registered=registered)
    assert keys == ["same/a", "same/a", "same/deep/b", "same/deep/b", "same/deep/b"]


def test_many_partitions_in_several_buckets_are_listed_by_bucket(engine: Engine) -> None:
    registered = [Partition(values=(str(n),), location=f"s3://shop{n % 2}/n={n}/") for n in range(30)]
    store = FakeStore({"n=29/a": b"x"})
    assert pruned(engine, clicks(parameters={}), store, registered=registered) == ["n=29/a"]
    assert store.listed == ["n=", "n="]
