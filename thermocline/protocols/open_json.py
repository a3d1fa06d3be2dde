"""Open-ended JSON: kept to the letter as text, with a few known members read out of it.

The text is the producer's own, so that no number loses a digit; what is read out is best effort, because a strange
`properties` is no reason to refuse an event.
"""

from __future__ import annotations

import re
from typing import TypeVar

import msgspec

from thermocline.protocols.json_body import JSON_ERRORS

T = TypeVar("T", bound=msgspec.Struct)
EMPTY = msgspec.Raw(b"")
_match_ip_member = re.compile(rb'"ip"\s*:\s*"[^"]*"\s*,\s*').match


def text_of(raw: msgspec.Raw) -> str | None:
    """Return the JSON text of an object or array, or None when there is nothing in it."""
    text = bytes(raw).decode()
    return None if text in ("", "null", "{}", "[]") else text


def read_known(raw: msgspec.Raw, kind: type[T]) -> T:
    """Return the known members of `raw`; those of the wrong type count as absent."""
    if not bytes(raw):
        return kind()
    try:
        return msgspec.json.decode(raw, type=kind)
    except JSON_ERRORS:
        return _read_each(raw, kind)


def without_member(raw: msgspec.Raw, name: str) -> msgspec.Raw:
    """Return `raw` without one of its members; the others keep their text."""
    text = bytes(raw)
    if name.encode() not in text and b"\\" not in text:  # a name may be written with escapes
        return raw
    try:
        members = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    except JSON_ERRORS:
        return raw
    members.pop(name, None)
    return msgspec.Raw(msgspec.json.encode(members))


def without_ip(raw: msgspec.Raw) -> msgspec.Raw:
    """Return `raw` without its member ``ip``; cutting it out of the text is four times faster than decoding."""
    text = bytes(raw)
    if b"\\" not in text:  # with escapes, the name may be written in other ways
        start = text.find(b'"ip"')
        if start < 0:
            return raw
        member = _match_ip_member(text, start)
        if member and text.find(b'"ip"', member.end()) < 0:
            return msgspec.Raw(text[:start] + text[member.end() :])
    return without_member(raw, "ip")


def _read_each(raw: msgspec.Raw, kind: type[T]) -> T:
    try:
        members = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    except JSON_ERRORS:
        return kind()
    found = {}
    for field in msgspec.structs.fields(kind):
        if field.encode_name in members:
            try:
                found[field.name] = msgspec.json.decode(members[field.encode_name], type=field.type)
            except JSON_ERRORS:
                continue
    return kind(**found)
