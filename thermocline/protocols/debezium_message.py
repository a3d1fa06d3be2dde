"""The objects around a change: a schema with its payload, and a forwarder's key, value and topic.

A row may have columns of these names, so an object counts as one of them only if it has no other members and they have
the right types.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from thermocline.protocols.open_json import EMPTY

Members = dict[str, msgspec.Raw]

NULL = b"null"
_TOPIC_NAMES = ("topic", "destination")
# A record as Kafka's consumers, Connect and REST proxies name its parts.
_RECORD = {
    "key", "value", *_TOPIC_NAMES, "partition", "offset", "headers", "timestamp", "timestampType", "timestamp_type"
}  # fmt: skip
_SCHEMA_AND_PAYLOAD = {"schema", "payload"}


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One message of a connector.

    Attributes
    ----------
    payload
        Its value's JSON, without the schema; ``null`` for a tombstone.
    schema
        Its value's schema as sent; empty when it came without one.
    key, key_schema
        As of the value; None and empty when the message came without a key.
    topic
        The topic that the connector wrote it to, if the sender says so.
    """

    payload: bytes
    schema: bytes = b""
    key: Members | None = None
    key_schema: bytes = b""
    topic: str | None = None


class _Around(msgspec.Struct, frozen=True):
    """What may be around a change; a change itself has an ``op``."""

    value: msgspec.Raw = EMPTY
    payload: msgspec.Raw = EMPTY
    op: msgspec.Raw = EMPTY


class _Schema(msgspec.Struct, frozen=True):
    type: str | None = None
    name: str | None = None
    fields: list[msgspec.Raw] | None = None


_decode_around = msgspec.json.Decoder(_Around).decode
_decode_members = msgspec.json.Decoder(Members).decode
_decode_schema = msgspec.json.Decoder(_Schema).decode


def read_message(raw: bytes) -> Message:
    """Return a message, whatever it came in.

    Raises
    ------
    msgspec.MsgspecError
        It is no JSON object and not null.
    """
    if raw == NULL:
        return Message(payload=NULL)
    around = _decode_around(raw)
    record = _decode_members(raw) if bytes(around.value) and not bytes(around.op) else None
    if record is None or not _is_record(record):
        return _without_schema(raw, around)
    value, key = _valued(bytes(record["value"])), _valued(bytes(record.get("key", NULL)))
    if key.payload == NULL and value.payload == NULL:
        return Message(payload=raw)  # every tombstone has a key: a row of two columns
    members = None if key.payload == NULL else _decode_members(key.payload)
    return msgspec.structs.replace(value, key=members, key_schema=key.schema, topic=_topic(record))


@lru_cache(maxsize=256)
def schema_name(schema: bytes) -> str | None:
    """Return the name of a schema, the same for every change of a table, if there is one and it has a name."""
    return _decode_schema(schema).name if schema else None


def _is_record(members: Members) -> bool:
    if not members.keys() <= _RECORD or not _starts(members.get("key", NULL), b"n{"):
        return False
    return _starts(members["value"], b"n{") and all(_starts(members.get(name, NULL), b'n"') for name in _TOPIC_NAMES)


def _topic(members: Members) -> str | None:
    found = next((members[name] for name in _TOPIC_NAMES if name in members), NULL)
    return msgspec.json.decode(found, type=str | None)


def _valued(raw: bytes) -> Message:
    return Message(payload=NULL) if raw == NULL else _without_schema(raw, _decode_around(raw))


def _without_schema(raw: bytes, around: _Around) -> Message:
    if not bytes(around.payload) or bytes(around.op):
        return Message(payload=raw)
    members = _decode_members(raw)
    if members.keys() != _SCHEMA_AND_PAYLOAD or not _is_schema(bytes(members["schema"])):
        return Message(payload=raw)
    schema = bytes(members["schema"])
    return Message(payload=bytes(members["payload"]), schema=b"" if schema == NULL else schema)


@lru_cache(maxsize=256)
def _is_schema(raw: bytes) -> bool:
    try:
        return raw == NULL or _decode_schema(raw) != _Schema()
    except msgspec.ValidationError:
        return False


def _starts(raw: msgspec.Raw | bytes, with_one_of: bytes) -> bool:
    return bytes(raw)[:1] in {bytes([character]) for character in with_one_of}
