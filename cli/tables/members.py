"""The members inside JSON texts: how many texts have each, and some of its values."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from thermocline.events.members import UNREADABLE

Path = tuple[str, ...]

_MOST_PATHS = 2_000
_MOST_VALUES = 1_000
_NULL = msgspec.Raw(b"null")
_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


class Member:
    """One member.

    Attributes
    ----------
    texts
        Count of the texts that have a value of it that is not null.
    objects
        Count of those whose value is an object, which has members of its own.
    values
        JSON of the first values.
    """

    def __init__(self) -> None:
        self.texts = 0
        self.objects = 0
        self.values: list[str] = []

    def add(self, raw: msgspec.Raw) -> None:
        """Add a value."""
        self.texts += 1
        self.objects += bytes(raw).startswith(b"{")
        if len(self.values) < _MOST_VALUES:
            self.values.append(str(raw, "utf-8"))


def members_of(texts: Iterable[str | None]) -> dict[Path, Member]:
    """Return the members of JSON objects by their paths, at any depth; an array is one value.

    A member that is always an object is left out, because its own members stand for it.
    """
    members: dict[Path, Member] = {}
    for text in texts:
        if text is not None:
            _add(members, (), msgspec.Raw(text.encode()))
    return {path: member for path, member in members.items() if member.objects < member.texts}


def _add(members: dict[Path, Member], path: Path, raw: msgspec.Raw) -> None:
    try:
        inside = _decode_members(raw)
    except UNREADABLE:
        return
    for name, value in inside.items():
        if value == _NULL or not name:
            continue
        if bytes(value).startswith(b"{"):
            _add(members, (*path, name), value)
        if (*path, name) in members or len(members) < _MOST_PATHS:
            members.setdefault((*path, name), Member()).add(value)
