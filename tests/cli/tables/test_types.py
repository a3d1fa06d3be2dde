"""A type is chosen only if every value of the sample reads back equal."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cli.tables.choice import choose_type
from cli.tables.draft import read_columns
from cli.tables.facts import Columns
from cli.tables.samples import Declared, Format, Sample
from tests.cli.tables.samples import as_sent, drafted, meant
from thermocline.contracts.model import Column
from thermocline.ingest.protocols.row_values import cell_reader, member_reader

decode = msgspec.json.Decoder(float_hook=Decimal).decode

DATES = st.dates().map(str)
TIMES = st.datetimes().map(lambda time: f"{time.isoformat()}Z")
NUMBERS = (
    st.integers(-(2**70), 2**70).map(str)
    | st.floats(allow_nan=False, allow_infinity=False).map(repr)
    | st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str)
    | st.decimals(allow_nan=False, allow_infinity=False).map(str)
    | st.sampled_from(
        ["9223372036854775807", "9223372036854775808", "-0", "-0.0", "1e400", "1E-400", "0.1000000000", "1e22"]
    )
)
STRINGS = st.text() | DATES | TIMES | st.sampled_from(["007", "26/11/2026", "2026-02-30", "2026-11-26T10:00:00+01:00"])
SCALARS = st.sampled_from(["true", "false", "null"]) | NUMBERS | STRINGS.map(json.dumps)
NESTED = st.lists(SCALARS, max_size=2).map(lambda items: f"[{','.join(items)}]") | SCALARS.map('{{"a.b":{}}}'.format)
# A column is mostly of one kind, else hardly a type would ever be chosen.
COLUMNS = st.one_of(
    *(
        st.lists(kind, min_size=1, max_size=6)
        for kind in (
            st.integers(-(2**64), 2**64).map(str),
            st.integers(-(10**29), 10**29).map(str),
            st.floats(allow_nan=False, allow_infinity=False).map(repr),
            st.decimals(-(10**12), 10**12, places=2).map(str),
            NUMBERS,
            DATES.map(json.dumps),
            TIMES.map(json.dumps),
            STRINGS.map(json.dumps),
            st.sampled_from(["true", "false"]),
            NESTED,
            SCALARS | NESTED,
        )
    )
)
MEMBERS = st.sampled_from(["value", "price", "zip", "phone"])


def column_for(values: list[Any], member: str, form: Format = Format.NDJSON) -> Column:
    sample = Sample(format=form, rows=lambda _: iter([{member: value} for value in values]))
    chosen = choose_type(read_columns(sample).facts[member], sample)
    return Column(
        name="c",
        description="",
        type=chosen.type,
        classification="internal",
        encoding="json" if chosen.json_text else None,
    )


@given(COLUMNS, MEMBERS)
@example(["9007199254740993", "0.5"], "value")
@example(["0.1", "0.30000000000000004", "100000000000000000000"], "value")
def test_json_values_read_back_equal(texts: list[str], member: str) -> None:
    texts = [text for text in texts if len(text) < 1_000]  # ingest takes no longer number
    values = [decode(text) for text in texts]
    column = column_for(values, member)
    read = member_reader(column)
    for text, value in zip(texts, values, strict=True):
        if value is not None:
            assert as_sent(read(msgspec.Raw(text.encode())), column) == meant(value, column)


CELLS = (
    st.sampled_from(
        ["", "007", "-0", "+1", ".5", "1.", "True", "true", "12E4", "1e-5", "NaN", "inf", " 1", "1_000", "१"]
    )
    | NUMBERS
    | STRINGS
)
CELL_COLUMNS = st.one_of(
    *(
        st.lists(kind, min_size=1, max_size=6)
        for kind in (st.integers(-(2**64), 2**64).map(str), st.floats().map(repr), DATES, TIMES, NUMBERS, CELLS)
    )
)


@given(CELL_COLUMNS, MEMBERS)
def test_cells_read_back_equal(cells: list[str], member: str) -> None:
    cells = [cell for cell in cells if len(cell) < 1_000]
    column = column_for(cells, member, Format.CSV)
    read = cell_reader(column)
    for cell in cells:
        assert same(read(cell), cell, column.type), column.type


def same(value: object, cell: str, kind: str) -> bool:
    """Tell whether a value says all that a cell says; of a number, digits that change nothing do not count."""
    match kind:
        case "string":
            return value == cell
        case "boolean":
            return str(value).lower() == cell
        case "bigint":
            return str(value) == cell
        case "double":
            return Decimal(repr(value)) == Decimal(cell) and cell[0] not in "+."
        case "decimal(38,9)":
            return value == Decimal(cell) and cell[0] not in "+."
        case "date":
            return str(value) == cell
        case "timestamp":
            return value == dt.datetime.fromisoformat(cell)
    raise AssertionError(kind)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, -(2**63), 2**63 - 1], "bigint"),
        ([1, 2**63], "decimal(38,9)"),
        ([1, 10**29], "json"),
        ([1, Decimal("2.5")], "double"),
        ([Decimal("0.1"), Decimal("1E+22")], "double"),
        ([Decimal("0.5"), 2**53 + 1], "decimal(38,9)"),
        ([Decimal("0.1234567890123456789")], "json"),
        ([Decimal("1E+400")], "json"),
        ([Decimal("1.50"), Decimal("2.25")], "decimal(38,9)"),
        ([True, None, False], "boolean"),
        ([True, 1], "json"),
        (["2026-11-26", "2026-02-28"], "date"),
        (["2026-11-26", "2026-02-30"], "string"),
        (["2026-11-26T10:00:00Z", "2026-11-26T10:00:00.123456+00:00"], "timestamp"),
        (["2026-11-26T10:00:00.1234567Z"], "string"),
        (["2026-11-26T24:00:00Z"], "string"),
        (["2026-11-26T10:00:00+01:00"], "string"),
        (["2026-11-26T10:00:00"], "string"),
        (["2026-11-26T10:00:00Z", "2026-11-26"], "string"),
        (["26/11/2026"], "string"),
        (["Nov 26 2026"], "string"),
        ([1764151200], "bigint"),
        (["1", "2"], "string"),
        (["true"], "string"),
        (["a", 1], "json"),
        ([{"a": 1}], "json"),
        ([[], None], "json"),
        ([None, None], "string"),
    ],
)
def test_the_type_of_json_values(values: list[Any], kind: str) -> None:
    column = column_for(values, "value")
    assert (column.encoding or column.type) == kind


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1999, 5], "decimal(38,9)"),
        ([Decimal("19.9"), Decimal("0.000000001")], "decimal(38,9)"),
        ([Decimal("0.0000000001")], "json"),
        ([True], "boolean"),
        (["19.90"], "string"),
    ],
)
def test_money_is_never_a_double(values: list[Any], kind: str) -> None:
    for member in ("price", "total_amount", "Unit Cost", "taxAmount", "balance"):
        column = column_for(values, member)
        assert (column.encoding or column.type) == kind


def test_a_name_with_a_word_of_money_may_mean_something_else() -> None:
    for member in ("tax_id", "amount_cents", "total_count", "cost_center", "pricelist"):
        assert column_for([1, 2], member).type == "bigint"


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "-2", "0"], "bigint"),
        (["01", "2"], "string"),
        (["1.5", "2"], "double"),
        (["1.50", "2.25"], "decimal(38,9)"),
        (["1e-05", "1.5E3"], "double"),
        (["12E4"], "string"),
        (["true", "false"], "boolean"),
        (["True"], "string"),
        (["", "1"], "string"),
        (["1,5"], "string"),
        (["2026-11-26"], "date"),
        (["99999999999999999999"], "decimal(38,9)"),
        (["999999999999999999999999999999"], "string"),
    ],
)
def test_the_type_of_cells(cells: list[str], kind: str) -> None:
    assert column_for(cells, "value", Format.CSV).type == kind


def test_digits_of_codes_in_cells_are_text_whatever_the_sample_has() -> None:
    assert column_for(["94107", "10115"], "zip", Format.CSV).type == "string"
    assert column_for(["491701234567"], "phone_number", Format.CSV).type == "string"
    assert column_for([94107], "zip").type == "bigint"


def test_a_declared_type_that_a_value_does_not_fit_gives_way() -> None:
    declared = {"a": Declared(types=("bigint", "decimal(38,9)"), why="the file says uint64")}
    for value, expected in ((2**63 - 1, "bigint"), (2**64 - 1, "decimal(38,9)")):
        columns = Columns()
        columns.add({"a": value})
        sample = Sample(format=Format.PARQUET, rows=lambda _: iter(()), declared=declared)
        assert choose_type(columns.facts["a"], sample).type == expected


def test_samples_are_read_to_their_end(tmp_path: Path) -> None:
    path = tmp_path / "long.ndjson"
    path.write_text('{"a":1}\n' * 50_000 + '{"a":"x","b":1}\n')
    assert [(column.name, column.json_text) for column in drafted(path).columns] == [("a", True), ("b", False)]
