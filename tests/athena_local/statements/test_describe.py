import pytest

from athena_local.errors import QueryError
from athena_local.statements.describe import described, described_view, shown_columns
from athena_local.tables.catalog import Column, Table
from tests.athena_local.fakes import columns, view


def table(serde: str, *described_columns: Column, **changes: dict[str, str]) -> Table:
    return Table(database="shop", name="t", columns=described_columns, serde=serde, **changes)  # type: ignore[arg-type]


def test_a_line_has_fields_of_20_letters_and_the_comment_up_to_its_first_tab() -> None:
    lines = described(
        table("lazy", Column(name="n", type="int", comment="a\tb"), Column(name="a" * 21, type="array<string>"))
    )
    assert lines == [
        ["n".ljust(20) + "\t" + "int".ljust(20) + "\ta"],
        ["a" * 21 + "\t" + "array<string>".ljust(20) + "\t" + " " * 20],
    ]


@pytest.mark.parametrize(
    ("serde", "type_"),
    [("org.openx.data.jsonserde.JsonSerDe", "int"), ("org.apache.hadoop.hive.serde2.OpenCSVSerde", "string")],
)
def test_some_serdes_name_their_columns_themselves(serde: str, type_: str) -> None:
    ((line,),) = described(table(f"{serde} org.in", Column(name="n", type="int", comment="mine")))
    assert (line or "").split("\t") == ["n".ljust(20), type_.ljust(20), "from deserializer".ljust(20)]


def test_views_are_described_in_trinos_types() -> None:
    shown = view("v", "SELECT 1")
    assert described_view(shown) == [["id\tvarchar"]]
    nested = Table(database="shop", name="v", columns=columns(a="array<struct<x:int>>", t="timestamp"), view_sql="x")
    assert described_view(nested) == [["a\tarray(row(x integer))"], ["t\ttimestamp(3)"]]


def test_iceberg_tables_have_no_padding_and_are_not_described() -> None:
    iceberg = table("", Column(name="n", type="int"), parameters={"table_type": "ICEBERG"})
    assert shown_columns(iceberg) == [["n"]]
    with pytest.raises(QueryError, match="NOT_SUPPORTED: DESCRIBE t is not answered offline"):
        described(iceberg)
