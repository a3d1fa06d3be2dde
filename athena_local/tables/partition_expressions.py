"""The `Expression` of Glue's GetPartitions: conditions on partition keys."""

import operator
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlglot import exp
from sqlglot.errors import SqlglotError

from athena_local.tables.partition_names import NO_VALUE

_INTEGERS = ("tinyint", "smallint", "int", "integer", "bigint", "long")
_COMPARISONS: Mapping[type[exp.Expr], Callable[[Any, Any], bool]] = {
    exp.EQ: operator.eq,
    exp.NEQ: operator.ne,
    exp.LT: operator.lt,
    exp.LTE: operator.le,
    exp.GT: operator.gt,
    exp.GTE: operator.ge,
}
_WHOLE_PATTERN = {"%": ".*", "_": "."}


class ExpressionError(ValueError):
    """An expression that cannot be read, or that this endpoint does not answer."""


class PartitionExpression:
    """A condition on the values of partitions.

    Parameters
    ----------
    text
        Such as ``day >= '2026-11-20' AND region IN ('eu', 'us')``.
    keys
        The Hive types of the partition keys, by name, in their order.

    Raises
    ------
    ExpressionError
        It cannot be read, or names something else than these keys.
    """

    def __init__(self, text: str, keys: Mapping[str, str]) -> None:
        try:
            self._tree = exp.condition(text, dialect="hive")
        except SqlglotError as error:
            raise ExpressionError(f"Unsupported expression '{text}'") from error
        self._text = text
        self._keys = keys

    def keeps(self, values: tuple[str, ...]) -> bool:
        """Tell whether a partition with these values satisfies the condition."""
        row = dict(zip(self._keys, values, strict=True))
        return self._truth(self._tree, row) is True

    def _truth(self, node: exp.Expr, row: Mapping[str, str]) -> bool | None:
        """Return a condition's value; None for SQL's NULL."""
        match node:
            case exp.Paren():
                return self._truth(node.this, row)
            case exp.And() | exp.Or():
                sides = {self._truth(node.this, row), self._truth(node.expression, row)}
                decisive = isinstance(node, exp.Or)
                return decisive if decisive in sides else None if None in sides else not decisive
            case exp.Not():
                truth = self._truth(node.this, row)
                return None if truth is None else not truth
            case exp.Is(expression=exp.Null()) if not node.args.get("negate"):
                return self._operands(row, node.this)[0] is None
        truth = self._compared(node, row)
        return None if truth is None else truth is not bool(node.args.get("negate"))

    def _compared(self, node: exp.Expr, row: Mapping[str, str]) -> bool | None:
        match node:
            case exp.Between() if not node.args.get("symmetric"):
                value, low, high = self._operands(row, node.this, node.args["low"], node.args["high"])
                return None if value is None else bool(low <= value <= high)
            case exp.In() if node.expressions:
                value, *choices = self._operands(row, node.this, *node.expressions)
                return None if value is None else value in choices
            case exp.Like(this=exp.Column()):
                value, pattern = self._operands(row, node.this, node.expression)
                if value is not None and not isinstance(value, str):
                    raise self._unsupported()
                return None if value is None else _like(value, pattern)
        compare = _COMPARISONS.get(type(node))
        if compare is None:
            raise self._unsupported()
        left, right = self._operands(row, node.this, node.expression)
        return None if left is None or right is None else compare(left, right)

    def _operands(self, row: Mapping[str, str], *nodes: exp.Expr) -> list[Any]:
        """Return the values of one key and of literals, as that key's type has them."""
        keys = [node for node in nodes if isinstance(node, exp.Column)]
        name = keys[0].name.lower() if len(keys) == 1 and not keys[0].table else ""
        if name not in self._keys:
            raise self._unsupported()
        return [self._value(node, self._keys[name], row.get(name, "")) for node in nodes]

    def _value(self, node: exp.Expr, type_: str, value: str) -> Any:
        if isinstance(node, exp.Column):
            return None if value == NO_VALUE else self._typed(value, type_)
        bare = node.this if isinstance(node, (exp.Cast, exp.TsOrDsToDate)) else node
        literal = bare.this if isinstance(bare, exp.Neg) else bare
        is_number = type_ in _INTEGERS or type_.startswith("decimal")
        if not isinstance(literal, exp.Literal) or literal.is_string == is_number:
            raise self._unsupported()
        return self._typed(f"-{literal.this}" if literal is not bare else literal.this, type_)

    def _typed(self, text: str, type_: str) -> Any:
        try:
            if type_ in _INTEGERS:
                return int(text)
            if type_.startswith("decimal"):
                return Decimal(text)
            if type_ == "date":
                return date.fromisoformat(text)
            if type_ == "timestamp":
                return datetime.fromisoformat(text)
        except ArithmeticError as error:
            raise self._unsupported() from error
        except ValueError as error:
            raise self._unsupported() from error
        if type_.partition("(")[0] not in ("string", "varchar", "char"):
            raise self._unsupported()
        return text

    def _unsupported(self) -> ExpressionError:
        return ExpressionError(f"Unsupported expression '{self._text}'")


def _like(value: str, pattern: str) -> bool:
    return (
        re.fullmatch("".join(_WHOLE_PATTERN.get(each, re.escape(each)) for each in pattern), value, re.DOTALL)
        is not None
    )
