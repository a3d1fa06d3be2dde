"""JSON values as the text that OpenX's SerDe puts into a column of texts."""

import re
from decimal import Decimal

from athena_local.formats.lenient_json import Literal
from athena_local.formats.values import in_range, integer

_HEXADECIMAL = re.compile(r"0[xX]([0-9a-fA-F]+)")
_OCTAL = re.compile(r"0([0-7]+)")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,10})?")
_ESCAPED = re.compile(r'["\\\x00-\x1f]|(?<=<)/')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "/": "\\/", "\t": "\\t", "\b": "\\b", "\n": "\\n", "\r": "\\r", "\f": "\\f"}


def text_of(value: object) -> str:
    """Return a value's text: a text as it is, a number in its canonical form, and JSON for the rest."""
    if isinstance(value, Literal | bool):
        return _canonical(value) or str(value)
    return value if isinstance(value, str) else json_of(value)


def json_of(value: object) -> str:
    """Return a value as JSON without spaces."""
    if value is None:
        return "null"
    if isinstance(value, dict):
        return "{" + ",".join(f"{_quoted(key)}:{json_of(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(json_of, value)) + "]"
    if isinstance(value, Literal | bool) and (canonical := _canonical(value)) is not None:
        return canonical
    return _quoted(str(value))


def whole_number(text: str) -> int:
    """Return a whole number of 64 bits, which may be hexadecimal (``0x1F``) or octal (``017``)."""
    if match := _HEXADECIMAL.fullmatch(text):
        return in_range(int(match.group(1), 16), 64)
    if match := _OCTAL.fullmatch(text):
        return in_range(int(match.group(1), 8), 64)
    return integer(text, 64)


def _canonical(word: str | bool) -> str | None:
    text = str(word)
    if text.lower() in ("true", "false"):
        return text.lower()
    try:
        return str(whole_number(text))
    except ValueError:
        return str(Decimal(text)) if _NUMBER.fullmatch(text) else None


def _quoted(text: str) -> str:
    return '"' + _ESCAPED.sub(lambda match: _ESCAPES.get(match.group(), f"\\u{ord(match.group()):04x}"), text) + '"'
