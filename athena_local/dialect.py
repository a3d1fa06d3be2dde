"""Athena SQL → syntax tree.

The tree keeps every function call as it was written (`exp.Anonymous`), because `functions.py` decides what a call
means: sqlglot reads Trino's functions almost as Trino does, but not exactly.
"""

from typing import Any, ClassVar

import sqlglot
from sqlglot import exp
from sqlglot.dialects.trino import Trino
from sqlglot.errors import SqlglotError
from sqlglot.parsers.trino import TrinoParser

from athena_local.errors import InvalidRequestError, QueryError
from athena_local.grammar import check

# Functions whose syntax is more than a list of arguments.
_SYNTACTIC = ("CAST", "TRY_CAST", "EXTRACT", "TRIM", "POSITION", "LISTAGG", "SUBSTRING")
# Functions that take IGNORE NULLS, which sqlglot writes only for functions that it knows.
_NULL_TREATMENT = ("LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE")
# Words that are keywords to sqlglot and names to Trino.
_NAMES = frozenset(
    """
    ANTI APPLY ASOF COLLATE DIV GLOB ILIKE ISNULL KEEP LOCK NOTNULL OPERATOR OVERLAPS PIVOT QUALIFY REGEXP RLIKE SEMI
    STRAIGHT_JOIN UNPIVOT XOR
    """.split()  # noqa: SIM905
)


def _decimal_literal(self: Any, this: Any, _: Any) -> Any:  # noqa: ARG001  (the names that sqlglot declares)
    """Keep the digits as written: `DECIMAL '1.50'` is a decimal(3,2)."""
    return exp.Literal.number(this.name)


class _Parser(TrinoParser):
    TYPE_LITERAL_PARSERS: ClassVar = {**TrinoParser.TYPE_LITERAL_PARSERS, exp.DType.DECIMAL: _decimal_literal}
    FUNCTIONS: ClassVar = {name: TrinoParser.FUNCTIONS[name] for name in _NULL_TREATMENT}
    FUNCTION_PARSERS: ClassVar = {name: TrinoParser.FUNCTION_PARSERS[name] for name in _SYNTACTIC}


class _Tokenizer(Trino.Tokenizer):
    KEYWORDS: ClassVar = {word: kind for word, kind in Trino.Tokenizer.KEYWORDS.items() if word not in _NAMES}


class AthenaSql(Trino):
    """Trino's grammar with uninterpreted function calls."""

    Parser = _Parser
    Tokenizer = _Tokenizer


def parse(sql: str) -> exp.Expr:
    """Parse one statement.

    Raises
    ------
    InvalidRequestError
        ``MALFORMED_QUERY`` with Trino's position, as from StartQueryExecution.
    QueryError
        Trino reads it and refuses it, or it has a clause that is not supported offline.
    """
    check(sql)
    try:
        statements = [statement for statement in sqlglot.parse(sql, read=AthenaSql) if statement is not None]
    except (SqlglotError, RecursionError) as error:
        message = str(error).splitlines()[0]
        raise QueryError("NOT_SUPPORTED", f"the statement is not supported offline: {message}") from error
    if len(statements) != 1:
        raise InvalidRequestError("Only one sql statement is allowed.", code="MALFORMED_QUERY")
    return statements[0]


def to_duckdb(tree: exp.Expr) -> str:
    """Return a rewritten tree as DuckDB SQL, with every identifier quoted."""
    try:
        return tree.sql(dialect="duckdb", identify=True, unsupported_level=sqlglot.ErrorLevel.RAISE)
    except SqlglotError as error:
        raise QueryError("NOT_SUPPORTED", str(error).splitlines()[0]) from error


def position(node: exp.Expr, sql: str) -> str:
    """Return where `node` starts in `sql`, in Trino's form: ``line 1:15``."""
    named = next((part for part in node.walk() if "start" in part.meta), None)
    start = int(named.meta["start"]) if named is not None else 0
    if isinstance(node, exp.Table) and node.args.get("db"):
        start = min(int(part.meta.get("start", start)) for part in node.parts)
    before = sql[:start]
    return f"line {before.count(chr(10)) + 1}:{start - (before.rfind(chr(10)) + 1) + 1}"
