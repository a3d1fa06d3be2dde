"""What an event's fingerprint hashes: its JSON, however it is spelt, without what clients change on a retry.

Two spellings of one JSON value (order of members, white space, escapes, ``1.0`` or ``1.00``) are one event: some
clients keep what they could not deliver as a dictionary and write it anew. ADR 0023 lists what each protocol leaves
out, and the client's source that says so.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

_UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_decode = msgspec.json.Decoder().decode
_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
encode_sorted = msgspec.json.Encoder(order="sorted").encode


def identity_of(raw: bytes, left_out: Iterable[str] = ()) -> bytes:
    """Return the bytes that a fingerprint hashes for an event as sent.

    What is not JSON is returned as it is.

    Parameters
    ----------
    left_out
        Members at the root that do not count.
    """
    try:
        value = _decode(raw)
        return identity_of_value(value, encode_sorted(value), left_out)
    except _UNREADABLE:
        return _without_members(raw, left_out)


def identity_of_value(value: object, text: bytes, left_out: Iterable[str]) -> bytes:
    """Return them for a decoded event, whose sorted JSON is `text`; members left out are removed from `value`, too."""
    if not isinstance(value, dict):
        return text
    counted = len(value)
    for name in left_out:
        value.pop(name, None)
    return text if len(value) == counted else encode_sorted(value)


def _without_members(raw: bytes, left_out: Iterable[str]) -> bytes:
    """Return an event's sorted members, each as sent, where a number beyond every double cannot be decoded."""
    try:
        members = _decode_members(raw)
        return encode_sorted({name: value for name, value in members.items() if name not in left_out})
    except _UNREADABLE:
        return raw
