"""What derived tables are given of their query's conditions, and which of their columns are read."""

import pytest

from tests.athena_local.tables.test_analysis import uses

BRANCHES = "(SELECT id, n, gen FROM clicks WHERE gen < '5' UNION ALL SELECT id, n, gen FROM orders WHERE gen >= '5')"
NUMBERED = "(SELECT *, row_number() OVER (PARTITION BY id, gen ORDER BY at) AS place FROM clicks)"


@pytest.mark.parametrize(
    ("sql", "predicates"),
    [
        (f"SELECT n FROM {BRANCHES} WHERE gen = '7'", [["gen < '5'", "gen = '7'"], ["gen = '7'"]]),
        (f"SELECT n FROM (SELECT n, gen AS g FROM {BRANCHES}) WHERE g = '7'",
         [["gen < '5'", "gen = '7'"], ["gen = '7'"]]),
        (f"SELECT n FROM {NUMBERED} WHERE gen = '7' AND place = 1", [["gen = '7'"]]),
        (f"SELECT n FROM {NUMBERED} t LEFT JOIN orders o ON o.id = t.id WHERE t.gen = '7' AND o.id IS NULL",
         [[], ["gen = '7'"]]),
        (f"SELECT t.n FROM orders o LEFT JOIN {NUMBERED} t ON o.id = t.id WHERE t.gen IS NULL", [[], []]),
        ("SELECT n FROM (SELECT n, gen, sum(n) OVER (PARTITION BY id) FROM clicks) WHERE gen = '7'", [[]]),
        ("SELECT n FROM (SELECT n, gen, sum(n) OVER () FROM clicks) WHERE gen = '7'", [[]]),
        ("SELECT n FROM (SELECT max(n) AS n, max(gen) AS gen FROM clicks) WHERE gen = '7'", [[]]),
        (f"SELECT n FROM ({BRANCHES} LIMIT 3) WHERE gen = '7'", [["gen < '5'"], ["gen >= '5'"]]),
        ("SELECT n FROM (SELECT n, gen FROM clicks ORDER BY n LIMIT 3) WHERE gen = '7'", [[]]),
    ],
)  # fmt: skip
def test_conditions(sql: str, predicates: list[list[str]]) -> None:
    assert sorted(sorted({each.sql() for each in use.predicates}) for use in uses(sql)) == sorted(predicates)


@pytest.mark.parametrize(
    ("sql", "columns"),
    [
        (f"SELECT count(*) FROM {BRANCHES}", [{"gen"}, {"gen"}]),
        (f"SELECT n FROM {BRANCHES}", [{"gen", "n"}, {"gen", "n"}]),
        (f"SELECT n FROM {NUMBERED} WHERE place = 1", [{"at", "gen", "id", "n"}]),
        ("SELECT n FROM (SELECT DISTINCT n, id FROM clicks)", [{"id", "n"}]),
        ("SELECT count(*) FROM (SELECT n, id FROM clicks UNION SELECT n, id FROM clicks)", [{"id", "n"}, {"id", "n"}]),
        ("""SELECT n FROM (SELECT n, "$path" AS path FROM clicks)""", [{"$path", "n"}]),
        ("WITH unused AS (SELECT id FROM orders) SELECT n FROM clicks", [{"id"}, {"n"}]),
    ],
)
def test_columns(sql: str, columns: list[set[str]]) -> None:
    assert sorted(sorted(use.columns) for use in uses(sql)) == sorted(map(sorted, columns))
