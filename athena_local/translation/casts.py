"""CAST from a type that the check of types told, where DuckDB's means something else."""

import json
from collections.abc import Callable
from typing import Any, Final

from sqlglot import exp

from athena_local.analyzer.coercions import INTEGERS, TEXTS
from athena_local.analyzer.trino_types import SOURCE, Type, from_tree
from athena_local.errors import QueryError
from athena_local.syntax.calls import function

_MICROSECONDS: Final = 6


def duckdb_form(to: exp.DataType) -> exp.DataType:
    """Return a type without what DuckDB's types lack: precisions of times; decimals get their defaults."""
    for part in to.find_all(exp.DataType):
        if part.is_type(exp.DType.DECIMAL) and not part.expressions:
            part.set("expressions", [exp.DataTypeParam(this=exp.Literal.number(n)) for n in (38, 0)])
        elif part.is_type(exp.DType.DECIMAL) and len(part.expressions) == 1:
            part.append("expressions", exp.DataTypeParam(this=exp.Literal.number(0)))
        elif part.is_type(exp.DType.TIMESTAMP, exp.DType.TIMESTAMPTZ, exp.DType.TIME):
            part.set("expressions", [])  # DuckDB reads TIMESTAMP(3) as another type
    return to


def special_cast(node: exp.Cast) -> exp.Expr | None:
    """Return what a cast is in DuckDB; None when it is not special, or when its source is not known."""
    source: Type | None = node.meta.get(SOURCE)
    target = from_tree(node.to)
    if target is None or (source is None and target.name not in _OWN):
        return None
    kind = source or Type("")
    return next((cast(node, kind, target) for fits, cast in _SPECIAL if fits(kind, target)), None)


def _of_null(node: exp.Cast, _: Type, __: Type) -> exp.Expr:
    return exp.cast(exp.Null(), node.to.copy())


def _of_sketch(_: exp.Cast, source: Type, target: Type) -> exp.Expr:
    raise QueryError("NOT_SUPPORTED", f"the cast of {source} to {target} is not implemented offline")


def _of_numbers(source: Type, target: Type) -> exp.Expr:
    raise QueryError("NOT_SUPPORTED", f"the cast of {source} to {target} is not implemented offline")


def _to_char(node: exp.Cast, _: Type, target: Type) -> exp.Expr:
    length = exp.Literal.number(target.numbers[0])
    return function("char_padded", exp.cast(node.this, exp.DType.VARCHAR), length)


def _to_address(node: exp.Cast, source: Type, _: Type) -> exp.Expr:
    value: exp.Expr = node.this
    if source.name == "ipaddress":
        return value
    read = function("ip_from_bytes" if source.name == "varbinary" else "ip_read", value)
    return function("try", read) if isinstance(node, exp.TryCast) else read


def _of_address(node: exp.Cast, _: Type, target: Type) -> exp.Expr:
    return function("ip_text", node.this) if target.name == "varchar" else node.this


def _timestamp_to_json(node: exp.Cast, source: Type, _: Type) -> exp.Expr | None:
    if not source.numbers or source.numbers[0] > _MICROSECONDS:
        return None
    digits = exp.Literal.number(source.numbers[0])
    return function("cast_timestamp_json", node.this, digits)


def _to_real(node: exp.Cast, source: Type, _: Type) -> exp.Expr | None:
    return function("cast_to_real", node.this) if source.name == "double" else None


def _is_fraction(source: Type) -> bool:
    """Tell whether a decimal has all its digits behind the point."""
    return source.name == "decimal" and source.numbers[0] == source.numbers[1]


def _numbers_as_text(source: Type, target: Type) -> bool:
    if target.name == "varchar" and (source.name in ("double", "real") or _is_fraction(source)):
        return True
    return any(_numbers_as_text(a, b) for a, b in zip(source.items, target.items, strict=False))


def _nested(node: exp.Cast, source: Type, target: Type) -> exp.Expr | None:
    if source.name == "array" and not target.items[0].numbers and _numbers_as_text(source.items[0], target.items[0]):
        texts = "cast_decimals_texts" if source.items[0].name == "decimal" else "cast_numbers_texts"
        return function(texts, node.this) if not source.items[0].items else _of_numbers(source, target)
    if _numbers_as_text(source, target):
        return _of_numbers(source, target)
    return function("try", exp.Cast(this=node.this, to=node.to)) if isinstance(node, exp.TryCast) else None


def _from_json(node: exp.Cast, _: Type, target: Type) -> exp.Expr:
    """Return the cast of a text that Python has brought into the target's form."""
    read = "java_json_try_to" if isinstance(node, exp.TryCast) else "java_json_to"
    described = exp.Literal.string(json.dumps([str(target), _described(target)]))
    text = function(read, exp.cast(node.this, exp.DType.VARCHAR), described)
    return exp.Cast(this=exp.cast(text, exp.DType.JSON), to=duckdb_form(node.to))


def _described(type_: Type) -> list[Any]:
    if type_.name == "row":
        if None in type_.fields:
            raise QueryError(
                "NOT_SUPPORTED", "the cast of JSON to a row whose fields have no names is not implemented offline"
            )
        return ["row", [[name, _described(item)] for name, item in zip(type_.fields, type_.items, strict=True)]]
    return [type_.name, *type_.numbers, *map(_described, type_.items)]


def _to_text(node: exp.Cast, source: Type, target: Type) -> exp.Expr | None:
    text: exp.Expr
    if source.name in ("double", "real"):
        text = function("cast_number_text", node.this, function("cast_digits", node.this.copy()))
    elif source.name == "timestamp":
        if source.numbers[0] > _MICROSECONDS:
            raise QueryError("NOT_SUPPORTED", f"the text of a {source} is not implemented offline")
        text = function("cast_timestamp_text", node.this, exp.Literal.number(source.numbers[0]))
    elif source.name == "timestamptz" and _is_utc_literal(node.this) and source.numbers[0] <= _MICROSECONDS:
        local = function("cast_timestamp_text", node.this, exp.Literal.number(source.numbers[0]))
        text = exp.Paren(this=exp.DPipe(this=local, expression=exp.Literal.string(" UTC"), safe=False))
    elif source.name == "decimal":
        text = function("cast_decimal_text", node.this)
    elif target.numbers and target.name == "varchar" and source.name not in (*TEXTS, "unknown", "json", "timestamptz"):
        text = function("trino_varchar", node.this)
    else:
        return None
    if not target.numbers:
        return text
    fitting = "cast_fitting_or_null" if isinstance(node, exp.TryCast) else "cast_fitting"
    return function(fitting, text, exp.Literal.number(target.numbers[0]))


def _is_utc_literal(node: exp.Expr) -> bool:
    return isinstance(node, exp.Cast) and isinstance(node.this, exp.Literal) and node.this.name.endswith(" UTC")


# Which types a rule is for, and what it makes of the cast.
_OWN: Final = ("char", "ipaddress")
_SPECIAL: Final[tuple[tuple[Callable[[Type, Type], bool], Callable[[exp.Cast, Type, Type], exp.Expr | None]], ...]] = (
    (lambda source, _: source.name in ("hyperloglog", "setdigest"), _of_sketch),
    (lambda source, target: source.name == "timestamp" and target.name == "json", _timestamp_to_json),
    (lambda _, target: target.name == "char", _to_char),
    (lambda _, target: target.name == "ipaddress", _to_address),
    (lambda source, _: source.name == "ipaddress", _of_address),
    (lambda source, target: source.name == "json" and bool(target.items), _from_json),
    (lambda source, target: source.name == "unknown" and target.name in INTEGERS, _of_null),
    (lambda _, target: target.name in TEXTS, _to_text),
    (lambda source, target: source.name in ("double", "real") and target.name == "real", _to_real),
    (lambda source, target: bool(source.items and target.items), _nested),
)


def prepare(node: exp.Cast) -> None:
    """Change what is cast, in place, so that DuckDB's cast refuses what Trino's does."""
    source: Type | None = node.meta.get(SOURCE)
    target = from_tree(node.to)
    if source is None or target is None:
        return
    if source.name in TEXTS and target.name == "boolean":
        node.set("this", function("cast_boolean", node.this))
    elif source.name in TEXTS and target.name in ("double", "real"):
        node.set("this", function("cast_floating", node.this))
    elif source.name in TEXTS and target.name == "decimal":
        node.set("this", function("cast_decimal", node.this))
    elif source.name in TEXTS and target.name in INTEGERS:
        node.set("this", function("cast_ascii_digits", function("cast_trimmed", node.this)))
    elif source.name in ("double", "real") and target.name == "decimal":
        node.set("this", exp.cast(node.this, exp.DType.VARCHAR))
