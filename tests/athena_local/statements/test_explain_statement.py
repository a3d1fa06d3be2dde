import pytest

from athena_local.errors import QueryError
from athena_local.statements.explain_statement import read_explain


@pytest.mark.parametrize(
    ("sql", "type_", "format_", "is_run"),
    [
        ("EXPLAIN SELECT 1", "DISTRIBUTED", "TEXT", False),
        ("explain (type logical, format json) SELECT 1", "LOGICAL", "JSON", False),
        ("EXPLAIN (FORMAT JSON, FORMAT TEXT) SELECT 1", "DISTRIBUTED", "JSON", False),
        ("EXPLAIN(TYPE IO)(SELECT 1)", "IO", "TEXT", False),
        ("EXPLAIN (SELECT 1)", "DISTRIBUTED", "TEXT", False),
        ("EXPLAIN ANALYZE VALUES 1", "DISTRIBUTED", "TEXT", True),
        ("EXPLAIN ANALYZE VERBOSE WITH a AS (SELECT 1) SELECT 1", "DISTRIBUTED", "TEXT", True),
        ("EXPLAIN ANALYZE (FORMAT JSON) SELECT 1", "DISTRIBUTED", "JSON", True),
    ],
)
def test_options(sql: str, type_: str, format_: str, is_run: bool) -> None:
    asked = read_explain(sql)
    assert (asked.type, asked.format, asked.is_run) == (type_, format_, is_run)
    assert len(asked.query) == len(sql)
    assert sql.endswith(asked.query.strip())


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("EXPLAIN", "SYNTAX_ERROR: line 1:8: mismatched input '<EOF>'"),
        ("EXPLAIN\n nosuch", "SYNTAX_ERROR: line 2:2: mismatched input 'nosuch'"),
        ("EXPLAIN (FORMAT YAML) SELECT 1", "SYNTAX_ERROR: line 1:17: mismatched input 'YAML'. Expecting: 'GRAPHVIZ',"),
        ("EXPLAIN (TYPE JSON) SELECT 1", "SYNTAX_ERROR: line 1:15: mismatched input 'JSON'. Expecting: 'DISTRIBUTED',"),
        ("EXPLAIN ANALYZE (TYPE IO) SELECT 1", "SYNTAX_ERROR: line 1:17: EXPLAIN ANALYZE takes FORMAT"),
        ("EXPLAIN ANALYZE (FORMAT GRAPHVIZ) SELECT 1", "SYNTAX_ERROR"),
        ("EXPLAIN EXPLAIN SELECT 1", "NOT_SUPPORTED: EXPLAIN of EXPLAIN is not answered offline"),
        ("EXPLAIN DROP TABLE x", "NOT_SUPPORTED"),
        ("EXPLAIN SHOW TABLES", "NOT_SUPPORTED: EXPLAIN of SHOW TABLES is not answered offline"),
    ],
)
def test_what_is_refused(sql: str, reason: str) -> None:
    with pytest.raises(QueryError) as caught:
        read_explain(sql)
    assert caught.value.reason.startswith(reason)
