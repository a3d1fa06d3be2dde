"""The values that a text may have of a person: what a bad row says is in no column, so that all of it is looked at."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import unquote_plus

import msgspec

# From the outermost parts of a text to the innermost: lines, fields, parts of forms and addresses, words.
_CUTS: Final = tuple(map(re.compile, (r"[\r\n]+", r"[\t;|,]+", r"[&?#/=]+", r"""[\s:"'{}\[\]()<>\\]+""")))
_QUOTED: Final = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_MOST_NESTED: Final = 4
_decode_json = msgspec.json.Decoder(strict=True, float_hook=str).decode


def values(text: str, *, nested: int = 0) -> Iterator[str]:
    """Yield every value that a text may have: of JSON each scalar and name, of other text each part at each cut.

    Texts inside are looked at, too: JSON in JSON, percent-encoding, base64.
    """
    yield text
    if nested >= _MOST_NESTED:
        return
    tree = _tree(text)
    if isinstance(tree, dict | list):
        for scalar in _scalars(tree):
            yield from values(scalar, nested=nested + 1)
        return
    for quoted in _QUOTED.findall(text):  # of JSON that was cut
        yield from _unescaped(quoted)
    yield from _parts(text, 0)
    if (plain := unquote_plus(text)) != text:
        yield from values(plain, nested=nested + 1)
    if _BASE64.fullmatch(text) and (inner := decoded(text)) is not None:
        yield from values(inner, nested=nested + 1)


def decoded(text: str) -> str | None:
    """Return what base64 text holds, byte for byte where it is no UTF-8; None if it is no base64."""
    try:
        content = base64.b64decode(text.translate(str.maketrans("-_", "+/")) + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _tree(text: str) -> Any:
    if not text.lstrip().startswith(("{", "[", '"')):
        return None
    try:
        tree = _decode_json(text)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return None
    return [tree] if isinstance(tree, str) else tree


def _scalars(tree: Any) -> Iterator[str]:
    waiting = [tree]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += each.keys()
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
        elif each is not None and not isinstance(each, bool):
            yield str(each)


def _unescaped(quoted: str) -> Iterator[str]:
    yield quoted
    if "\\" in quoted and isinstance(tree := _tree(f'"{quoted}"'), list):
        yield from map(str, tree)


def _parts(text: str, cut: int) -> Iterator[str]:
    """Yield the parts of a text at a cut and at those inside it."""
    if cut == len(_CUTS):
        return
    parts = [part.strip() for part in _CUTS[cut].split(text)]
    for part in parts:
        if part and part != text:
            yield part
            if (bare := part.strip("\"'")) != part:
                yield bare
            if "%" in part or "+" in part:
                yield unquote_plus(part)
        if part:
            yield from _parts(part, cut + 1)
