"""Values for the question marks of a statement."""

from sqlglot import exp
from sqlglot.expressions import apply_index_offset
from sqlglot.optimizer.simplify import simplify

from athena_local.errors import InvalidRequestError, QueryError
from athena_local.syntax.dialect import AthenaSql, parse
from athena_local.syntax.grammar import place

_INTEGERS = (exp.DType.TINYINT, exp.DType.SMALLINT, exp.DType.INT, exp.DType.BIGINT)


def bind_parameters(tree: exp.Expr, parameters: list[str], sql: str = "") -> None:
    """Replace the question marks, in the order of the text, by execution parameters, which are SQL literals.

    Parameters
    ----------
    sql
        The text of the tree, for positions.

    Raises
    ------
    InvalidRequestError
        A parameter is not a literal.
    QueryError
        ``INVALID_PARAMETER_USAGE``: the numbers differ. Or LIMIT, OFFSET or FETCH FIRST has a value that does not fit.
    """
    marks = [node for node in tree.find_all(exp.Placeholder) if not node.this]
    if len(marks) != len(parameters):
        where = place(len(sql) - len(sql.lstrip()), sql)
        message = f"{where}: Incorrect number of parameters: expected {len(marks)} but found {len(parameters)}"
        raise QueryError("INVALID_PARAMETER_USAGE", message)
    marks.sort(key=lambda mark: int(mark.meta["start"]))
    for mark, text in zip(marks, parameters, strict=True):
        value = _literal(text)
        if isinstance(mark.parent, exp.Limit | exp.Offset | exp.Fetch):
            value = _row_count(value, "OFFSET" if isinstance(mark.parent, exp.Offset) else "LIMIT")
        if isinstance(mark.parent, exp.Ordered | exp.Group) and isinstance(value, exp.Literal) and value.is_int:
            raise QueryError("NOT_SUPPORTED", "a parameter in ORDER BY or GROUP BY is not supported offline")
        mark.replace(_subscript(value, mark.parent) if isinstance(mark.parent, exp.Bracket) else value)


def _literal(text: str) -> exp.Expr:
    query = parse(f"SELECT {text}")
    clauses = [name for name, clause in query.args.items() if clause and name != "expressions"]
    values = query.expressions if isinstance(query, exp.Select) and not clauses else []
    if len(values) != 1:
        raise InvalidRequestError(f"Execution parameter is not a literal: {text}")
    value: exp.Expr = values[0]
    if value.find(exp.Column, exp.Anonymous, exp.Query, exp.Star):
        raise InvalidRequestError(f"Execution parameter is not a literal: {text}")
    return value


def _subscript(value: exp.Expr, of: exp.Bracket) -> exp.Expr:
    """Return a subscript as the parser keeps it: it counts from 0."""
    shifted: list[exp.Expr] = apply_index_offset(of.this, [value], -AthenaSql.INDEX_OFFSET, dialect=AthenaSql)
    return shifted[0]


def _row_count(value: exp.Expr, clause: str) -> exp.Expr:
    """Return a number of rows as a literal; it may be written as ``1 + 1`` or ``BIGINT '2'``."""
    if isinstance(value, exp.Null):
        raise QueryError("INVALID_ARGUMENTS", f"line 1:1: Parameter value provided for {clause} is NULL: null")
    if isinstance(value, exp.Cast) and value.to.this in _INTEGERS:
        value = exp.Literal.number(value.this.name) if value.this.is_string else value.this
    number: exp.Expr = simplify(value.copy())
    if isinstance(number, exp.Neg) and number.this.is_int:
        told = f"{clause} row count must be greater or equal to 0 (actual value: -{number.this.name})"
        raise QueryError("NUMERIC_VALUE_OUT_OF_RANGE", f"line 1:1: {told}")
    if not number.is_int:
        raise QueryError("TYPE_MISMATCH", f"line 1:1: Cannot cast {value.sql()} to bigint")
    return number
