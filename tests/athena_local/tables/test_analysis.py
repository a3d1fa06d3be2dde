import pytest

from athena_local.errors import QueryError
from athena_local.execution.resolve import resolve
from athena_local.syntax.dialect import parse
from athena_local.tables.analysis import analyse
from athena_local.tables.table_uses import TableUse, static_values
from tests.athena_local.fakes import FakeCatalog, FakeTables, clicks, view

CATALOG = FakeCatalog(
    [
        clicks(),
        clicks(name="orders"),
        view("recent", "SELECT * FROM clicks WHERE gen > '5'"),
        view("loop", "SELECT * FROM loop"),
    ]
)


def uses(sql: str) -> list[TableUse]:
    resolved = resolve(parse(sql), sql, catalog=CATALOG, tables=FakeTables(CATALOG), database="shop")
    return analyse(resolved.tree, sql, resolved.tables)


def only(sql: str) -> tuple[set[str], list[str]]:
    (use,) = uses(sql)
    return set(use.columns), sorted(predicate.sql() for predicate in use.predicates)


@pytest.mark.parametrize(
    ("sql", "columns", "predicates"),
    [
        ("SELECT count(*) FROM clicks", set(), []),
        ("SELECT Id FROM Clicks", {"id"}, []),
        ("SELECT * FROM clicks", {"id", "n", "at", "gen"}, []),
        ("SELECT n + 1 FROM clicks WHERE gen > '5' AND id = 'x'", {"id", "n", "gen"}, ["gen > '5'"]),
        ("SELECT n FROM clicks WHERE gen > '5' OR id = 'x'", {"id", "n", "gen"}, []),
        ("SELECT n FROM (SELECT * FROM clicks) AS c WHERE c.gen = '5'", {"n", "gen"}, ["gen = '5'"]),
        ("WITH c AS (SELECT n, gen FROM clicks) SELECT n FROM c WHERE gen = '5'", {"n", "gen"}, ["gen = '5'"]),
        ("SELECT n FROM recent", {"n", "gen"}, ["gen > '5'"]),
        ("SELECT x.n FROM (SELECT n, gen FROM clicks LIMIT 1) AS x WHERE gen = '5'", {"n", "gen"}, []),
        ("""SELECT "$path" FROM clicks""", {"$path"}, []),
        ("""SELECT id FROM clicks GROUP BY id HAVING max("$file_size") > n""", {"id", "n", "$file_size"}, []),
        ("SELECT x.n FROM clicks AS x (gen, n, id, at) WHERE x.gen = '5'", {"id", "n", "at", "gen"}, []),
        ("SELECT n FROM clicks WHERE gen IN (SELECT gen FROM (VALUES '5') AS v(gen))", {"n", "gen"}, []),
        ("SELECT transform(ARRAY[1], x -> x + n) FROM clicks", {"n"}, []),
        ("SELECT shop.clicks.n FROM shop.clicks WHERE clicks.gen < '5'", {"n", "gen"}, ["gen < '5'"]),
        (
            "SELECT u.x FROM clicks CROSS JOIN UNNEST(split(id, ',')) AS u(x) WHERE gen = '5'",
            {"id", "gen"},
            ["gen = '5'"],
        ),
        ("SELECT row_number() OVER (PARTITION BY id ORDER BY at) FROM clicks", {"id", "at"}, []),
    ],
)
def test_columns_and_predicates(sql: str, columns: set[str], predicates: list[str]) -> None:
    assert only(sql) == (columns, predicates)


def test_each_reference_is_a_use_of_its_own() -> None:
    both = uses("SELECT a.n, b.id FROM clicks a JOIN clicks b ON a.id = b.id WHERE a.gen = '1' AND b.gen = '2'")
    assert [(sorted(use.columns), [predicate.sql() for predicate in use.predicates]) for use in both] == [
        (["gen", "id", "n"], ["gen = '1'"]),
        (["gen", "id"], ["gen = '2'"]),
    ]


def test_an_outer_joins_missing_side_is_not_pruned() -> None:
    sql = "SELECT a.n FROM clicks a LEFT JOIN orders b ON a.id = b.id WHERE b.gen IS NULL AND a.gen = '1'"
    assert [[predicate.sql() for predicate in use.predicates] for use in uses(sql)] == [["gen = '1'"], []]


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("SELECT nosuch FROM clicks", "COLUMN_NOT_FOUND: line 1:8: Column 'nosuch'"),
        ("SELECT n,\n  clicks.nosuch FROM clicks", "COLUMN_NOT_FOUND: line 2:3: Column 'nosuch'"),
        ("SELECT n AS m FROM clicks WHERE m = 1", "COLUMN_NOT_FOUND: line 1:33: Column 'm'"),
        ("SELECT n AS m, count(*) FROM clicks GROUP BY m", "COLUMN_NOT_FOUND: line 1:46: Column 'm'"),
        ("SELECT n FROM clicks JOIN orders ON true", "SYNTAX_ERROR: line 1:8: Column 'n' is ambiguous"),
    ],
)
def test_names_that_athena_refuses(sql: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        uses(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT n AS m FROM clicks ORDER BY m",
        "SELECT sum(n) AS s FROM clicks GROUP BY id ORDER BY s, sum(n)",
        "SELECT id FROM clicks a WHERE EXISTS (SELECT 1 FROM orders b WHERE b.id = a.id AND a.at > b.at)",
        "SELECT id FROM clicks a WHERE EXISTS (SELECT 1 FROM (VALUES 1) v(x) WHERE x = n)",
        "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r WHERE x < 3) SELECT x FROM r",
        "SELECT id FROM clicks JOIN orders USING (id)",
    ],
)
def test_names_that_athena_accepts(sql: str) -> None:
    uses(sql)


@pytest.mark.parametrize(
    ("condition", "values"),
    [
        ("gen = 'a'", ("a",)),
        ("'a' = gen", ("a",)),
        ("gen IN ('a', 'b')", ("a", "b")),
        ("gen IN (lower('A'), 'b')", None),
        ("gen = lower('A')", None),
        ("NOT gen = 'a'", None),
        ("gen > 'a'", None),
    ],
)
def test_the_values_that_a_key_is_limited_to(condition: str, values: tuple[str, ...] | None) -> None:
    (use,) = uses(f"SELECT n FROM clicks WHERE {condition}")
    assert static_values(use, "gen") == values
