"""Columns that are suggested are columns that convert fills with what the sample holds."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cli.athena import QueryResult
from cli.errors import CliError
from cli.tables.lake_sample import newest_values
from cli.tables.suggest import Suggestion, suggestions, text_column
from cli.tables.suggest_report import columns_yaml
from thermocline.contracts import Contract, load_contract, load_contracts
from thermocline.contracts.loader import CONTRACTS_FOLDER
from thermocline.convert.typed_columns import TypedColumns

CLICKS = load_contracts()["clickstream"]


def suggested(*rows: dict[str, Any] | None, min_share: float = 0.0) -> dict[str, Suggestion]:
    texts = [None if row is None else json.dumps(row) for row in rows]
    return {each.path: each for each in suggestions(texts, CLICKS, "properties", min_share=min_share)}


@pytest.mark.parametrize(
    ("values", "type_"),
    [
        ([1, 2], "bigint"),
        ([1, 2.0], "bigint"),
        ([1.25, 2], "decimal(38,9)"),
        ([0.1234567891, 1e300], "double"),
        ([True, False], "boolean"),
        (["2026-11-22T11:11:49Z", "2026-11-22T11:11:49+01:00"], "timestamp"),
        (["2026-11-22"], "date"),
        (["007", "12"], "string"),
    ],
)
def test_a_type_holds_the_values(values: list[object], type_: str) -> None:
    found = suggested(*({"x": value} for value in values))["properties.x"]
    assert (found.type, found.json_text, found.misfits) == (type_, False, 0)


def test_a_class_is_no_stronger_than_that_of_the_text() -> None:
    found = suggested({"email": "ann@example.com"})["properties.email"]
    (text,) = (column for column in CLICKS.columns if column.name == "properties")
    assert found.look == "e-mail address"
    assert found.classification == text.classification == "confidential"


@pytest.mark.parametrize("values", [[[1], [2]], [1, "x", True], ["a", 1]])
def test_what_no_type_holds_is_json_text(values: list[object]) -> None:
    found = suggested(*({"x": value} for value in values))["properties.x"]
    assert (found.type, found.json_text) == ("string", True)


def test_money_is_decimal_even_as_text() -> None:
    assert (
        suggested({"shipping_cost": "19.90"}, {"shipping_cost": 5})["properties.shipping_cost"].type == "decimal(38,9)"
    )


def test_a_few_misfits_do_not_decide() -> None:
    rows: list[dict[str, Any]] = [{"x": number} for number in range(199)]
    found = suggested(*rows, {"x": "many"})["properties.x"]
    assert (found.type, found.misfits, found.seen) == ("bigint", 1, 200)


def test_members_are_ordered_by_their_share_of_all_events() -> None:
    found = suggested({"a": 1, "b": {"c": 1}}, {"b": {"c": 2, "d": None}}, None, {"rare": 1}, min_share=0.5)
    assert list(found) == ["properties.b.c"]
    assert found["properties.b.c"].share == 0.5


def test_columns_that_are_there_are_left_out_and_names_are_new() -> None:
    found = suggested({"price": 1, "currency": "EUR", "unit.price": 2, "Über": 1, "event": {"event_id": 3}})
    assert {path: each.name for path, each in found.items()} == {
        "properties.currency": "properties_currency",
        'properties."unit.price"': "unit_price",
        'properties."Über"': "uber",
        "properties.event.event_id": "event_id_given",
    }


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("email", "x"),
        ("note", "ask ada@example.com"),
        ("contact", {"phone": "+49 170 1234567"}),
        ("client", "198.51.100.7"),
        ("first_name", "Ada"),
    ],
)
def test_what_looks_personal_has_no_examples(member: str, value: object) -> None:
    (found,) = suggested({member: value}).values()
    assert found.examples == ()
    assert found.look
    assert found.classification in ("restricted", "confidential")


@pytest.mark.parametrize(
    "value", ["https://shop.example/?token=s3cr3t", "ghp_x8Kq2LmZ7RtY4WvB9NcD1EfG6HjP3S", "a" * 41]
)
def test_what_may_be_secret_is_no_example(value: str) -> None:
    assert suggested({"x": value})["properties.x"].examples == ()


def test_examples_are_the_most_frequent_values() -> None:
    rows = [{"size": size} for size in "SLLMMMXX"]
    assert suggested(*rows)["properties.size"].examples == ("M", "L", "X")


FLOATS = st.floats(allow_nan=False, allow_infinity=False)
MEMBERS = st.dictionaries(
    st.text(max_size=4),
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(max_size=4),
        lambda inside: st.lists(inside, max_size=2) | st.dictionaries(st.text(max_size=4), inside, max_size=2),
        max_leaves=4,
    ),
    max_size=4,
)


@settings(max_examples=25)
@example([{"\x85": 1}])
@given(st.lists(MEMBERS, min_size=1, max_size=4))
def test_pasted_columns_make_a_contract_whose_convert_fills_them(rows: list[dict[str, Any]]) -> None:
    texts = [json.dumps(row) for row in rows]
    found = suggestions(texts, CLICKS, "properties", min_share=0)
    table = pa.table({"properties": pa.array(texts, pa.string())})
    filled, misfits = TypedColumns(with_pasted(columns_yaml(found))).fill(table)
    for each in found:
        assert filled[each.name].null_count == len(texts) - round(each.share * len(texts)) + each.misfits
        assert misfits.get(each.name, 0) == each.misfits


def with_pasted(columns: str) -> Contract:
    text = (CONTRACTS_FOLDER / "clickstream.odcs.yaml").read_text()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "clickstream.odcs.yaml"
        path.write_text(text.replace("      - name: _src\n", f"{columns}      - name: _src\n"))
        return load_contract(path)


def test_the_text_column_is_the_one_named_or_the_first() -> None:
    assert text_column(CLICKS, None) == "properties"
    assert text_column(CLICKS, "context") == "context"
    with pytest.raises(CliError, match="no column of JSON text named page_url: choose one of properties"):
        text_column(CLICKS, "page_url")


class Lake:
    """Answers the counts, then the values, and keeps what it was asked."""

    def __init__(self, counts: dict[str, int]) -> None:
        self.counts = counts
        self.asked: list[str] = []

    def __call__(self, sql: str) -> QueryResult:
        self.asked.append(sql)
        rows = [(gen, str(count)) for gen, count in self.counts.items()] if "GROUP BY" in sql else [("{}",), (None,)]
        return QueryResult(columns=(), rows=tuple(rows), scanned_bytes=0)


def test_only_the_newest_generations_are_read() -> None:
    lake = Lake({"2026-11-22-12": 3, "2026-11-22-11": 4, "2026-11-22-10": 5})
    assert newest_values(lake, "clickstream", "properties", 7) == ["{}", None]
    assert lake.asked[1] == "SELECT properties FROM clickstream WHERE gen >= '2026-11-22-11' LIMIT 7"


def test_an_empty_lake_is_told() -> None:
    with pytest.raises(CliError, match="holds no events yet"):
        newest_values(Lake({}), "clickstream", "properties", 7)
