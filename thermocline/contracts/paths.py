"""Paths of members: ``address.city``, and ``properties."unit.price"`` for a name with a dot or another odd character.

A quoted name is a JSON string, so that every name can be written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import msgspec

_BARE: Final = re.compile(r"[^.\"\s\\]+")
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
_PLAIN: Final = re.compile(r"[A-Za-z0-9_$@-]+")


def split_path(path: str) -> tuple[str, ...]:
    """Return the names of the members on a path, outermost first.

    Raises
    ------
    ValueError
        The path has another form.
    """
    names: list[str] = []
    end = -1
    while end < len(path):
        match = _QUOTED.match(path, end + 1) or _BARE.match(path, end + 1)
        if match is None or path[match.end() : match.end() + 1] not in ("", "."):
            raise ValueError(f'{path!r} is not a path such as address.city or properties."unit.price"')
        names.append(_name(match[0]))
        end = match.end()
    return tuple(names)


def join_path(names: Iterable[str]) -> str:
    """Return the path through these members, which `split_path` reads back."""
    return ".".join(name if _PLAIN.fullmatch(name) else msgspec.json.encode(name).decode() for name in names)


def _name(text: str) -> str:
    if not text.startswith('"'):
        return text
    try:
        return msgspec.json.decode(text, type=str)
    except msgspec.DecodeError:
        raise ValueError(f"{text} is not a JSON string") from None
