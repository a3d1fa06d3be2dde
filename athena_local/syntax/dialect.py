"""Athena SQL → syntax tree.

The tree keeps every function call as it was written (`exp.Anonymous`), because `functions.py` decides what a call
means: sqlglot reads Trino's functions almost as Trino does, but not exactly.
"""

from typing import Any, ClassVar

import sqlglot
from sqlglot import TokenType, exp
from sqlglot.dialects.trino import Trino
from sqlglot.errors import SqlglotError
from sqlglot.parsers.trino import TrinoParser

from athena_local.errors import InvalidRequestError, QueryError
from athena_local.syntax.grammar import check
from athena_local.syntax.sql_json import SQL_JSON_PARSERS
from athena_local.syntax.tokens import decimal_numbers

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
_TIMES = (exp.DType.DATE, exp.DType.TIME, exp.DType.TIMETZ, exp.DType.TIMESTAMP, exp.DType.TIMESTAMPTZ)
_INTERVAL_UNITS = ("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND")


def _decimal_literal(self: Any, this: Any, _: Any) -> Any:
    """Keep the digits as written: `DECIMAL '1.50'` is a decimal(3,2)."""
    whole, _, fraction = this.name.lstrip("+-").partition(".")
    precision = max(len(whole.lstrip("0")) + len(fraction), 1)
    numbers = [exp.DataTypeParam(this=exp.Literal.number(number)) for number in (precision, len(fraction))]
    return _typed_literal(self, this, exp.DataType(this=exp.DType.DECIMAL, expressions=numbers))


def _char_literal(self: Any, this: Any, data_type: Any) -> Any:  # noqa: ARG001  (the names that sqlglot declares)
    """Give a literal of char as many characters as its text has."""
    if not this.name:
        raise QueryError("NOT_SUPPORTED", "an empty literal of char is not implemented offline")
    length = exp.DataTypeParam(this=exp.Literal.number(len(this.name)))
    return exp.Cast(this=this, to=exp.DataType(this=exp.DType.CHAR, expressions=[length]))


def _typed_literal(self: Any, this: Any, data_type: Any) -> Any:  # noqa: ARG001  (the names that sqlglot declares)
    """Tell a literal from a cast: what is wrong in it is an invalid literal."""
    cast = exp.Cast(this=this, to=data_type)
    cast.meta["typed literal"] = True
    return cast


def _normalize(self: Any) -> exp.Expr:
    """Read NORMALIZE(text, NFC): the form is a word, and no column."""
    text = self._parse_disjunction()
    form = self._parse_var(upper=True).name if self._match_text_seq(",") else "NFC"
    return exp.Anonymous(this="normalize", expressions=[text, exp.Literal.string(form)])


_TYPES = frozenset({
    "INTERVAL", "NULL", "ROW", "UUID", "ARRAY", "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "INT", "BIGINT", "DECIMAL",
    "REAL", "DOUBLE", "JSON", "CHAR", "VARCHAR", "VARBINARY", "TIME", "TIMETZ", "TIMESTAMP", "TIMESTAMPTZ", "DATE",
    "MAP", "IPADDRESS", "TDIGEST", "HYPERLOGLOG", "UNKNOWN", "RANGE", "UNION",
})  # fmt: skip


def _time_literal(self: Any, this: Any, to: Any) -> Any:  # noqa: ARG001  (the names that sqlglot declares)
    """Keep apart what Trino reads as a literal and as a cast."""
    cast = exp.Cast(this=this, to=to)
    cast.meta["literal"] = True
    return cast


def _question_mark(self: Any) -> Any:
    """Keep where it stands: values belong to the marks in the order of the text."""
    return self.expression(exp.Placeholder().update_positions(self._prev))


class _Parser(TrinoParser):
    TYPE_LITERAL_PARSERS: ClassVar = {
        **TrinoParser.TYPE_LITERAL_PARSERS,
        **dict.fromkeys((exp.DType.TINYINT, exp.DType.SMALLINT, exp.DType.INT, exp.DType.BIGINT), _typed_literal),
        **dict.fromkeys((exp.DType.BOOLEAN, exp.DType.DOUBLE, exp.DType.FLOAT, exp.DType.UUID), _typed_literal),
        exp.DType.IPADDRESS: _typed_literal,
        exp.DType.CHAR: _char_literal,
        exp.DType.DECIMAL: _decimal_literal,
        **dict.fromkeys(_TIMES, _time_literal),
    }
    PLACEHOLDER_PARSERS: ClassVar = {**TrinoParser.PLACEHOLDER_PARSERS, TokenType.PLACEHOLDER: _question_mark}
    FUNCTIONS: ClassVar = {name: TrinoParser.FUNCTIONS[name] for name in _NULL_TREATMENT}
    FUNCTION_PARSERS: ClassVar = {
        **{name: TrinoParser.FUNCTION_PARSERS[name] for name in _SYNTACTIC},
        "NORMALIZE": _normalize,
        **SQL_JSON_PARSERS,
    }

    def _parse_interval_span(self, this: Any, parse_function_unit: bool = True) -> Any:  # noqa: FBT002  (as sqlglot declares it)
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


class _Tokenizer(Trino.Tokenizer):
    """Without the names of other systems' types, and without words that are names to Trino."""

    KEYWORDS: ClassVar = {
        word: kind
        for word, kind in Trino.Tokenizer.KEYWORDS.items()
        if word not in _NAMES and (kind not in TrinoParser.TYPE_TOKENS or word in _TYPES or not word.isidentifier())
    }


class AthenaSql(Trino):
    """Trino's grammar with uninterpreted function calls."""

    Parser = _Parser
    SUPPORTS_USER_DEFINED_TYPES = True
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
        parsed = sqlglot.parse(decimal_numbers(sql), read=AthenaSql)
        statements = [statement for statement in parsed if statement is not None]
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
    if (isinstance(node, exp.Table) and node.args.get("db")) or (isinstance(node, exp.Column) and node.table):
        start = min(int(part.meta.get("start", start)) for part in node.parts)
    before = sql[:start]
    return f"line {before.count(chr(10)) + 1}:{start - (before.rfind(chr(10)) + 1) + 1}"
