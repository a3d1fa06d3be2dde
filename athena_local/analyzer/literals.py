"""The types of constants."""

import re
from ipaddress import ip_address

from sqlglot import exp

from athena_local.analyzer.trino_types import (
    BIGINT,
    DOUBLE,
    INTEGER,
    Type,
)
from athena_local.errors import QueryError

_HEXADECIMAL = "0123456789abcdefABCDEF"
_FLOATING = re.compile(r"[+-]?(Infinity|NaN|(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[fFdD]?)")


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
    if isinstance(given, exp.Expr) and (len(given.name) != 1 or given.name in "+'\" " or given.name in _HEXADECIMAL):
        raise QueryError("SYNTAX_ERROR", f"line 1:1: Invalid Unicode escape character: {given.name}")
    escape = re.escape(given.name if isinstance(given, exp.Expr) else "\\")
    pattern = rf"{escape}(?:{escape}|\+[0-9A-Fa-f]{{6}}|[0-9A-Fa-f]{{4}})"
    for each in re.finditer(rf"{pattern}|{escape}", str(node.this)):
        _check_escape(each[0])
    return Type("varchar", (len(re.sub(pattern, "x", str(node.this))),))


def _check_escape(text: str) -> None:
    if len(text) == 1:
        raise QueryError("SYNTAX_ERROR", "line 1:1: Incomplete escape sequence")
    digits = text.lstrip(text[0]).lstrip("+")
    if digits and (int(digits, 16) > 0x10FFFF or 0xD800 <= int(digits, 16) < 0xE000):
        raise QueryError("SYNTAX_ERROR", f"line 1:1: Invalid escaped character: {digits}")


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
    elif target.name == "boolean":
        valid = text.lower() in ("t", "true", "1", "f", "false", "0")
    elif target.name == "uuid":
        valid = re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text) is not None
    elif target.name == "ipaddress":
        valid = _is_address(text)
    elif target.name in ("double", "real"):
        valid = _FLOATING.fullmatch(text.strip()) is not None
    if not valid:
        raise QueryError("INVALID_LITERAL", f"'{text}' is not a valid {target.name.upper()} literal")


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def time_literal_type(text: str, target: Type) -> Type:
    """Return a literal's type: as many digits of a second as it has, and a zone if it has one."""
    clock = re.search(r"\d:\d\d(?::\d\d(?:\.(\d+))?)?(.*)$", text)
    digits, rest = (clock.group(1) or "", clock.group(2).strip()) if clock else ("", "")
    return Type(f"{target.name.removesuffix('tz')}{'tz' if rest else ''}", (len(digits),))
