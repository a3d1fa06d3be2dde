"""Typed columns hold what a plain reading of every row gives, however the rows beside it look."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.thermocline.convert.rows import CONTRACTS
from tests.thermocline.convert.typed import MisfitError, expected
from thermocline.contracts import Column, Contract
from thermocline.convert.typed_columns import TypedColumns


def column(name: str, kind: str, path: str, **options: Any) -> Column:
    return Column(
        name=name, description="", type=kind, classification="internal", written_by="convert", path=path, **options
    )


def contract(*columns: Column) -> Contract:
    return msgspec.structs.replace(CONTRACTS["clickstream"], columns=columns)


TYPED = (
    column("price", "decimal(38,9)", "properties.price"),
    column("quantity", "int", "properties.quantity"),
    column("stock", "bigint", "properties.quantity"),
    column("ratio", "double", "properties.ratio"),
    column("sku", "string", "properties.sku", max_length=3),
    column("size", "string", "properties.size", enum=("S", "L")),
    column("gift", "boolean", "properties.gift"),
    column("paid_at", "timestamp", "properties.at"),
    column("day", "date", "properties.at"),
    column("city", "string", "properties.address.city"),
    column("floor", "int", "properties.address.house.floor"),
    column("odd", "decimal(38,9)", r'properties."un\"it"."a.b"'),
)
TABLE = TypedColumns(contract(*TYPED))

NUMBERS = st.one_of(
    st.integers(-(2**65), 2**65).map(str),
    st.integers(-9, 9).map(lambda number: f"{number}.0"),
    st.decimals(allow_nan=False, allow_infinity=False, places=2).map(lambda number: f"{number:f}"),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.sampled_from(
        [
            *("0", "-0", "1.5", "1e2", "1E+2", "1e-9", "1e-10", "1.0000000000", "0e99", "1e28", "1e29"),
            *("1e400", "1e-400", "1e99999", "9007199254740993", "2147483648", "9223372036854775807.0"),
            *("12345678901234567890123456789.123456789", "99999999999999999999999999999.9999999999"),
        ]
    ),
)
TIMES = st.sampled_from(
    (
        "2026-11-22T11:11:49Z",
        "2026-11-22 11:11:49.123456+05:30",
        "2026-11-22T11:11:49.1234567Z",
        "2026-11-22T11:11:49",
        "2026-11-22T11:11:49-23:59",
        "2026-11-22T24:00:00Z",
        "2026-02-30T00:00:00Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59.999999Z",
        "0000-01-01",
        "2026-11-22",
        "2026-11-31",
        "2026-11-22T11:11:49z",
    )
)
TEXTS = st.one_of(
    st.text(max_size=4),
    NUMBERS,
    TIMES,
    st.sampled_from(("", "+1", "1.", ".5", " 1", "1 ", "007", "1_0", "NaN", "0x1", "null", "S", "L", "٣", "\n", '"1"')),
).map(json.dumps) | st.sampled_from((r'"\u0031"', r'"\ud800"', r'"\ud83d\ude00"', '"é"'))
SCALARS = st.one_of(NUMBERS, TEXTS, st.sampled_from(("null", "true", "false", "[]", "{}", "[1,\n2]", "NaN", "Inf")))
NAMES = st.sampled_from(
    [
        *("price", "quantity", "ratio", "sku", "size", "gift", "at", "address", "city", "house", "floor"),
        *(r"un\"it", "a.b", "other", r"pr\u0069ce", ""),
    ]
).map('"{}"'.format)
SPACES = st.sampled_from(("", "", "", " ", "\n", "\r\n\t"))


def objects(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    member = st.builds("{}{}:{}{}".format, SPACES, NAMES, SPACES, values)
    return st.lists(member, max_size=5).map(lambda members: "{" + ",".join(members) + "}")


JSON_TEXTS = objects(st.recursive(SCALARS, objects, max_leaves=6))
NO_OBJECTS = st.sampled_from(
    ("", "null", "[]", "5", '"x"', "{", "}", '{"price":[1,', "2]}", "{} {}", '{"price":1}\n{"price":2}', ' {"price":1}')
)
ROWS = st.lists(st.one_of(JSON_TEXTS, JSON_TEXTS, NO_OBJECTS, st.none()), max_size=8)


def typed(texts: Sequence[str | None], table: TypedColumns = TABLE) -> tuple[pa.Table, Counter[str]]:
    filled, misfits = table.fill(pa.table({"properties": pa.array(texts, pa.string())}))
    filled.validate(full=True)
    return filled, Counter(misfits)


@given(ROWS)
@example(['{"price":[1,', "2]}", "{} {}"])
@example(['{"price":1}', '{"price":NaN}', '{"quantity":"2","price":3.5}'])
@example([None])
def test_a_block_is_what_its_rows_are(texts: list[str | None]) -> None:
    filled, misfits = typed(texts)
    counted: Counter[str] = Counter()
    for each in TYPED:
        wanted: list[Any] = []
        for text in texts:
            try:
                wanted.append(expected(text, each))
            except MisfitError:
                wanted.append(None)
                counted[each.name] += 1
        assert filled[each.name].to_pylist() == wanted, each.name
    assert misfits == counted
    assert filled["properties"].to_pylist() == texts


@given(ROWS, ROWS, ROWS)
def test_chunks_do_not_matter(first: list[str | None], second: list[str | None], third: list[str | None]) -> None:
    chunks = pa.chunked_array([pa.array(texts, pa.string()) for texts in (first, second, third)])
    filled, misfits = TABLE.fill(pa.Table.from_arrays([chunks], ["properties"]))
    whole, whole_misfits = typed([*first, *second, *third])
    assert filled.to_pylist() == whole.to_pylist()
    assert misfits == whole_misfits


def test_only_what_does_not_fit_is_null() -> None:
    texts = [f'{{"price":{number}.10,"sku":"a"}}' for number in range(100)]
    texts[7] = '{"price":"much","sku":"a"}'
    texts[8] = '{"price":"19.90","sku":5}'
    filled, misfits = typed(texts)
    assert filled["price"].null_count == filled["sku"].null_count == 1
    assert filled["price"][8].as_py() == Decimal("19.9")
    assert misfits == {"price": 1, "sku": 1}


@given(st.integers() | st.text() | st.lists(st.floats(allow_nan=False, allow_infinity=False)) | st.booleans(), SPACES)
def test_json_text_is_kept_to_the_letter(value: object, space: str) -> None:
    table = TypedColumns(contract(column("raw", "string", "properties.whole", encoding="json")))
    text = json.dumps([value], indent=len(space))
    filled, misfits = typed([f'{{"whole":{space}{text}}}', "{}", '{"whole":null}'], table)
    assert filled["raw"].to_pylist() == [text, None, None]
    assert misfits == {}


def test_members_inside_one_another_are_read_beside_one_another() -> None:
    whole = column("whole", "string", "properties.address", encoding="json")
    inner = column("inner", "string", "properties.address.city")
    filled, misfits = typed(['{"address":{"city":"Bonn"}}', '{"address":5}'], TypedColumns(contract(whole, inner)))
    assert filled["whole"].to_pylist() == ['{"city":"Bonn"}', "5"]
    assert filled["inner"].to_pylist() == ["Bonn", None]
    assert misfits == {}


@pytest.mark.parametrize("rows", [0, 3])
def test_a_table_without_typed_columns_stays_as_it_is(rows: int) -> None:
    table = pa.table({"properties": pa.array(["{}"] * rows, pa.string())})
    assert TypedColumns(contract()).fill(table) == (table, {})
