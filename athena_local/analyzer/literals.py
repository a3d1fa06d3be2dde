"""The types of constants."""

import re

from sqlglot import exp

from athena_local.analyzer.trino_types import (
    BIGINT,
    DOUBLE,
    INTEGER,
    Type,
)
from athena_local.errors import QueryError


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


def unicode_literal(node: exp.UnicodeString) -> Type:
    """Return the type of ``U&'…'``: each escape is one character."""
    given = node.args.get("escape")
    escape = re.escape(given.name if isinstance(given, exp.Expr) else "\\")
    pattern = rf"{escape}(?:{escape}|\+[0-9A-Fa-f]{{6}}|[0-9A-Fa-f]{{4}})"
    return Type("varchar", (len(re.sub(pattern, "x", str(node.this))),))


def whole(number: int) -> Type:
    """Return the type of a whole number that is written in a query."""
    if not -(2**63) <= number < 2**63:
        raise QueryError("SYNTAX_ERROR", f"Invalid numeric literal: {number}")
    return INTEGER if -(2**31) <= number < 2**31 else BIGINT


def decimal_of(text: str) -> Type:
    """Return the decimal type of digits as they are written."""
    whole, _, fraction = text.lstrip("+-").partition(".")
    return Type("decimal", (max(len(whole.lstrip("0")) + len(fraction), 1), len(fraction)))


def check_literal(text: str, target: Type | None) -> None:
    """Refuse a typed literal whose text its type cannot have."""
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


def time_literal_type(text: str, target: Type) -> Type:
    """Return a literal's type: as many digits of a second as it has, and a zone if it has one."""
    clock = re.search(r"\d:\d\d(?::\d\d(?:\.(\d+))?)?(.*)$", text)
    digits, rest = (clock.group(1) or "", clock.group(2).strip()) if clock else ("", "")
    return Type(f"{target.name.removesuffix('tz')}{'tz' if rest else ''}", (len(digits),))
