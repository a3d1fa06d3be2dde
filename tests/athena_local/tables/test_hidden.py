import pytest

from athena_local.errors import QueryError
from athena_local.syntax.dialect import parse
from athena_local.tables.hidden import keep_hidden, partition_name, with_hidden_columns
from tests.athena_local.fakes import clicks, columns, view


def test_a_view_has_no_hidden_columns_and_only_partitions_have_a_name() -> None:
    assert with_hidden_columns(view("v", "SELECT 1")).hidden == ()
    names = [column.name for column in with_hidden_columns(clicks()).hidden]
    assert names == ["$path", "$file_size", "$file_modified_time", "$partition"]
    assert "$partition" not in [column.name for column in with_hidden_columns(clicks(keys=())).hidden]


def test_the_name_of_a_partition_is_escaped_as_in_hive() -> None:
    table = clicks(keys=columns(year="int", city="string"))
    assert partition_name(table, ["2026", "a/b c:é"]) == "year=2026/city=a%2Fb c%3Aé"
    assert partition_name(table, ["2026", ""]) == "year=2026/city=__HIVE_DEFAULT_PARTITION__"


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ('SELECT *, "$path" FROM "d.t"', 'SELECT * EXCEPT ("$path"), "$path" FROM "d.t"'),
        ('SELECT a.*, b.* FROM "d.t" AS a, b', 'SELECT a.* EXCEPT ("$path"), b.* FROM "d.t" AS a, b'),
        ('SELECT * FROM (SELECT id FROM "d.t")', 'SELECT * FROM (SELECT id FROM "d.t")'),
        ('SELECT count(*) FROM "d.t"', 'SELECT COUNT(*) FROM "d.t"'),
    ],
)
def test_stars_are_without_hidden_columns(sql: str, expected: str) -> None:
    tree = parse(sql)
    keep_hidden(tree, {"d.t": {"$path"}})
    assert tree.sql().replace("count", "COUNT") == expected


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT *, "$path" FROM "d.t" AS a CROSS JOIN (SELECT "$path" FROM "d.t") AS b',
        'WITH b AS (SELECT x AS "$path" FROM u) SELECT * FROM "d.t" AS a JOIN b ON a."$path" = b."$path"',
    ],
)
def test_a_star_beside_a_visible_column_of_that_name_is_refused(sql: str) -> None:
    with pytest.raises(QueryError, match="NOT_SUPPORTED"):
        keep_hidden(parse(sql), {"d.t": {"$path"}})
