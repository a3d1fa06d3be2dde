from __future__ import annotations

from collections.abc import Callable
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thermocline.contracts.changes import (
    allowed,
    column,
    contract,
    contracts,
    replace,
    with_column,
    with_new_columns,
)
from tests.thermocline.contracts.strategies import events
from thermocline.contracts import Contract
from thermocline.contracts.arrow import stored_schema
from thermocline.contracts.evolution import breaking_changes, evolution_problems, parse_version
from thermocline.contracts.validator import validator_for

BASE = contract(
    [
        column("id", required=True, min_length=1, max_length=8),
        column("slug", pattern="^[a-z]*$", max_length=8),
        column("kind", enum=("a", "b")),
        column("count", "int"),
        column("total", "bigint"),
        column("note"),
        column("gen", required=True, partition=True, written_by="convert"),
    ]
)
BASE = replace(BASE, identity=("id",), unknown_members="drop", sorted_by=("kind", "slug"))

BREAKING: dict[str, tuple[Callable[[Contract], Contract], str]] = {
    "removed": (lambda c: replace(c, columns=c.columns[1:]), "id: removed or renamed"),
    "renamed": (lambda c: with_column(c, "note", name="remark"), "note: removed or renamed"),
    "narrower type": (lambda c: with_column(c, "total", type="int"), "total: type bigint cannot become int"),
    "lossy type": (lambda c: with_column(c, "total", type="double"), "total: type bigint cannot become double"),
    "other type": (lambda c: with_column(c, "count", type="string"), "count: type int cannot become string"),
    "made required": (lambda c: with_column(c, "note", required=True), "note: cannot become required"),
    "new and required": (
        lambda c: with_new_columns(c, column("new", required=True)),
        "new: a new column cannot be required",
    ),
    "value gone": (lambda c: with_column(c, "kind", enum=("b", "c")), "kind: values a cannot go"),
    "values limited": (lambda c: with_column(c, "note", enum=("a",)), "note: cannot be limited to some values"),
    "shorter": (lambda c: with_column(c, "id", max_length=7), "id: maxLength cannot become 7"),
    "limited in length": (lambda c: with_column(c, "note", max_length=9999), "note: maxLength cannot become 9999"),
    "longer": (lambda c: with_column(c, "id", min_length=2), "id: minLength cannot become 2"),
    "other pattern": (lambda c: with_column(c, "slug", pattern="^[a-y]*$"), "slug: pattern cannot become ^[a-y]*$"),
    "new pattern": (lambda c: with_column(c, "note", pattern="."), "note: pattern cannot become ."),
    "weaker": (
        lambda c: with_column(c, "note", classification="internal"),
        "note: classification confidential cannot become internal",
    ),
    "other writer": (
        lambda c: with_column(c, "note", written_by="convert"),
        "note: written by producer, cannot be by convert",
    ),
    "no partition": (
        lambda c: with_column(c, "gen", partition=False),
        "partitions: changed from ['gen'] to []",
    ),
    "another partition": (
        lambda c: with_column(c, "note", partition=True),
        "partitions: changed from ['gen'] to ['note', 'gen']",
    ),
    "other table": (lambda c: replace(c, table="cold"), "table: changed from 'orders' to 'cold'"),
    "now by ingest": (
        lambda c: with_column(c, "note", written_by="ingest"),
        "note: written by producer, cannot be by ingest",
    ),
    "other member": (
        lambda c: with_column(c, "note", path="remark"),
        "note: path note cannot become remark",
    ),
    "other place": (
        lambda c: with_column(c, "note", path='"a.b".note'),
        'note: path note cannot become "a.b".note',
    ),
    "JSON text": (
        lambda c: with_column(c, "note", encoding="json"),
        "note: encoding none cannot become json",
    ),
    "other identity": (lambda c: replace(c, identity=("slug",)), "identity: changed from ['id'] to ['slug']"),
    "more identity": (lambda c: replace(c, identity=("id", "slug")), "identity: changed from ['id'] to ['id', 'slug']"),
    "no identity": (lambda c: replace(c, identity=()), "identity: changed from ['id'] to []"),
    "event time": (lambda c: replace(c, event_time="total"), "eventTime: changed from None to 'total'"),
    "other protocol": (
        lambda c: replace(c, protocol="telemetry"),
        "protocol: changed from 'rows' to 'telemetry'",
    ),
    "members refused": (
        lambda c: replace(c, unknown_members="refuse"),
        "unknownMembers: drop cannot become refuse",
    ),
    "sort column gone": (lambda c: replace(c, sorted_by=("kind",)), "sortedBy: must begin with kind, slug"),
    "no order": (lambda c: replace(c, sorted_by=()), "sortedBy: must begin with kind, slug"),
    "other order": (lambda c: replace(c, sorted_by=("slug", "kind")), "sortedBy: must begin with kind, slug"),
    "order from the front": (lambda c: replace(c, sorted_by=("id", *c.sorted_by)), "sortedBy: must begin with kind"),
    "partitioned otherwise": (
        lambda c: replace(c, partitioned_by="day"),
        "partitionedBy: changed from 'month' to 'day'",
    ),
    "other id": (lambda c: replace(c, id="y"), "id: changed from 'x.orders' to 'y'"),
}


def problems(new: Contract, *releases: Contract) -> list[str]:
    return evolution_problems([new], releases or [BASE])


@pytest.mark.parametrize(("change", "problem"), BREAKING.values(), ids=BREAKING)
@pytest.mark.parametrize("version", ["1.0.0", "1.0.1", "1.1.0"])
def test_a_breaking_change_is_refused_whatever_the_minor_version(
    change: Callable[[Contract], Contract], problem: str, version: str
) -> None:
    assert _names(problems(replace(change(BASE), version=version)), problem)


def test_rows_may_be_sorted_by_more() -> None:
    assert problems(replace(BASE, version="1.0.1", sorted_by=(*BASE.sorted_by, "id"))) == []


@given(data=st.data())
def test_any_breaking_change_among_allowed_ones_is_refused(data: st.DataObject) -> None:
    change, problem = data.draw(st.sampled_from(list(BREAKING.values())))
    new = change(BASE)
    added = with_new_columns(replace(new, version="1.1.0"), column("added"))
    assert _names(problems(added), problem)


def _names(problems: list[str], beginning: str) -> bool:
    return any(each.startswith(f"orders: {beginning}") for each in problems)


@given(data=st.data())
def test_any_allowed_change_passes_as_a_minor_version(data: st.DataObject) -> None:
    old = data.draw(contracts())
    assert problems(data.draw(allowed(old)), old) == []


@settings(max_examples=20)
@given(data=st.data())
def test_files_and_events_of_the_old_contract_stay_right_under_the_new_one(
    data: st.DataObject,
) -> None:
    old = data.draw(contracts())
    new = data.draw(allowed(old))
    rows = [data.draw(events(version)) for version in (old, new)]
    validator_for(new).encode({name: value for name, value in rows[0].items() if value is not None})
    with TemporaryDirectory() as folder:
        for version, row in zip((old, new), rows, strict=True):
            table = pa.Table.from_pylist([row], schema=stored_schema(version))
            pq.write_table(table, f"{folder}/{version.version}.parquet")
        found = read_as_one_table(folder)
    wanted = stored_schema(new)
    assert {field.name: field.type for field in found.schema} == {field.name: field.type for field in wanted}
    assert found.to_pylist() == [{name: row.get(name) for name in found.column_names} for row in rows]


def read_as_one_table(folder: str) -> pa.Table:
    """Let an engine of its own put the files' columns together, by name."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        sql = "SELECT * EXCLUDE filename FROM read_parquet(?, union_by_name = true, filename = true) ORDER BY filename"
        return connection.execute(sql, [f"{folder}/*.parquet"]).to_arrow_table()


def test_what_is_released_is_named_when_it_is_gone() -> None:
    assert evolution_problems([], [BASE]) == ["orders: is released and its file is gone"]


def test_a_contract_without_a_release_may_be_anything() -> None:
    assert evolution_problems([BASE], []) == []


def test_all_problems_are_named_at_once() -> None:
    new = with_column(with_column(BASE, "id", name="key"), "total", type="string")
    other = replace(BASE, name="returns")
    assert evolution_problems([new, other], [BASE]) == [
        "orders: id: removed or renamed",
        "orders: key: a new column cannot be required",
        "orders: total: type bigint cannot become string",
        "returns: version: x.orders is released as orders 1.0.0; a new name needs a new major",
        "returns: table: orders belongs to orders 1.0.0",
    ]


@pytest.mark.parametrize(
    ("version", "least"),
    [("1.0.0", "1.1.0"), ("1.0.9", "1.1.0"), ("0.9.0", "1.1.0"), ("1.1.0", None), ("1.12.3", None)],
)
def test_an_addition_needs_a_minor_version(version: str, least: str | None) -> None:
    new = replace(with_new_columns(BASE, column("new")), version=version)
    expected = [f"orders: version: {version} must be at least {least}, because it adds to 1.0.0"] if least else []
    assert problems(new) == expected


@pytest.mark.parametrize(("version", "refused"), [("1.0.0", True), ("1.0.1", False), ("1.1.0", False)])
def test_new_wording_needs_a_patch_version(version: str, refused: bool) -> None:
    assert bool(problems(replace(with_column(BASE, "note", description="New."), version=version))) is refused
    assert bool(problems(replace(BASE, purpose="New.", version=version))) is refused


@pytest.mark.parametrize(("version", "refused"), [("0.9.9", True), ("1.0.0", False), ("1.0.1", False)])
def test_an_unchanged_contract_never_goes_back(version: str, refused: bool) -> None:
    assert bool(problems(replace(BASE, version=version))) is refused


@pytest.mark.parametrize("version", ["1", "1.0", "1.0.0-rc1", "v1.0.0", "01.0.0", "1.0.0\n", ""])
def test_a_version_has_three_numbers(version: str) -> None:
    assert problems(replace(BASE, version=version)) == [f"orders: version: {version!r} is not MAJOR.MINOR.PATCH"]
    assert parse_version(version) is None


def test_the_last_release_is_the_highest_and_not_the_last_in_the_alphabet() -> None:
    ninth, tenth = replace(BASE, version="1.9.0"), replace(with_new_columns(BASE, column("late")), version="1.10.0")
    assert problems(replace(BASE, version="1.11.0"), tenth, ninth) == ["orders: late: removed or renamed"]


def test_a_new_major_version_is_a_table_of_its_own_beside_the_old_one() -> None:
    incompatible = with_column(BASE, "total", type="string")
    same_name = replace(incompatible, version="2.0.0")
    assert problems(same_name) == [
        "orders: version: 2.0.0 is a new major version, which needs a file, name and table of its own"
    ]
    beside = replace(same_name, name="orders_v2", table="orders_v2")
    assert evolution_problems([BASE, beside], [BASE]) == []
    assert evolution_problems([BASE, replace(beside, table=BASE.table)], [BASE]) == [
        "orders_v2: table: orders belongs to orders 1.0.0"
    ]


def test_the_own_name_as_path_changes_nothing() -> None:
    assert breaking_changes(BASE, with_column(BASE, "note", path="note")) == []


@pytest.mark.parametrize("new", ["extra", "drop"])
def test_members_that_were_refused_may_be_taken_as_a_minor_version(new: str) -> None:
    old = replace(BASE, unknown_members="refuse")
    assert problems(replace(old, unknown_members=new, version="1.0.1"), old) == [
        "orders: version: 1.0.1 must be at least 1.1.0, because it adds to 1.0.0"
    ]
    assert problems(replace(old, unknown_members=new, version="1.1.0"), old) == []


def test_a_column_read_out_of_text_may_be_added_and_not_moved() -> None:
    price = column("price", "decimal(38,9)", written_by="convert", path="properties.price")
    with_price = with_new_columns(BASE, price)
    assert problems(replace(with_price, version="1.1.0")) == []
    moved = replace(with_column(with_price, "price", path="properties.amount"), version="1.1.0")
    assert problems(moved, with_price) == ["orders: price: path properties.price cannot become properties.amount"]


def test_order_and_looser_rules_break_nothing() -> None:
    assert breaking_changes(BASE, replace(BASE, columns=BASE.columns[::-1])) == []
