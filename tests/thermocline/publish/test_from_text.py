"""Typed columns computed from the text by a view's SQL are what convert writes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from athena_local.execution.cursors import execute
from athena_local.execution.engine import Engine
from athena_local.syntax.dialect import parse
from athena_local.translation.rewrite import rewrite
from thermocline.contracts import Column, Contract
from thermocline.convert.typed_columns import TypedColumns
from thermocline.publish.from_text import from_text

Computed = Callable[[Column, list[str | None]], list[object]]

TYPES = ("string", "int", "bigint", "double", "boolean", "timestamp", "date", "decimal(38,9)")
# The offline engine reads no decimal that has an exponent of 30 to 50, although it may be small enough.
EXPONENT = r"([eE](-[0-9]{1,2}|\+?([0-9]|[12][0-9]|[6-9][0-9])))?"
NUMBERS = st.from_regex(rf"[+-]?([0-9]{{1,25}}\.?[0-9]{{0,12}}|\.[0-9]{{1,12}}){EXPONENT}", fullmatch=True)
JSON_NUMBERS = st.from_regex(rf"-?(0|[1-9][0-9]{{0,25}})(\.[0-9]{{1,12}})?{EXPONENT}", fullmatch=True)
TIMES = st.from_regex(
    r"([0-9]{4}-[01][0-9]-[0-3][0-9]|2026-0[1-9]-[12][0-9])"
    r"([T ][0-2][0-9]:[0-5][0-9]:[0-6][0-9](\.[0-9]{1,7})?(Z|[+-][012][0-9]:[0-6][0-9]))?",
    fullmatch=True,
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
MEMBERS = st.one_of(
    st.one_of(TEXTS, NUMBERS, TIMES).map(json.dumps),
    JSON_NUMBERS,
    st.sampled_from(["null", "true", "false", "[]", "{}", '["1"]', '{"a":1}', '"2026-02-30"', '"1e3"', "1e3", "-0.0"]),
)


def column(kind: str, **more: object) -> Column:
    return Column(
        name="value",
        description="",
        classification="public",
        type=kind,
        written_by="convert",
        path=more.pop("path", "properties.value"),  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )


def contract(of: Column) -> Contract:
    text = Column(name="properties", description="", classification="public", type="string")
    return Contract(
        id="", name=f"typed_{id(of)}", table="", version="", purpose="", usage="", limitations="", grain="",
        columns=(text, of),
    )  # fmt: skip


def written(of: Column, texts: list[str | None]) -> list[object]:
    table, _ = TypedColumns(contract(of)).fill(pa.table({"properties": pa.array(texts, pa.string())}))
    return table["value"].to_pylist()


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> Computed:
    engine = Engine(folder=tmp_path_factory.mktemp("engine"), memory_limit="500MB")

    def run(of: Column, texts: list[str | None]) -> list[object]:
        rows = ", ".join(
            f"({place}, " + ("CAST(NULL AS varchar)" if text is None else "'" + text.replace("'", "''") + "'") + ")"
            for place, text in enumerate(texts)
        )
        sql = f"SELECT {from_text(of)} AS value FROM (VALUES {rows}) AS v (place, properties) ORDER BY place"
        rewritten = rewrite(parse(sql), sql)
        with engine.cursor() as cursor:
            execute(cursor, rewritten.tree)
            return cursor.to_arrow_table()["value"].to_pylist()

    return run


def same(left: object, right: object) -> bool:
    left, right = (value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value for value in (left, right))
    return left == right


@pytest.mark.parametrize("kind", TYPES)
@settings(max_examples=15, deadline=None)
@given(members=st.lists(MEMBERS, min_size=1, max_size=12))
@example(members=["1.0", '"1.50"', "1e3", "12e-1", "100e-2", "0e-12", '"+5"', '".5"', '"5."', "0.0000000001"])
@example(members=['"0000-01-01"', '"0001-01-01"', '"2026-01-01T24:00:00Z"', '"2026-01-01T00:00:60Z"'])
@example(members=['"1000-01-10T00:00:00Z"', '"1970-01-01T00:00:00.000001-23:59"', '"2026-11-26t08:00:00z"'])
@example(members=['"9999-12-31T23:59:59.999999-01:00"', '"0001-01-01T00:00:00+01:00"'])
@example(members=["2147483648", "9223372036854775808", "1e400", '"1e400"', "99999999999999999999999999999.999999999"])
def test_values_are_those_that_convert_writes(computed: Computed, kind: str, members: list[str]) -> None:
    texts: list[str | None] = [f'{{"other": 1, "value": {member}}}' for member in members]
    of = column(kind)
    expected, actual = written(of, texts), computed(of, texts)
    differing = [each for each in zip(members, expected, actual, strict=True) if not same(each[1], each[2])]
    assert differing == []


@pytest.mark.parametrize(
    "path", ["properties.a.b", 'properties."a.b"', 'properties."a\'b"', r'properties."a\"b"', "properties.ä"]
)
def test_paths(computed: Computed, path: str) -> None:
    of = column("bigint", path=path)
    texts: list[str | None] = [
        None, "", "not json", "[]", "{}", '{"a": null}', '{"a": {"b": 7}}', '{"a": [7]}', '{"a.b": 7}', '{"a\'b": 7}',
        r'{"a\"b": 7}', '{"ä": 7}',
    ]  # fmt: skip
    assert 7 in written(of, texts)
    assert computed(of, texts) == written(of, texts)


@pytest.mark.parametrize(
    "limits", [{"enum": ("a", "it's")}, {"min_length": 2}, {"max_length": 2}, {"pattern": "^[a-c]+$"}]
)
def test_limits_of_texts(computed: Computed, limits: dict[str, object]) -> None:
    of = column("string", **limits)
    texts: list[str | None] = [json.dumps({"value": text}) for text in ("a", "it's", "abc", "", "äö", "xyz")]
    assert computed(of, texts) == written(of, texts)


def test_json_is_the_same_value(computed: Computed) -> None:
    of = column("string", encoding="json")
    texts: list[str | None] = ['{"value": {"b": [1, "x"], "a": null}}', '{"value": null}', "{}", '{"value": "x"}']
    expected, actual = written(of, texts), computed(of, texts)
    assert [text and json.loads(str(text)) for text in actual] == [text and json.loads(str(text)) for text in expected]
