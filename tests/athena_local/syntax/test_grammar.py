import pytest

from athena_local.errors import InvalidRequestError, QueryError
from athena_local.syntax.grammar import check


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT limit, offset FROM t limit LIMIT 5",
        "SELECT a FROM t ORDER BY a OFFSET 1 ROW FETCH FIRST 2 ROWS WITH TIES",
        "((SELECT 1) UNION ALL (VALUES 2)) LIMIT 1",
        "SELECT ((SELECT 1) + 2), ((1, 2)), (x, y) -> x, () -> 1, a.b.c[1].d",
        "SELECT sum(DISTINCT x ORDER BY y) FILTER (WHERE x > 1) OVER (ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t",
        "SELECT t.*, u.* AS (a, b) FROM t JOIN u JOIN v ON u.a = v.a ON t.a = u.a CROSS JOIN UNNEST(x) WITH ORDINALITY",
        "SELECT TRIM(BOTH 'x' FROM a), TRIM(FROM a), EXTRACT(YEAR FROM d), d AT TIME ZONE 'UTC', INTERVAL -'1' DAY",
        "SELECT CAST(x AS array(row(a integer, map(varchar, decimal(3, 1))))), CAST(y AS timestamp(3) with time zone)",
        "SELECT U&'\\0041' UESCAPE '\\', X'00', 1_000, .5, 1e3, 0xFF, \"a \"\"b\"\"\" -- the rest",
        "SELECT listagg(x, ',' ON OVERFLOW TRUNCATE '…' WITH COUNT) WITHIN GROUP (ORDER BY x) FROM t;",
    ],
)
def test_what_trino_reads(sql: str) -> None:
    check(sql)


@pytest.mark.parametrize(
    ("sql", "place"),
    [
        ("SELECT a::int FROM t", "1:9: mismatched input ':'"),
        ("SELECT a == b", "1:11: mismatched input '='"),
        ("SELECT a,\nb, FROM t", "2:4: mismatched input 'FROM'"),
        ("SELECT a FROM t LIMIT 1 OFFSET 2", "1:25: mismatched input 'OFFSET'"),
        ("SELECT * EXCLUDE (a) FROM t", "1:10: mismatched input 'EXCLUDE'"),
        ("SELECT `a` FROM t", "1:8: backquoted identifiers"),
        ("SELECT 1a", "1:8: identifiers must not start with a digit"),
        ("SELECT a FROM t GROUP BY a,", "1:28: mismatched input '<EOF>'"),
        ("SELECT IF(true)", "1:15: mismatched input ')'"),
        ("SELECT X'123'", "1:8: mismatched input 'X'123''"),
        ("SELECT ]", "1:8: mismatched input ']'"),
    ],
)
def test_what_trino_does_not_read(sql: str, place: str) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        check(sql)
    assert caught.value.message.startswith(f"line {place}")


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("SELECT e'a'", "TYPE_NOT_FOUND"),
        ("SELECT CAST(a AS text)", "TYPE_MISMATCH"),
        ("SELECT a FROM t GROUP BY ALL", "COLUMN_NOT_FOUND"),
        ("SELECT a = ANY (ARRAY[1])", "FUNCTION_NOT_FOUND"),
        ("SELECT * FROM t NATURAL JOIN u", "NOT_SUPPORTED"),
        ("SELECT * FROM t MATCH_RECOGNIZE (PATTERN (A B+) DEFINE A AS true)", "NOT_SUPPORTED"),
        ("SELECT " + "(" * 500 + "1" + ")" * 500, "NOT_SUPPORTED"),
    ],
)
def test_what_trino_reads_and_is_refused(sql: str, name: str) -> None:
    with pytest.raises(QueryError) as caught:
        check(sql)
    assert caught.value.name == name


def test_nesting_takes_no_more_time_than_length() -> None:
    check("SELECT " + "(" * 20 + "(SELECT 1)" + ")" * 20)
