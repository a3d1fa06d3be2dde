"""Athena SQL → syntax tree.

The tree keeps every function call as it was written (`exp.Anonymous`), because `functions.py` decides what a call
means: sqlglot reads Trino's functions almost as Trino does, but not exactly.
"""

from typing import Any, ClassVar

import sqlglot
from sqlglot import exp
from sqlglot.dialects.trino import Trino
from sqlglot.errors import ParseError, SqlglotError, TokenError
from sqlglot.parsers.trino import TrinoParser

from athena_local.errors import InvalidRequestError, QueryError

# Functions whose syntax is more than a list of arguments.
_SYNTACTIC = ("CAST", "TRY_CAST", "EXTRACT", "TRIM", "POSITION", "LISTAGG", "SUBSTRING")
# Functions that take IGNORE NULLS, which sqlglot writes only for functions that it knows.
_NULL_TREATMENT = ("LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE")
_TIMES = (exp.DType.DATE, exp.DType.TIME, exp.DType.TIMETZ, exp.DType.TIMESTAMP, exp.DType.TIMESTAMPTZ)
_INTERVAL_UNITS = ("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND")


def _decimal_literal(self: Any, this: Any, _: Any) -> Any:  # noqa: ARG001  (the names that sqlglot declares)
    """Keep the digits as written: `DECIMAL '1.50'` is a decimal(3,2)."""
    return exp.Literal.number(this.name)


def _time_literal(self: Any, this: Any, to: Any) -> Any:  # noqa: ARG001  (the names that sqlglot declares)
    """Keep apart what Trino reads as a literal and as a cast."""
    cast = exp.Cast(this=this, to=to)
    cast.meta["literal"] = True
    return cast


class _Parser(TrinoParser):
    TYPE_LITERAL_PARSERS: ClassVar = {
        **TrinoParser.TYPE_LITERAL_PARSERS,
        exp.DType.DECIMAL: _decimal_literal,
        **dict.fromkeys(_TIMES, _time_literal),
    }
    FUNCTIONS: ClassVar = {name: TrinoParser.FUNCTIONS[name] for name in _NULL_TREATMENT}
    FUNCTION_PARSERS: ClassVar = {name: TrinoParser.FUNCTION_PARSERS[name] for name in _SYNTACTIC}

    def _parse_interval_span(self, this: Any, parse_function_unit: bool = True) -> Any:  # noqa: FBT002  (as declared by sqlglot)
        """Read ``INTERVAL '2' DAY`` and ``INTERVAL '2-5' YEAR TO MONTH``: a sign, a text, and units."""
        if not isinstance(this, exp.Expr):
            return super()._parse_interval_span(this, parse_function_unit=parse_function_unit)
        value = this.this if isinstance(this, exp.Neg) else this
        if not (isinstance(value, exp.Literal) and value.is_string):
            self.raise_error("An interval is a text and a unit")
        first = self._parse_var(any_token=True, upper=True) if self._curr else None
        if first is not None and first.name in _INTERVAL_UNITS and self._match_text_seq("TO"):
            last = self._parse_var(any_token=True, upper=True)
            return exp.Interval(this=this, unit=exp.IntervalSpan(this=first, expression=last))
        return exp.Interval(this=this, unit=first)


class AthenaSql(Trino):
    """Trino's grammar with uninterpreted function calls."""

    Parser = _Parser


def parse(sql: str) -> exp.Expr:
    """Parse one statement.

    Raises
    ------
    InvalidRequestError
        ``MALFORMED_QUERY`` with Trino's position, as from StartQueryExecution.
    """
    try:
        statements = [statement for statement in sqlglot.parse(sql, read=AthenaSql) if statement is not None]
    except ParseError as error:
        raise InvalidRequestError(_malformed(error), code="MALFORMED_QUERY") from error
    except (TokenError, SqlglotError, RecursionError) as error:
        raise InvalidRequestError(f"line 1:1: {str(error).splitlines()[0]}", code="MALFORMED_QUERY") from error
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


def _malformed(error: ParseError) -> str:
    detail = error.errors[0] if error.errors else {}
    word = str(detail.get("highlight") or "<EOF>")
    start = len(str(detail.get("start_context") or ""))
    line = int(detail.get("line") or 1)
    column = max(int(detail.get("col") or start + 1) - len(word) + 1, 1)
    return f"line {line}:{column}: mismatched input '{word}'. {str(detail.get('description', '')).splitlines()[0]}"
