"""Conditions of a query → an expression of pyiceberg that every row which the query needs satisfies."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import reduce
from typing import Any

from pyiceberg import expressions
from pyiceberg.schema import Schema
from pyiceberg.types import (
    BooleanType,
    DateType,
    DecimalType,
    DoubleType,
    IcebergType,
    IntegerType,
    LongType,
    NestedField,
    StringType,
    TimestampType,
    TimestamptzType,
)
from sqlglot import exp

# An expression without columns → its value; None when it cannot be told before the query runs.
Constant = Callable[[exp.Expr], object]
Expression = expressions.BooleanExpression
ice: Any = expressions  # pydantic declares the constructors for keywords only
_DAY = timedelta(days=1)
_CONSTANT = (
    exp.Literal, exp.Cast, exp.Neg, exp.Paren, exp.Boolean, exp.DataType, exp.DataTypeParam, exp.Interval, exp.Var,
    exp.Add, exp.Sub,
)  # fmt: skip
_Comparison = Callable[[str, Any], Expression]
_LESS: _Comparison = ice.LessThan
_AT_LEAST: _Comparison = ice.GreaterThanOrEqual
_IS_NULL: Callable[[str], Expression] = ice.IsNull
_NOT_NULL: Callable[[str], Expression] = ice.NotNull
_STARTS: _Comparison = ice.StartsWith
_COMPARISONS: dict[type[exp.Expr], _Comparison] = {
    exp.EQ: ice.EqualTo,
    exp.LT: _LESS,
    exp.LTE: ice.LessThanOrEqual,
    exp.GT: ice.GreaterThan,
    exp.GTE: _AT_LEAST,
}
_MIRRORED: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.EQ: exp.EQ,
    exp.LT: exp.GT,
    exp.LTE: exp.GTE,
    exp.GT: exp.LT,
    exp.GTE: exp.LTE,
}


class Predicates:
    """A translation for one table.

    Parameters
    ----------
    seen
        The schema whose names the query uses.
    current
        The table's schema now, by whose names files are planned.
    """

    def __init__(self, *, seen: Schema, current: Schema, constant: Constant) -> None:
        self._constant = constant
        self._fields = {field.name.lower(): _same(field, current) for field in seen.fields}

    def all_of(self, conditions: tuple[exp.Expr, ...]) -> Expression:
        """Return what the conditions say together; a condition that is not understood says nothing."""
        told = [each for condition in conditions if (each := self._told(condition)) is not None]
        everything: Expression = expressions.AlwaysTrue()
        return reduce(expressions.And, told, everything)

    def _told(self, condition: exp.Expr) -> Expression | None:
        condition = condition.unnest()
        if isinstance(condition, exp.And | exp.Or):
            return self._both(condition)
        if type(condition) in _COMPARISONS:
            return self._compared(condition)
        if isinstance(condition, exp.Between):
            low = self._compare(exp.GTE, condition.this, condition.args["low"])
            high = self._compare(exp.LTE, condition.this, condition.args["high"])
            return expressions.And(low, high) if low and high else low or high
        if isinstance(condition, exp.In) and condition.expressions:
            told = [self._compare(exp.EQ, condition.this, value) for value in condition.expressions]
            return None if None in told else reduce(expressions.Or, [each for each in told if each])
        return self._about_null(condition) or self._starting(condition)

    def _both(self, condition: exp.And | exp.Or) -> Expression | None:
        left, right = self._told(condition.left), self._told(condition.right)
        if isinstance(condition, exp.And):
            return expressions.And(left, right) if left and right else left or right
        return expressions.Or(left, right) if left and right else None

    def _compared(self, condition: exp.Expr) -> Expression | None:
        kind, left, right = type(condition), condition.this, condition.args["expression"]
        return self._compare(kind, left, right) or self._compare(_MIRRORED[kind], right, left)

    def _compare(self, kind: type[exp.Expr], side: exp.Expr, other: exp.Expr) -> Expression | None:
        side = side.unnest()
        if (column := _day_of(side)) is not None:
            return self._compare_day(kind, column, other)
        field = self._field(side)
        value = field and self._value(other, field.field_type)
        return _COMPARISONS[kind](field.name, value) if field and value is not None else None

    def _compare_day(self, kind: type[exp.Expr], column: exp.Column, other: exp.Expr) -> Expression | None:
        """Compare the day of a time with a day."""
        field, day = self._field(column), self._told_value(other)
        if field is None or not isinstance(field.field_type, TimestampType | TimestamptzType) or type(day) is not date:
            return None
        start, end = _as(field.field_type, day), _as(field.field_type, day + _DAY)
        if kind is exp.EQ:
            return expressions.And(_AT_LEAST(field.name, start), _LESS(field.name, end))
        if kind in (exp.LT, exp.LTE):
            return _LESS(field.name, start if kind is exp.LT else end)
        return _AT_LEAST(field.name, end if kind is exp.GT else start)

    def _about_null(self, condition: exp.Expr) -> Expression | None:
        negated = isinstance(condition, exp.Not)
        test = condition.this.unnest() if negated else condition
        if not (isinstance(test, exp.Is) and isinstance(test.expression, exp.Null)):
            return None
        field = self._field(test.this.unnest())
        if field is None:
            return None
        return _NOT_NULL(field.name) if negated else _IS_NULL(field.name)

    def _starting(self, condition: exp.Expr) -> Expression | None:
        if not isinstance(condition, exp.Like) or condition.args.get("negate"):  # sqlglot's NOT LIKE
            return None
        if not isinstance(condition.expression, exp.Literal):
            return None
        start = condition.expression.name.replace("_", "%").split("%")[0]
        field = self._field(condition.this.unnest())
        return _STARTS(field.name, start) if field and start and isinstance(field.field_type, StringType) else None

    def _field(self, node: exp.Expr) -> NestedField | None:
        return self._fields.get(node.name) if isinstance(node, exp.Column) else None

    def _value(self, node: exp.Expr, type_: IcebergType) -> Any:
        value = self._told_value(node)
        return None if value is None else _as(type_, value)

    def _told_value(self, node: exp.Expr) -> Any:
        return self._constant(node) if all(isinstance(each, _CONSTANT) for each in node.walk()) else None


def _same(field: NestedField, current: Schema) -> NestedField | None:
    """Return the column that a field is now; None when it is gone, or its name would mean a nested one."""
    now = next((each for each in current.fields if each.field_id == field.field_id), None)
    return now if now and "." not in now.name else None


def _day_of(node: exp.Expr) -> exp.Column | None:
    if isinstance(node, exp.Cast) and node.to.is_type(exp.DType.DATE):
        inner = node.this.unnest()
    elif isinstance(node, exp.Anonymous) and node.name.lower() == "date" and len(node.expressions) == 1:
        inner = node.expressions[0].unnest()
    else:
        return None
    return inner if isinstance(inner, exp.Column) else None


def _as(type_: IcebergType, value: Any) -> Any:
    """Return a value of a column's type that compares as the query's does; None when there is none."""
    for kind, convert in _CONVERSIONS.items():
        if isinstance(type_, kind):
            return convert(type_, value)
    return None


def _number(_: IcebergType, value: Any) -> int | None:
    return value if type(value) is int and -(2**63) <= value < 2**63 else None


def _double(_: IcebergType, value: Any) -> float | None:
    return float(value) if type(value) in (int, float, Decimal) else None


def _decimal(type_: Any, value: Any) -> Decimal | None:
    if type(value) not in (int, Decimal):
        return None
    scaled = Decimal(value).scaleb(type_.scale)
    exact = scaled == scaled.to_integral_value() and abs(scaled) < 10**type_.precision
    return Decimal(value).quantize(Decimal(1).scaleb(-type_.scale)) if exact else None


def _time(_: IcebergType, value: Any) -> str | None:
    if type(value) is date:
        value = datetime.combine(value, time())
    return value.isoformat() if isinstance(value, datetime) and value.tzinfo is None else None


def _zoned(_: IcebergType, value: Any) -> str | None:
    if type(value) is date:
        value = datetime.combine(value, time())
    if not isinstance(value, datetime):
        return None
    return value.replace(tzinfo=UTC).isoformat() if value.tzinfo is None else value.astimezone(UTC).isoformat()


_CONVERSIONS: dict[type[IcebergType], Callable[[Any, Any], Any]] = {
    BooleanType: lambda _, value: value if isinstance(value, bool) else None,
    IntegerType: _number,
    LongType: _number,
    DoubleType: _double,
    DecimalType: _decimal,
    StringType: lambda _, value: value if isinstance(value, str) else None,
    DateType: lambda _, value: value if type(value) is date else None,
    TimestampType: _time,
    TimestamptzType: _zoned,
}
