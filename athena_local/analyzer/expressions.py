"""The type of every expression of a query, and errors for those that Trino's types refuse."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlglot import exp

from athena_local.analyzer import operators
from athena_local.analyzer.call_types import call_type
from athena_local.analyzer.cast_types import cast_type
from athena_local.analyzer.char_values import joined
from athena_local.analyzer.coercions import TEXTS, common
from athena_local.analyzer.comparison_types import OPERATORS, between, in_list, like, operation
from athena_local.analyzer.condition_types import case, exists, if_, logical, negation
from athena_local.analyzer.literals import literal, unicode_literal, whole
from athena_local.analyzer.member_types import array_of, bracket, column, dot, subquery, tuple_of
from athena_local.analyzer.moment_types import at_time_zone, extract, interval
from athena_local.analyzer.operators import boolean, mismatch
from athena_local.analyzer.scopes import Scope
from athena_local.analyzer.trino_types import (
    BIGINT,
    BOOLEAN,
    DATE,
    UNKNOWN,
    Type,
)
from athena_local.analyzer.window_types import first, lead, listagg, window
from athena_local.errors import QueryError
from athena_local.syntax.calls import own_function

Columns = Callable[[exp.Expr, Scope], Any]
_TIMESTAMP_ZONED: Final = Type("timestamptz", (3,))


class Typing:
    """The types of the expressions of one statement.

    Parameters
    ----------
    query
        Returns the columns of a query inside an expression.
    """

    def __init__(self, query: Columns) -> None:
        self.query = query

    def type_of(self, node: exp.Expr, scope: Scope) -> Type | None:
        """Return an expression's type; None when it cannot be told.

        Raises
        ------
        QueryError
            ``TYPE_MISMATCH``, or ``FUNCTION_NOT_FOUND`` for arguments that no overload takes.
        """
        for kind, rule in _RULES.items():
            if isinstance(node, kind):
                result: Type | None = rule(self, node, scope)
                return result
        for child in node.iter_expressions():
            self.type_of(child, scope)
        return None

    def types_of(self, nodes: Sequence[exp.Expr], scope: Scope) -> list[Type | None]:
        """Return the types of several expressions."""
        return [self.type_of(node, scope) for node in nodes]

    def condition(self, node: exp.Expr | None, scope: Scope, what: str) -> None:
        """Refuse an expression that is not true or false."""
        if node is not None:
            boolean(self.type_of(node, scope), what)


def _negative(typing: Typing, node: exp.Neg, scope: Scope) -> Type | None:
    if isinstance(node.this, exp.Literal) and not node.this.is_string and node.this.name.isdigit():
        return whole(-int(node.this.name))
    return operators.negated(typing.type_of(node.this, scope))


def _joined(typing: Typing, node: exp.DPipe, scope: Scope) -> Type | None:
    sides = [node.this, node.expression]
    types = typing.types_of(sides, scope)
    told = joined(sides, types) or operators.concatenated(types[0], types[1])
    _wrap_element(node, types[0], types[1])
    return told


def _wrap_element(node: exp.DPipe, left: Type | None, right: Type | None) -> None:
    """Write ``array || element`` as two arrays."""
    for arrays, item, key in ((left, right, "expression"), (right, left, "this")):
        if arrays is None or item is None or arrays.name != "array" or item.name == "unknown":
            continue
        if common(arrays, item) is None and common(arrays.items[0], item) is not None:
            node.set(key, own_function("trino_one", node.args[key].copy()))
            return


def _json(_: Typing, node: exp.ParseJSON, __: Scope) -> Type:
    if isinstance(node.this, exp.Bracket):  # the literal is read first
        raise mismatch("Cannot use a subscript of json")
    return Type("json")


def _outside(_: Typing, node: exp.Expr, __: Scope) -> Type | None:
    raise mismatch(f"Lambda expression should always be used inside a function: {node.sql()}")


def _text_first(typing: Typing, node: exp.Expr, scope: Scope) -> Type | None:
    type_ = first(typing, node, scope)
    if type_ is not None and type_.name not in (*TEXTS, "unknown", "varbinary"):
        raise QueryError("FUNCTION_NOT_FOUND", f"Unexpected parameters ({type_}) for function {node.key}")
    if type_ is not None and type_.name == "char":
        return Type("varchar", type_.numbers)
    return Type("varchar", (0,)) if type_ is not None and type_.name == "unknown" else type_


def _position(typing: Typing, node: exp.StrPosition, scope: Scope) -> Type:
    _text_first(typing, node, scope)
    return BIGINT


def _constant(type_: Type) -> Callable[[Typing, exp.Expr, Scope], Type]:
    return lambda _typing, _node, _scope: type_


_RULES: Final[dict[type[exp.Expr], Callable[[Typing, Any, Scope], Type | None]]] = {
    exp.Literal: lambda _typing, node, _scope: literal(node),
    exp.Boolean: _constant(BOOLEAN),
    exp.Null: _constant(UNKNOWN),
    exp.HexString: _constant(Type("varbinary")),
    exp.UnicodeString: lambda _typing, node, _scope: unicode_literal(node),
    exp.ParseJSON: _json,
    **dict.fromkeys((exp.CurrentUser, exp.CurrentCatalog, exp.CurrentSchema), _constant(Type("varchar"))),
    exp.CurrentDate: _constant(DATE),
    exp.CurrentTimestamp: _constant(_TIMESTAMP_ZONED),
    exp.Localtimestamp: _constant(Type("timestamp", (3,))),
    exp.Interval: interval,
    exp.Column: column,
    exp.Alias: lambda typing, node, scope: typing.type_of(node.this, scope),
    exp.Paren: lambda typing, node, scope: typing.type_of(node.this, scope),
    exp.Neg: _negative,
    exp.Identifier: lambda _typing, node, scope: scope.parameters.get(node.name.lower()),
    exp.Not: negation,
    exp.And: logical,
    exp.Or: logical,
    exp.In: in_list,
    exp.Between: between,
    exp.Like: like,
    exp.DPipe: _joined,
    exp.Is: lambda typing, node, scope: (typing.type_of(node.this, scope), BOOLEAN)[1],
    exp.Cast: cast_type,
    exp.Case: case,
    exp.If: if_,
    exp.Dot: dot,
    exp.Bracket: bracket,
    exp.Array: array_of,
    exp.Tuple: tuple_of,
    exp.Subquery: subquery,
    exp.Select: subquery,
    exp.SetOperation: subquery,
    exp.Exists: exists,
    exp.AtTimeZone: at_time_zone,
    exp.Extract: extract,
    exp.Window: window,
    exp.Filter: first,
    exp.Lag: lead,
    exp.Lead: lead,
    exp.GroupConcat: listagg,
    exp.JSONExtract: _outside,
    exp.FirstValue: first,
    exp.LastValue: first,
    exp.NthValue: first,
    exp.IgnoreNulls: first,
    exp.RespectNulls: first,
    exp.Where: first,
    exp.Trim: _text_first,
    exp.Substring: _text_first,
    exp.StrPosition: _position,
    **dict.fromkeys(OPERATORS, operation),
    exp.Anonymous: call_type,
}
