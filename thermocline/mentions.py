"""The values that a text may have of a person: what a bad row says is in no column, so that all of it is looked at."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import unquote_plus

import msgspec

_ATOM: Final = re.compile(r"""[^\s\x00-\x1f\x7f\ufffd"'<>()\[\]{},;|&?#=/\\:.]+""")
_MOST_ATOMS: Final = 10
"""A value that stands in other text has at most so many parts, e.g. four of ``ann.lee@example.com/7``."""
_QUOTED: Final = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{2,}={0,2}")
_MOST_NESTED: Final = 4
_decode_json = msgspec.json.Decoder(strict=True, float_hook=str).decode


def values(text: str, *, nested: int = 0) -> Iterator[str]:
    """Yield every value that a text may have: of JSON each scalar and name, of other text each run of its parts.

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
    yield from _runs(text)
    if (plain := unquote_plus(text)) != text:
        yield from values(plain, nested=nested + 1)
    if _BASE64.fullmatch(text) and (inner := _decoded(text)) is not None:
        yield from values(inner, nested=nested + 1)


def _decoded(text: str) -> str | None:
    """Return what base64 text holds, with a mark for what is no UTF-8; None if it is no base64."""
    try:
        content = base64.b64decode(text.translate(str.maketrans("-_", "+/")) + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    return content.decode(errors="replace")


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


def _runs(text: str) -> Iterator[str]:
    """Yield every run of the parts of a text, with what stands between them: nothing tells where a value ends."""
    spans = [match.span() for match in _ATOM.finditer(text)]
    for first, (start, _) in enumerate(spans):
        for _, end in spans[first : first + _MOST_ATOMS]:
            yield text[start:end]
