"""Debezium's messages that are no change of a row, such as heartbeats, and the begin and end of transactions.

A table may have any columns, and a transform may post rows alone. So a message is one of these only if its schema's
name says so, or if it has exactly the members that Debezium writes, in their types, and neither its topic nor its key
says otherwise. Source: ``io.debezium.schema.SchemaFactory`` and ``PostgresSchemaFactory`` of Debezium 3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

import msgspec

Members = Mapping[str, msgspec.Raw]

_NAMES = re.compile(
    r"io\.debezium\.connector\."
    r"(?:common\.(?:TransactionMetadataValue|Heartbeat|Notification)|[a-z]+\.(?:SchemaChangeValue|MessageValue))"
)


class _Exact(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    ts_ms: int | None = None
    ts_us: int | None = None
    ts_ns: int | None = None


class _Heartbeat(_Exact, frozen=True, kw_only=True):
    ts_ms: int


class _Begin(_Exact, frozen=True, kw_only=True, tag_field="status", tag="BEGIN"):
    id: str
    event_count: None
    data_collections: None


class _Count(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    data_collection: str
    event_count: int


class _End(_Exact, frozen=True, kw_only=True, tag_field="status", tag="END"):
    id: str
    event_count: int
    data_collections: list[_Count]


class _Source(msgspec.Struct, frozen=True):
    connector: str


class _SchemaChange(_Exact, frozen=True, kw_only=True):
    source: _Source
    databaseName: str | None  # noqa: N815 - Debezium's name
    schemaName: str | None = None  # noqa: N815 - Debezium's name
    ddl: str | None = None
    tableChanges: list[msgspec.Raw] | None = None  # noqa: N815 - Debezium's name


class _Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    prefix: str | None
    content: msgspec.Raw


class _Message(_Exact, frozen=True, kw_only=True):
    """A logical decoding message, which PostgreSQL's ``pg_logical_emit_message`` writes."""

    op: Literal["m"]
    source: _Source
    message: _Content
    transaction: msgspec.Raw = msgspec.Raw(b"")


class _Form(NamedTuple):
    """A kind of message: how to read it, and the only member of its key."""

    decode: Callable[[bytes], object]
    key: str
    is_topic: Callable[[str], bool] = lambda _: True


_HEARTBEAT = _Form(
    msgspec.json.Decoder(_Heartbeat).decode, "serverName", lambda topic: topic.startswith("__debezium-heartbeat")
)
_BY_MEMBER = {
    "data_collections": _Form(
        msgspec.json.Decoder(_Begin | _End).decode, "id", lambda topic: topic.endswith(".transaction")
    ),
    "databaseName": _Form(msgspec.json.Decoder(_SchemaChange).decode, "databaseName"),
    "message": _Form(msgspec.json.Decoder(_Message).decode, "prefix"),
}
_MOST_OF_A_HEARTBEAT = len(_Exact.__struct_fields__)
_decode_text = msgspec.json.Decoder(str).decode


def is_control(
    payload: bytes, members: Members, *, schema_name: str | None, key: Members | None, topic: str | None
) -> bool:
    """Tell whether a message is certainly a control message, and so cannot be a row.

    Parameters
    ----------
    payload, members
        The value's JSON, and its members.
    schema_name
        The name of the value's schema; None when it came without one.
    key
        The members of the message's key; None when it came without one.
    topic
        Where the connector wrote it, if whoever forwards it says so.
    """
    if schema_name is not None:
        return _NAMES.fullmatch(schema_name) is not None
    form = _form_of(members)
    if form is None or not _is_as_said(form, key, topic):
        return False
    try:
        message = form.decode(payload)
    except msgspec.ValidationError:
        return False
    if isinstance(message, _SchemaChange):
        return message.ddl is not None or message.tableChanges is not None
    return not isinstance(message, _Begin | _End) or key is None or _text(key["id"]) == message.id


def _form_of(members: Members) -> _Form | None:
    if len(members) <= _MOST_OF_A_HEARTBEAT and "ts_ms" in members:
        return _HEARTBEAT
    return next((form for name, form in _BY_MEMBER.items() if name in members), None)


def _is_as_said(form: _Form, key: Members | None, topic: str | None) -> bool:
    if key is not None and key.keys() != {form.key}:
        return False
    # The topic's prefix is an option of the connector; a heartbeat's key is its own.
    return topic is None or form.is_topic(topic) or (form is _HEARTBEAT and key is not None)


def _text(raw: msgspec.Raw) -> str | None:
    return _decode_text(raw) if bytes(raw).startswith(b'"') else None
