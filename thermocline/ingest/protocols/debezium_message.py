"""The objects around a change: a schema with its payload, and a forwarder's key, value and topic.

A row may have columns of these names, so an object counts as one of them only if it has no other members and they have
the right types.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from thermocline.ingest.protocols.open_json import EMPTY

Members = dict[str, msgspec.Raw]

NULL = b"null"
_SCHEMA_AND_PAYLOAD = {"schema", "payload"}
_OPERATIONS = (b'"c"', b'"u"', b'"d"', b'"r"', b'"t"')
_OBJECT_OR_NULL = (b"{", b"n")


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
    is_change
        It has the two members that every change of a row has, and no other message.
    """

    payload: bytes
    schema: bytes = b""
    key: Members | None = None
    key_schema: bytes = b""
    topic: str | None = None
    is_change: bool = False


class _Around(msgspec.Struct, frozen=True):
    """What may be around a change, and what a change has itself."""

    value: msgspec.Raw = EMPTY
    payload: msgspec.Raw = EMPTY
    op: msgspec.Raw = EMPTY
    source: msgspec.Raw = EMPTY


class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record with its parts as Kafka's consumers, Connect, REST proxies and Debezium's engine name them."""

    value: msgspec.Raw
    key: msgspec.Raw = msgspec.Raw(NULL)
    topic: str | None = None
    destination: str | None = None
    partition: msgspec.Raw = EMPTY
    offset: msgspec.Raw = EMPTY
    headers: msgspec.Raw = EMPTY
    timestamp: msgspec.Raw = EMPTY
    timestampType: msgspec.Raw = EMPTY  # noqa: N815 - Kafka's name
    timestamp_type: msgspec.Raw = EMPTY


class _Schema(msgspec.Struct, frozen=True):
    type: str | None = None
    name: str | None = None
    fields: list[msgspec.Raw] | None = None


_decode_around = msgspec.json.Decoder(_Around).decode
_decode_members = msgspec.json.Decoder(Members).decode
_decode_record = msgspec.json.Decoder(_Record).decode
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
    record = _record_in(raw) if bytes(around.value) and not bytes(around.op) else None
    if record is None:
        return _without_schema(raw, around)
    value, key = bytes(record.value), bytes(record.key)
    members, key_schema = (None, b"") if key == NULL else _key_of(_decode_members(key))
    message = Message(payload=NULL) if value == NULL else _without_schema(value, _decode_around(value))
    if members is None and message.payload == NULL:
        return Message(payload=raw)  # every tombstone has a key: a row of two columns
    return Message(
        payload=message.payload,
        schema=message.schema,
        key=members,
        key_schema=key_schema,
        topic=record.topic or record.destination,
        is_change=message.is_change,
    )


def _record_in(raw: bytes) -> _Record | None:
    try:
        record = _decode_record(raw)
    except msgspec.ValidationError:
        return None
    are_objects = bytes(record.value)[:1] in _OBJECT_OR_NULL and bytes(record.key)[:1] in _OBJECT_OR_NULL
    return record if are_objects else None


def _key_of(members: Members) -> tuple[Members | None, bytes]:
    if members.keys() != _SCHEMA_AND_PAYLOAD or not _is_schema(bytes(members["schema"])):
        return members, b""
    payload = members["payload"]
    return None if bytes(payload) == NULL else _decode_members(payload), _schema(members)


@lru_cache(maxsize=256)
def schema_name(schema: bytes) -> str | None:
    """Return the name of a schema, the same for every change of a table, if there is one and it has a name."""
    return _decode_schema(schema).name if schema else None


def _without_schema(raw: bytes, around: _Around) -> Message:
    if not bytes(around.payload) or bytes(around.op):
        return Message(payload=raw, is_change=_is_change(around))
    members = _decode_members(raw)
    if members.keys() != _SCHEMA_AND_PAYLOAD or not _is_schema(bytes(members["schema"])):
        return Message(payload=raw)
    payload = bytes(members["payload"])
    is_change = payload != NULL and _is_change(_decode_around(payload))
    return Message(payload=payload, schema=_schema(members), is_change=is_change)


def _is_change(around: _Around) -> bool:
    return bytes(around.op) in _OPERATIONS and bytes(around.source).startswith(b"{")


def _schema(members: Members) -> bytes:
    schema = bytes(members["schema"])
    return b"" if schema == NULL else schema


@lru_cache(maxsize=256)
def _is_schema(raw: bytes) -> bool:
    try:
        return raw == NULL or _decode_schema(raw) != _Schema()
    except msgspec.ValidationError:
        return False
