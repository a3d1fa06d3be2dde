"""Open-ended JSON: kept to the letter as text, with a few known members read out of it.

The text is the producer's own, so that no number loses a digit; what is read out is best effort, because a strange
`properties` is no reason to refuse an event.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from thermocline.ingest.protocols.json_body import JSON_ERRORS

T = TypeVar("T", bound=msgspec.Struct)
EMPTY = msgspec.Raw(b"")
_NOTHING = ("", "null", "{}", "[]")
_LONGEST_NOTHING = max(map(len, _NOTHING))
_decode_scalar = msgspec.json.Decoder(str | int | float | None).decode


def text_of(raw: msgspec.Raw) -> str | None:
    """Return the JSON text of an object or array, or None when there is nothing in it."""
    return None if raw is EMPTY else _something(str(raw, "utf-8"))


def scalar_of(raw: msgspec.Raw) -> str | int | float | None:
    """Return a JSON text or number; of anything else its JSON, which is no time."""
    if raw is EMPTY:
        return None
    try:
        scalar: str | int | float | None = _decode_scalar(raw)
    except JSON_ERRORS:
        return str(bytes(raw), "utf-8", "replace")
    return scalar


def reader_of(kind: type[T]) -> Callable[[msgspec.Raw], T]:
    """Return a function that reads the known members of open-ended JSON; those of the wrong type count as absent."""
    decode = msgspec.json.Decoder(kind).decode

    def read(raw: msgspec.Raw) -> T:
        if raw is EMPTY:
            return kind()
        try:
            return decode(raw)
        except JSON_ERRORS:
            return _read_each(raw, kind)

    return read


class _Client(msgspec.Struct, frozen=True):
    """The members in which clients pass on the end user's address."""

    ip: str | None = None
    dollar_ip: str | None = msgspec.field(default=None, name="$ip")
    ip_address: str | None = None
    ip_address_camel: str | None = msgspec.field(default=None, name="ipAddress")
    client_ip: str | None = None
    client_ip_camel: str | None = msgspec.field(default=None, name="clientIp")


_read_client = reader_of(_Client)


def client_address(raw: msgspec.Raw) -> str | None:
    """Return the end user's address in a context, or None."""
    return next(filter(None, msgspec.structs.astuple(_read_client(raw))), None)


def _something(text: str) -> str | None:
    return None if len(text) <= _LONGEST_NOTHING and text in _NOTHING else text


def _read_each(raw: msgspec.Raw, kind: type[T]) -> T:
    try:
        members = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    except JSON_ERRORS:
        return kind()
    values = {}
    for field in msgspec.structs.fields(kind):
        if field.encode_name in members:
            try:
                values[field.name] = msgspec.json.decode(members[field.encode_name], type=field.type)
            except JSON_ERRORS:
                continue
    return kind(**values)
