"""S3's notifications: the raw objects that a queue message names."""

from __future__ import annotations

from urllib.parse import quote_plus, unquote_plus

import msgspec


class _Object(msgspec.Struct, frozen=True):
    key: str


class _S3(msgspec.Struct, frozen=True):
    object: _Object


class _Record(msgspec.Struct, frozen=True):
    s3: _S3


class _Notification(msgspec.Struct, frozen=True):
    records: list[_Record] = msgspec.field(default_factory=list, name="Records")


_decode = msgspec.json.Decoder(_Notification).decode


def raw_keys(message: str) -> list[str]:
    """Return the object keys of one S3 notification; S3's test message has none.

    Raises
    ------
    msgspec.MsgspecError
        The message is not an S3 notification.
    """
    return [unquote_plus(record.s3.object.key) for record in _decode(message).records]


def notification(raw_key: str) -> str:
    """Return a queue message that names one raw object, as S3 writes it: the inverse of `raw_keys`."""
    return msgspec.json.encode({"Records": [{"s3": {"object": {"key": quote_plus(raw_key, safe="/")}}}]}).decode()
