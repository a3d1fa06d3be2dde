import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.tables.types import ResultType, duckdb_type, result_type

SCALARS = ["tinyint", "smallint", "int", "bigint", "float", "double", "boolean", "string", "varchar(10)", "binary",
           "date", "timestamp", "decimal(38,9)", "decimal(5)"]  # fmt: skip
NAMES = st.from_regex(r"[a-z_][a-z0-9_]{0,8}", fullmatch=True)


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    fields = st.lists(st.tuples(NAMES, inner), min_size=1, max_size=3, unique_by=lambda pair: pair[0])
    return st.one_of(
        inner.map(lambda item: f"array<{item}>"),
        inner.map(lambda item: f"map<string,{item}>"),
        fields.map(lambda pairs: "struct<" + ",".join(f"{name}:{type_}" for name, type_ in pairs) + ">"),
    )


@given(st.recursive(st.sampled_from(SCALARS), nested, max_leaves=6))
def test_every_hive_type_is_one_that_duckdb_accepts_and_gives_back(hive: str) -> None:
    translated = duckdb_type(hive)
    with duckdb.connect() as connection:
        described = connection.execute(f"SELECT CAST(NULL AS {translated})").description[0][1]
    shown = result_type(str(described))
    outer = hive.split("<", maxsplit=1)[0].split("(", maxsplit=1)[0]
    aliases = {"int": "integer", "string": "varchar", "binary": "varbinary", "struct": "row"}
    assert shown.name == aliases.get(outer, outer)


def test_parameters_of_a_type_are_kept() -> None:
    assert duckdb_type("decimal(38, 9)") == "DECIMAL(38,9)"
    assert duckdb_type("struct<a:decimal(10,2),b:map<string,array<int>>>") == (
        'STRUCT("a" DECIMAL(10,2), "b" MAP(VARCHAR, INTEGER[]))'
    )
    assert result_type("DECIMAL(38,9)") == ResultType(name="decimal", precision=38, scale=9)


def test_a_sum_of_integers_is_a_bigint() -> None:
    assert result_type("HUGEINT").name == "bigint"


def test_a_type_that_is_none() -> None:
    with pytest.raises(ValueError, match="unsupported Hive type: uniontype<int>"):
        duckdb_type("uniontype<int>")
