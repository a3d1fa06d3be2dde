"""The type of every expression of a query, and errors for those that Trino's types refuse."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlglot import exp

from athena_local.analyzer import operators
from athena_local.analyzer.call_types import call_type
from athena_local.analyzer.coercions import TEXTS, castable, common, comparable, orderable
from athena_local.analyzer.operators import boolean, compared, joint, mismatch
from athena_local.analyzer.row_values import ROW
from athena_local.analyzer.scopes import Scope, field_of
from athena_local.analyzer.trino_types import (
    BIGINT,
    BOOLEAN,
    DATE,
    DOUBLE,
    INTEGER,
    SOURCE,
    UNKNOWN,
    VARCHAR,
    Type,
    array,
    from_tree,
    row,
)
from athena_local.errors import QueryError

Columns = Callable[[exp.Expr, Scope], Any]
_OPERATORS: Final[dict[type[exp.Expr], str]] = {
    exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/", exp.Mod: "%", exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<",
    exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=", exp.NullSafeNEQ: "IS DISTINCT FROM", exp.NullSafeEQ: "IS DISTINCT FROM",
}  # fmt: skip
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


def literal(node: exp.Literal) -> Type | None:
    """Return the type of a constant."""
    text = str(node.this)
    if node.is_string:
        return Type("varchar", (len(text),))
    if "e" in text.lower():
        return DOUBLE
    if "." in text:
        return decimal_of(text)
    return whole(int(text)) if text.isdigit() else None


def whole(number: int) -> Type:
    """Return the type of a whole number that is written in a query."""
    if not -(2**63) <= number < 2**63:
        raise QueryError("SYNTAX_ERROR", f"Invalid numeric literal: {number}")
    return INTEGER if -(2**31) <= number < 2**31 else BIGINT


def decimal_of(text: str) -> Type:
    """Return the decimal type of digits as they are written."""
    whole, _, fraction = text.lstrip("+-").partition(".")
    return Type("decimal", (max(len(whole.lstrip("0")) + len(fraction), 1), len(fraction)))


def _operation(typing: Typing, node: exp.Binary, scope: Scope) -> Type | None:
    a = typing.type_of(node.this, scope)
    b = typing.type_of(node.expression, scope)
    symbol = _OPERATORS[type(node)]
    if isinstance(node, exp.Add | exp.Sub | exp.Mul | exp.Div | exp.Mod):
        return operators.arithmetic(a, b, symbol)
    result = compared(a, b, symbol)
    _note_rows(node, a, b)
    return result


def _note_rows(node: exp.Expr, a: Type | None, b: Type | None) -> None:
    """Note the type of rows that are compared; fields are taken by the first one's names, so both must have them."""
    if a is not None and b is not None and a.name == b.name == "row":
        node.meta[ROW] = a if a.fields == b.fields or not any(a.fields) else Type("row", (), a.items, b.fields)


def _cast(typing: Typing, node: exp.Cast, scope: Scope) -> Type | None:
    source = typing.type_of(node.this, scope)
    target = named_type(node)
    if source is not None:
        node.meta[SOURCE] = source
    if source and target and not castable(source, target):
        raise mismatch(f"Cannot cast {source} to {target}")
    return target


def named_type(node: exp.Cast) -> Type | None:
    """Return the type that a cast or a typed literal names, or refuse it."""
    target = from_tree(node.to)
    for part in node.to.find_all(exp.DataType):
        if part.this == exp.DType.IPADDRESS:
            raise QueryError("NOT_SUPPORTED", "the type ipaddress is not implemented offline")
        if part.this == exp.DType.USERDEFINED:
            raise mismatch(f"Unknown type: {part.sql()}")
    if node.meta.get("typed literal"):
        _check_literal(node.this.name, target)
    if node.meta.get("literal") and target and target.name.removesuffix("tz") in ("time", "timestamp"):
        target = _time_literal_type(node.this.name, target)
    if target and target.name == "decimal":
        precision, scale = target.numbers
        if not 1 <= precision <= 38 or scale > precision:
            raise QueryError("INVALID_FUNCTION_ARGUMENT", f"DECIMAL precision must be in range [1, 38]: {precision}")
    return target


def _time_literal_type(text: str, target: Type) -> Type:
    """Return a literal's type: as many digits of a second as it has, and a zone if it has one."""
    clock = re.search(r"\d:\d\d(?::\d\d(?:\.(\d+))?)?(.*)$", text)
    digits, rest = (clock.group(1) or "", clock.group(2).strip()) if clock else ("", "")
    return Type(f"{target.name.removesuffix('tz')}{'tz' if rest else ''}", (len(digits),))


def _check_literal(text: str, target: Type | None) -> None:
    if target is None:
        return
    bits = {"tinyint": 8, "smallint": 16, "integer": 32, "bigint": 64}.get(target.name)
    valid = True
    if bits:
        valid = re.fullmatch(r"[+-]?\d+", text) is not None and -(2 ** (bits - 1)) <= int(text) < 2 ** (bits - 1)
    elif target.name == "decimal":
        valid = re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", text) is not None and target.numbers[0] <= 38
    if not valid:
        raise QueryError("INVALID_LITERAL", f"'{text}' is not a valid {target.name.upper()} literal")


def _logical(typing: Typing, node: exp.Connector, scope: Scope) -> Type:
    for side in (node.this, node.expression):
        typing.condition(side, scope, "Logical expression term")
    return BOOLEAN


def _negative(typing: Typing, node: exp.Neg, scope: Scope) -> Type | None:
    if isinstance(node.this, exp.Literal) and not node.this.is_string and node.this.name.isdigit():
        return whole(-int(node.this.name))
    return operators.negated(typing.type_of(node.this, scope))


def _not(typing: Typing, node: exp.Not, scope: Scope) -> Type:
    typing.condition(node.this, scope, "Value of logical NOT expression")
    return BOOLEAN


def _in(typing: Typing, node: exp.In, scope: Scope) -> Type:
    value = typing.type_of(node.this, scope)
    query: exp.Expr | None = node.args.get("query")
    if query is not None:
        compared(value, _single(typing.query(query, scope)), "=")
    else:
        items = typing.types_of(node.expressions, scope)
        shared = joint([value, *items], "IN value and list items")
        if items:
            _note_rows(node, value, shared)
        if shared is not None and not comparable(shared):
            raise mismatch(f"{shared} is not comparable")
    return BOOLEAN


def _single(columns: Any) -> Type | None:
    return columns[0][1] if columns is not None and len(columns) == 1 else None


def _between(typing: Typing, node: exp.Between, scope: Scope) -> Type:
    if node.args.get("symmetric"):
        raise QueryError("SYNTAX_ERROR", "mismatched input 'SYMMETRIC'")
    value = typing.type_of(node.this, scope)
    for bound in ("low", "high"):
        compared(value, typing.type_of(node.args[bound], scope), "BETWEEN")
    return BOOLEAN


def _like(typing: Typing, node: exp.Binary, scope: Scope) -> Type:
    for side in (node.this, node.expression):
        type_ = typing.type_of(side, scope)
        if type_ is not None and type_.name not in (*TEXTS, "unknown"):
            raise mismatch(f"Operand of LIKE expression must evaluate to a varchar (actual: {type_})")
    return BOOLEAN


def _case(typing: Typing, node: exp.Case, scope: Scope) -> Type | None:
    operand = typing.type_of(node.this, scope) if node.this else None
    results = []
    for branch in node.args["ifs"]:
        if node.this:
            compared(operand, typing.type_of(branch.this, scope), "=")
        else:
            typing.condition(branch.this, scope, "CASE WHEN clause")
        results.append(typing.type_of(branch.args["true"], scope))
    default = node.args.get("default")
    return joint([*results, typing.type_of(default, scope) if default else UNKNOWN], "All CASE results")


def _if(typing: Typing, node: exp.If, scope: Scope) -> Type | None:
    typing.condition(node.this, scope, "IF condition")
    branches = [node.args[name] for name in ("true", "false") if node.args.get(name)]
    return joint(typing.types_of(branches, scope), "Result types for IF")


def _column(_: Typing, node: exp.Column, scope: Scope) -> Type | None:
    return None if isinstance(node.this, exp.Star) else scope.type_of(node)


def _dot(typing: Typing, node: exp.Dot, scope: Scope) -> Type | None:
    base = typing.type_of(node.this, scope)
    if base is None or not isinstance(node.expression, exp.Identifier):
        return None
    if base.name != "row":
        raise mismatch(f"Expression {node.this.sql()} is not of type ROW")
    found = field_of(base, node.expression.name)
    if found is None:
        raise QueryError("INVALID_COLUMN_REFERENCE", f"Column reference '{node.expression.name}' is invalid")
    return found


def _bracket(typing: Typing, node: exp.Bracket, scope: Scope) -> Type | None:
    base = typing.type_of(node.this, scope)
    (index,) = typing.types_of(node.expressions, scope) if len(node.expressions) == 1 else [None]
    if base is not None and base.name == "row":
        return _row_item(base, node.expressions[0])
    return operators.subscript(base, index)


def _row_item(base: Type, index: exp.Expr) -> Type | None:
    text = index.sql()
    if not text.lstrip("-").isdigit():
        return None
    number = int(text)  # sqlglot counts from 0
    if not 0 <= number < len(base.items):
        raise QueryError("INVALID_FUNCTION_ARGUMENT", f"Subscript index out of bounds: {number + 1}")
    return base.items[number]


def _array(typing: Typing, node: exp.Array, scope: Scope) -> Type | None:
    item = joint(typing.types_of(node.expressions, scope), "All ARRAY elements")
    return array(item) if item else None


def _tuple(typing: Typing, node: exp.Tuple, scope: Scope) -> Type | None:
    items = typing.types_of(node.expressions, scope)
    return None if None in items else row([each for each in items if each])


def _subquery(typing: Typing, node: exp.Expr, scope: Scope) -> Type | None:
    return _single(typing.query(node, scope))


def _exists(typing: Typing, node: exp.Exists, scope: Scope) -> Type:
    typing.query(node.this, scope)
    return BOOLEAN


def _at_time_zone(typing: Typing, node: exp.AtTimeZone, scope: Scope) -> Type | None:
    base = typing.type_of(node.this, scope)
    if base is None or base.name == "unknown":
        return None
    if base.name.removesuffix("tz") not in ("timestamp", "time"):
        raise mismatch(f"Type of value must be a time or timestamp with or without time zone (actual {base})")
    return Type(base.name.removesuffix("tz") + "tz", base.numbers)


def _extract(typing: Typing, node: exp.Extract, scope: Scope) -> Type:
    base = typing.type_of(node.expression, scope)
    if base and base.name == "date" and node.name.upper() in ("HOUR", "MINUTE", "SECOND", "TIMEZONE_HOUR"):
        raise mismatch(f"Cannot extract {node.name} from {base}")
    if base and not base.name.startswith(("date", "time", "interval", "unknown")):
        raise mismatch(f"Cannot extract from {base}")
    return BIGINT


def _interval(_: Typing, node: exp.Interval, __: Scope) -> Type:
    unit = node.args["unit"].sql().upper() if node.args.get("unit") else "DAY"
    months = unit.startswith(("YEAR", "MONTH"))
    return Type("interval year to month" if months else "interval day to second")


def _window(typing: Typing, node: exp.Window, scope: Scope) -> Type | None:
    for partition in node.args.get("partition_by") or []:
        type_ = typing.type_of(partition, scope)
        if type_ is not None and not comparable(type_):
            raise mismatch(f"{type_} is not comparable, and therefore cannot be used in window function PARTITION BY")
    order: exp.Expr | None = node.args.get("order")
    for ordered in order.expressions if order else []:
        type_ = typing.type_of(ordered.this, scope)
        if type_ is not None and not orderable(type_):
            raise mismatch(f"{type_} is not orderable, and therefore cannot be used in window function ORDER BY")
        _frame(node.args.get("spec"), type_)
    return typing.type_of(node.this, scope)


def _frame(spec: exp.Expr | None, sorted_by: Type | None) -> None:
    if spec is None or sorted_by is None or str(spec.args.get("kind")).upper() != "RANGE":
        return
    bounded = any(isinstance(spec.args.get(end), exp.Expr) for end in ("start", "end"))
    if bounded and sorted_by.name in (*TEXTS, "boolean", "varbinary", "array", "row", "json"):
        raise mismatch(
            "Window frame of type RANGE PRECEDING or FOLLOWING requires that sort item type be numeric, datetime or "
            f"interval (actual: {sorted_by})"
        )


def _first(typing: Typing, node: exp.Expr, scope: Scope) -> Type | None:
    for name, child in node.args.items():
        if name != "this" and isinstance(child, exp.Expr):
            typing.type_of(child, scope)
    return typing.type_of(node.this, scope)


def _lead(typing: Typing, node: exp.Expr, scope: Scope) -> Type | None:
    type_ = _first(typing, node, scope)
    default = node.args.get("default")
    other = typing.type_of(default, scope) if isinstance(default, exp.Expr) else None
    if type_ is not None and other is not None and common(type_, other) is None:
        raise QueryError("FUNCTION_NOT_FOUND", f"Unexpected parameters ({type_}, {other}) for function {node.key}")
    return type_


def _listagg(typing: Typing, node: exp.GroupConcat, scope: Scope) -> Type:
    inner = node.this.this if isinstance(node.this, exp.Order | exp.Distinct) and node.this.this else node.this
    type_ = typing.type_of(inner, scope)
    if type_ is not None and type_.name not in (*TEXTS, "unknown"):
        raise mismatch(f"Expected expression of varchar, but it has {type_} type")
    return VARCHAR


def _outside(_: Typing, node: exp.Expr, __: Scope) -> Type | None:
    raise mismatch(f"Lambda expression should always be used inside a function: {node.sql()}")


def _text_first(typing: Typing, node: exp.Expr, scope: Scope) -> Type | None:
    type_ = _first(typing, node, scope)
    if type_ is not None and type_.name not in (*TEXTS, "unknown", "varbinary"):
        raise QueryError("FUNCTION_NOT_FOUND", f"Unexpected parameters ({type_}) for function {node.key}")
    return type_ if type_ is None or type_.name != "unknown" else None


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
    exp.UnicodeString: _constant(Type("varchar", (-1,))),
    exp.ParseJSON: _constant(Type("json")),
    exp.CurrentDate: _constant(DATE),
    exp.CurrentTimestamp: _constant(_TIMESTAMP_ZONED),
    exp.Localtimestamp: _constant(Type("timestamp", (3,))),
    exp.Interval: _interval,
    exp.Column: _column,
    exp.Alias: lambda typing, node, scope: typing.type_of(node.this, scope),
    exp.Paren: lambda typing, node, scope: typing.type_of(node.this, scope),
    exp.Neg: _negative,
    exp.Identifier: lambda _typing, node, scope: scope.parameters.get(node.name.lower()),
    exp.Not: _not,
    exp.And: _logical,
    exp.Or: _logical,
    exp.In: _in,
    exp.Between: _between,
    exp.Like: _like,
    exp.DPipe: lambda typing, node, scope: operators.concatenated(
        typing.type_of(node.this, scope), typing.type_of(node.expression, scope)
    ),
    exp.Is: lambda typing, node, scope: (typing.type_of(node.this, scope), BOOLEAN)[1],
    exp.Cast: _cast,
    exp.Case: _case,
    exp.If: _if,
    exp.Dot: _dot,
    exp.Bracket: _bracket,
    exp.Array: _array,
    exp.Tuple: _tuple,
    exp.Subquery: _subquery,
    exp.Select: _subquery,
    exp.SetOperation: _subquery,
    exp.Exists: _exists,
    exp.AtTimeZone: _at_time_zone,
    exp.Extract: _extract,
    exp.Window: _window,
    exp.Filter: _first,
    exp.Lag: _lead,
    exp.Lead: _lead,
    exp.GroupConcat: _listagg,
    exp.JSONExtract: _outside,
    exp.FirstValue: _first,
    exp.LastValue: _first,
    exp.NthValue: _first,
    exp.IgnoreNulls: _first,
    exp.RespectNulls: _first,
    exp.Where: _first,
    exp.Trim: _text_first,
    exp.Substring: _text_first,
    exp.StrPosition: _position,
    **dict.fromkeys(_OPERATORS, _operation),
    exp.Anonymous: call_type,
}
