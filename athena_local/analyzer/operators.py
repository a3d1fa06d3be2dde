"""The types of Trino's operators, and which operands they refuse."""

from collections.abc import Sequence

from athena_local.analyzer.char_values import refuse_mixed
from athena_local.analyzer.coercions import INTEGERS, NUMBERS, TEXTS, common, comparable, orderable, summed
from athena_local.analyzer.trino_types import BOOLEAN, UNKNOWN_LENGTH, VARCHAR, Type, array
from athena_local.errors import QueryError

_INTERVALS = ("interval day to second", "interval year to month")
_MOMENTS = ("date", "time", "timetz", "timestamp", "timestamptz")


def mismatch(message: str) -> QueryError:
    """Return the error for operands of the wrong type."""
    return QueryError("TYPE_MISMATCH", message)


def boolean(type_: Type | None, what: str) -> None:
    """Refuse a condition that is not true or false."""
    if type_ is not None and type_.name not in ("boolean", "unknown"):
        raise mismatch(f"{what} must evaluate to a boolean (actual: {type_})")


def joint(types: Sequence[Type | None], what: str, *, compared_only: bool = False) -> Type | None:
    """Return the common type of several values; None when one of them cannot be told.

    Parameters
    ----------
    compared_only
        Whether the values stay what they are.
    """
    if not compared_only:
        refuse_mixed(types, what)
    result: Type | None = Type("unknown")
    refused = None
    for type_ in types:
        if type_ is None or result is None:
            result = None
            continue
        merged = common(result, type_)
        if merged is None:
            refused = refused or (result, type_)
            continue
        result = merged
    if refused:
        raise mismatch(f"{what} must be the same type or coercible to a common type: {refused[0]} and {refused[1]}")
    return result


def compared(a: Type | None, b: Type | None, operator: str) -> Type:
    """Return boolean, or refuse two values that Trino does not compare."""
    if a is not None and b is not None:
        shared = common(a, b)
        allowed = shared and (comparable(shared) if operator in ("=", "<>", "IS DISTINCT FROM") else orderable(shared))
        if not allowed:
            raise mismatch(f"Cannot apply operator: {a} {operator} {b}")
    return BOOLEAN


def arithmetic(a: Type | None, b: Type | None, operator: str) -> Type | None:
    """Return the type of a sum, difference, product, quotient or remainder."""
    if a is None or b is None:
        _arithmetic_side(a or b, operator)
        return None
    if a.name == b.name == "unknown":
        raise QueryError("AMBIGUOUS_FUNCTION_CALL", "Could not choose a best candidate operator.")
    if "unknown" in (a.name, b.name):
        other = b if a.name == "unknown" else a
        _arithmetic_side(other, operator)
        return other if other.name in (*INTEGERS, "real", "double") else None
    if a.name in NUMBERS and b.name in NUMBERS:
        return summed(a, b, operator)
    moment = _moment(a, b, operator)
    if moment is None:
        raise mismatch(f"Cannot apply operator: {a} {operator} {b}")
    return moment


def _arithmetic_side(type_: Type | None, operator: str) -> None:
    if type_ is not None and type_.name not in (*NUMBERS, *_INTERVALS, *_MOMENTS, "unknown", "function"):
        raise mismatch(f"Cannot apply operator: {operator} on {type_}")


def _moment(a: Type, b: Type, operator: str) -> Type | None:
    if operator == "+" and a.name in _INTERVALS and b.name in _MOMENTS:
        a, b = b, a
    if operator in "+-" and a.name in _MOMENTS and b.name in _INTERVALS:
        fraction = b.name == _INTERVALS[0] and a.name.startswith("time")
        return Type(a.name, (max(3, *a.numbers),)) if fraction else a
    if operator in "+-" and a == b and a.name in _INTERVALS:
        return a
    if operator == "-" and a.name in _MOMENTS and b.name in _MOMENTS and common(a, b):
        return Type(_INTERVALS[0])
    if operator in "*/" and a.name in _INTERVALS and b.name in NUMBERS:
        return a
    if operator == "*" and a.name in NUMBERS and b.name in _INTERVALS:
        return b
    return None


def concatenated(a: Type | None, b: Type | None) -> Type | None:
    """Return the type of ``a || b``."""
    if a is None or b is None:
        known = a or b
        if known is not None and known.name not in (*TEXTS, "varbinary", "unknown", "array"):
            raise _no_concat(a, b)
        return None
    if a.name in TEXTS and b.name in TEXTS:
        return _text(a, b)
    if a.name == b.name == "varbinary":
        return a
    if "array" in (a.name, b.name) and "unknown" not in (a.name, b.name):
        return _arrays(a, b)
    if a.name == b.name == "unknown":
        raise QueryError("AMBIGUOUS_FUNCTION_CALL", "Could not choose a best candidate operator.")
    if "unknown" in (a.name, b.name):
        if "array" in (a.name, b.name):
            raise QueryError("AMBIGUOUS_FUNCTION_CALL", "Could not choose a best candidate operator.")
        return array(b if a.name == "unknown" else a) if (a.name in TEXTS or b.name in TEXTS) else None
    raise _no_concat(a, b)


def _arrays(a: Type, b: Type) -> Type | None:
    if a.name == b.name:
        if a != b and "unknown" in (a.items[0].name, b.items[0].name):
            raise QueryError("AMBIGUOUS_FUNCTION_CALL", "Could not choose a best candidate operator.")
        shared = common(a, b)
    else:
        whole, item = (a, b) if a.name == "array" else (b, a)
        shared = common(whole, array(item))
    if shared is None:
        both = a.name == b.name == "array"
        nested = both and (common(a, array(b)) or common(array(a), b))
        if not nested:
            raise _no_concat(a, b)
        return nested or None
    return shared


def _text(a: Type, b: Type) -> Type:
    if not a.numbers or not b.numbers:
        return VARCHAR
    name = "char" if a.name == b.name == "char" else "varchar"
    if UNKNOWN_LENGTH in (*a.numbers, *b.numbers):
        return Type(name, (UNKNOWN_LENGTH,))
    return VARCHAR if name == "varchar" else Type(name, (a.numbers[0] + b.numbers[0],))


def _no_concat(a: Type | None, b: Type | None) -> QueryError:
    return QueryError("FUNCTION_NOT_FOUND", f"Unexpected parameters ({a}, {b}) for function concat")


def subscript(base: Type | None, index: Type | None) -> Type | None:
    """Return the type of an element of an array or a map."""
    if base is None or base.name in ("unknown", "row"):
        return None
    if base.name == "array":
        fits = index is None or index.name in (*INTEGERS, "unknown")
    elif base.name == "map":
        fits = index is None or common(base.items[0], index) is not None
    else:
        raise mismatch(f"Cannot use {index} for subscript of {base}")
    if not fits:
        raise mismatch(f"Cannot use {index} for subscript of {base}")
    return base.items[-1]


def negated(type_: Type | None) -> Type | None:
    """Return the type of ``-x``."""
    if type_ is None or type_.name in (*NUMBERS, *_INTERVALS):
        return type_
    if type_.name == "unknown":
        raise QueryError("AMBIGUOUS_FUNCTION_CALL", "Could not choose a best candidate operator.")
    raise mismatch(f"Cannot negate {type_}")
