"""Values that the database did not log because they did not change (TOAST), in every form of Debezium's marker.

The marker takes the type of its column. Source: ``UnchangedToastedPlaceholder`` and ``PostgresValueConverter`` of
Debezium 3, https://github.com/debezium/debezium/tree/main/debezium-connector-postgres
"""

from __future__ import annotations

import base64

import msgspec

MARKER = "__debezium_unavailable_value"
_BYTES = MARKER.encode()
_NUMBERS = list(_BYTES)
# Java's UUID.nameUUIDFromBytes of the marker.
_UUID = "b68a35a7-17ad-35b3-af2a-ae46edb4545a"
_BASE64 = base64.b64encode(_BYTES).decode()
_TEXTS = frozenset((MARKER, _BASE64, _BASE64.rstrip("="), _BYTES.hex(), _BYTES.hex().upper()))
_AS_WRITTEN = frozenset(msgspec.json.encode(text) for text in _TEXTS)
# A marker as 28 numbers, one per line, deeply indented.
_LONGEST = 2048


def is_unavailable(value: bytes) -> bool:
    """Tell whether a column's JSON value is Debezium's marker, in any type and however it is written."""
    if value in _AS_WRITTEN:
        return True
    if len(value) > _LONGEST or not value.startswith((b'"', b"[", b"{")):
        return False
    if value.startswith(b'"'):
        return b"\\" in value and _is_text(_decoded(value))
    return _is_nested(_decoded(value))


def _decoded(json: bytes | str) -> object:
    try:
        return msgspec.json.decode(json)
    except (msgspec.MsgspecError, RecursionError):
        return None  # what cannot be decoded, such as the number 1e999, is no marker


def _is_text(text: object) -> bool:
    """Tell whether a text is the marker; an hstore is JSON in a string, unless ``hstore.handling.mode`` is ``map``."""
    if not isinstance(text, str):
        return False
    return text in _TEXTS or (text.lstrip().startswith("{") and _is_map(_decoded(text)))


def _is_map(value: object) -> bool:
    return value == {MARKER: MARKER}


def _is_nested(value: object) -> bool:
    """Tell whether a value is the marker as an array or a map; an array's only value may be the marker, too."""
    if not isinstance(value, list):
        return _is_map(value)
    if len(value) != 1:
        return value == _NUMBERS
    (only,) = value
    if isinstance(only, str):
        return only in _TEXTS or only.lower() == _UUID
    return _is_nested(only)
