"""Whichever partitions a query's conditions leave: its answer is that of a table without partitions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.athena_local.endpoint.tables import Endpoint

ROWS = (
    "VALUES (1, 'a', 1, DATE '2026-01-01'), (2, 'a', 2, DATE '1969-12-31'), (3, 'B', 10, NULL), (4, NULL, 1, NULL), "
    "(5, 'a b', NULL, DATE '2026-01-01'), (6, 'a/b%', -1, DATE '2026-02-28'), (7, 'NULL', 0, DATE '2026-01-02')"
)
TEXTS = st.sampled_from(["'a'", "'B'", "'a b'", "'a/b%'", "'NULL'", "'zz'", "NULL", "lower('B')", "'a' || ' b'"])
NUMBERS = st.sampled_from(["1", "2", "10", "-1", "0", "NULL", "1.0", "1e0", "2 - 1", "BIGINT '3000000000'"])
DAYS = st.sampled_from(
    ["DATE '2026-01-01'", "DATE '1970-01-01'", "NULL", "TIMESTAMP '2026-01-01 00:00:00'", ("date '2026-01-31' - "
     "INTERVAL '30' DAY"), "date_add('month', 1, DATE '2026-01-28')"]
)  # fmt: skip
COLUMNS = st.sampled_from([
    ("p", TEXTS), ("n", NUMBERS), ("d", DAYS), ("lower(p)", TEXTS), ("coalesce(p, 'a')", TEXTS), ("n % 2", NUMBERS),
    ("CAST(n AS varchar)", st.just("'1'")), ("substr(p, 1, 1)", TEXTS), ("coalesce(n, 1) + i", NUMBERS),
    ("CAST(d AS timestamp)", DAYS), ("date_trunc('month', d)", DAYS), ("CAST(n AS double)", NUMBERS),
])  # fmt: skip
OPERATORS = st.sampled_from(["=", "<>", "<", ">=", "IS DISTINCT FROM", "IS NOT DISTINCT FROM"])


@st.composite
def atoms(draw: st.DrawFn) -> str:
    column, values = draw(COLUMNS)
    kind = draw(st.sampled_from(["compare", "turned", "in", "between", "null", "like", "case", "subquery"]))
    first, second = draw(values), draw(values)
    return {
        "compare": f"{column} {draw(OPERATORS)} {first}",
        "turned": f"{first} {draw(st.sampled_from(['=', '<', '>=']))} {column}",
        "in": f"{column} IN ({first}, {second})",
        "between": f"{column} BETWEEN {first} AND {second}",
        "null": f"{column} IS NULL",
        "like": f"p LIKE {draw(st.sampled_from(['''a%''', '''%b%''', '''_''', '''N_LL''', '''a/b!%''']))!r} ESCAPE '!'",
        "case": f"CASE WHEN {column} = {first} THEN i < 3 ELSE {column} = {second} END",
        "subquery": f"p IN (SELECT p FROM {{table}} WHERE n >= {draw(st.integers(-1, 10))})",
    }[kind]


CONDITIONS = st.recursive(
    atoms(),
    lambda inner: st.one_of(
        st.builds("({} AND {})".format, inner, inner),
        st.builds("({} OR {})".format, inner, inner),
        st.builds("(NOT {})".format, inner),
    ),
    max_leaves=4,
)
QUERIES = st.sampled_from([
    "SELECT i FROM {table} WHERE {condition}",
    "SELECT i FROM (SELECT *, row_number() OVER (ORDER BY i) AS r FROM {table}) WHERE r > 2 AND {condition}",
    ("WITH t AS (SELECT i, p, n, d FROM {table}) SELECT i FROM t WHERE {condition} "
    "UNION ALL SELECT i + 10 FROM t WHERE NOT {condition}"),
    "SELECT i FROM (SELECT * FROM {table} ORDER BY i LIMIT 4) WHERE {condition}",
    "SELECT max(i) FROM (SELECT i, n % 2 AS n, p, d FROM {table}) WHERE {condition}",
    ("SELECT i FROM (SELECT i, p, n, d FROM {table} UNION ALL SELECT i + 10, p, n, d FROM {table} WHERE n > 0) "
    "WHERE {condition}"),
    ("SELECT i FROM (SELECT *, row_number() OVER (PARTITION BY p, n ORDER BY i) AS r FROM {table}) t "
    "LEFT JOIN (SELECT n AS m, max(i) AS last FROM {table} GROUP BY n) ON m = n WHERE r = 1 AND {condition}"),
    "SELECT t.i FROM (SELECT i AS other, p AS q FROM {table}) o LEFT JOIN {table} t ON q = p AND {condition}",
])  # fmt: skip


@pytest.fixture(scope="module")
def shop(endpoint: Endpoint) -> Endpoint:
    for sql in (
        (
            "CREATE TABLE in_parts WITH (partitioned_by = ARRAY['p', 'n', 'd']) AS "
            f"SELECT i, CAST(p AS varchar) p, n, d FROM ({ROWS}) AS v (i, p, n, d)"
        ),
        f"CREATE TABLE in_one AS SELECT i, CAST(p AS varchar) p, n, d FROM ({ROWS}) AS v (i, p, n, d)",
    ):
        assert endpoint.execute(sql)["Status"]["State"] == "SUCCEEDED"
    return endpoint


@settings(max_examples=12, deadline=None)
@given(query=QUERIES, condition=CONDITIONS)
def test_pruning_changes_no_answer(shop: Endpoint, query: str, condition: str) -> None:
    answers = []
    for table in ("in_parts", "in_one"):
        status = shop.execute(sql := query.format(table=table, condition=condition.format(table=table)))["Status"]
        answers.append(sorted(map(str, shop.rows(sql))) if status["State"] == "SUCCEEDED" else status["State"])
    assert answers[0] == answers[1]
