"""Syntax of text that is more than a call: JSON literals, SUBSTRING … FROM, TRIM."""

import re
from collections.abc import Callable
from typing import Any

from sqlglot import exp

from athena_local.errors import QueryError
from athena_local.syntax.calls import function
from athena_local.udf.json_text import canonical


def _json_literal(node: exp.ParseJSON) -> exp.Expr:
    text = str(node.this.this)
    try:
        return exp.cast(exp.Literal.string(canonical(text)), exp.DType.JSON)
    except QueryError as error:
        raise QueryError("INVALID_LITERAL", f"line 1:1: '{text}' is not a valid JSON literal") from error


def _substring(node: exp.Substring) -> exp.Expr:
    parts = [node.this, node.args.get("start") or exp.Literal.number(1), node.args.get("length")]
    return function("trino_substr", *(part for part in parts if part is not None))


def _trim(node: exp.Trim) -> exp.Expr:
    side = {"LEADING": "trino_ltrim", "TRAILING": "trino_rtrim"}.get(str(node.args.get("position") or "").upper())
    characters = node.args.get("expression")
    return function(side or "trino_trim", node.this, *([characters] if characters is not None else []))


def _check_escape(node: exp.Escape) -> None:
    """Refuse a pattern of LIKE in which the escape is not before a wildcard or itself."""
    pattern, escape = node.this.expression, node.expression
    if not (isinstance(pattern, exp.Literal) and isinstance(escape, exp.Literal)):
        return
    mark = str(escape.this)
    if len(mark) != 1:
        raise QueryError("INVALID_FUNCTION_ARGUMENT", "Escape string must be a single character")
    if re.search(f"{re.escape(mark)}(?![%_{re.escape(mark)}])", str(pattern.this).replace(mark * 2, "")):
        message = "Escape character must be followed by '%', '_' or the escape character itself"
        raise QueryError("INVALID_FUNCTION_ARGUMENT", message)


def _check_binary(node: exp.HexString) -> None:
    if len(str(node.this)) % 2:
        raise QueryError("SYNTAX_ERROR", "line 1:1: Binary literal must contain an even number of digits")


TEXT_CHANGES: dict[type[exp.Expr], Callable[[Any], exp.Expr | None]] = {
    exp.ParseJSON: _json_literal,
    exp.Substring: _substring,
    exp.Trim: _trim,
    exp.Escape: _check_escape,
    exp.HexString: _check_binary,
}
