"""Debezium's messages that are no change of a row, such as heartbeats, and the begin and end of transactions.

A table may have any columns, and a transform may post rows alone. So a message is one of these only if its schema's
name says so, or if it has exactly the members that Debezium writes, in their types, and neither its topic nor its key
says otherwise. Source: ``io.debezium.schema.SchemaFactory`` and ``PostgresSchemaFactory`` of Debezium 3.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from thermocline.protocols.open_json import EMPTY

Members = Mapping[str, msgspec.Raw]

_NAMES = re.compile(
    r"io\.debezium\.connector\."
    r"(?:common\.(?:TransactionMetadataValue|Heartbeat|Notification)|[a-z]+\.(?:SchemaChangeValue|MessageValue))"
)
_TIMES = {"ts_ms", "ts_us", "ts_ns"}
_TRANSACTION = {"status", "id", "event_count", "data_collections"}
_SCHEMA_CHANGE = {"source", "databaseName", "schemaName", "ddl", "tableChanges"}
_MESSAGE = {"op", "source", "message"}
_HEARTBEAT_TOPIC = "__debezium-heartbeat"
_TRANSACTION_TOPIC = ".transaction"


def is_control(members: Members, *, schema_name: str | None, key: Members | None, topic: str | None) -> bool:
    """Return whether a message is certainly none that could be a row.

    Parameters
    ----------
    members
        The value's.
    schema_name
        The name of the value's schema; None when it came without one.
    key
        The members of the message's key; None when it came without one.
    topic
        Where the connector wrote it, if whoever forwards it says so.
    """
    if schema_name is not None:
        return _NAMES.fullmatch(schema_name) is not None
    return (
        _is_heartbeat(members, key, topic)
        or _is_transaction(members, key, topic)
        or _is_schema_change(members, key)
        or _is_message(members, key)
    )


def _is_heartbeat(members: Members, key: Members | None, topic: str | None) -> bool:
    if "ts_ms" not in members or not members.keys() <= _TIMES or not _all_are(members.values(), int):
        return False
    return _is_key(key, "serverName") and (key is not None or topic is None or topic.startswith(_HEARTBEAT_TOPIC))


def _is_transaction(members: Members, key: Members | None, topic: str | None) -> bool:
    if not _has(members, _TRANSACTION, _TIMES):
        return False
    status, name = _value(members["status"]), _value(members["id"])
    count, tables = _value(members["event_count"]), _value(members["data_collections"])
    written = (count is None and tables is None) if status == "BEGIN" else status == "END" and _counts(count, tables)
    return (
        written
        and isinstance(name, str)
        and (key is None or (_is_key(key, "id") and _value(key["id"]) == name))
        and (topic is None or topic.endswith(_TRANSACTION_TOPIC))
    )


def _counts(count: object, tables: object) -> bool:
    return isinstance(count, int) and isinstance(tables, list) and all(map(_is_count, tables))


def _is_count(table: Any) -> bool:
    return isinstance(table, dict) and table.keys() == {"data_collection", "event_count"}


def _is_schema_change(members: Members, key: Members | None) -> bool:
    return (
        {"source", "databaseName"} < members.keys()
        and members.keys() <= _SCHEMA_CHANGE | _TIMES
        and _is_source(members["source"])
        and ("ddl" in members or "tableChanges" in members)
        and _is_key(key, "databaseName")
    )


def _is_message(members: Members, key: Members | None) -> bool:
    """A logical decoding message, which PostgreSQL's ``pg_logical_emit_message`` writes."""
    if not _has(members, _MESSAGE, _TIMES | {"transaction"}) or _value(members["op"]) != "m":
        return False
    message = _value(members["message"])
    return (
        isinstance(message, dict)
        and message.keys() == {"prefix", "content"}
        and _is_source(members["source"])
        and _is_key(key, "prefix")
    )


def _has(members: Members, required: set[str], allowed: set[str]) -> bool:
    return required <= members.keys() and members.keys() <= required | allowed


def _is_key(key: Members | None, name: str) -> bool:
    return key is None or key.keys() == {name}


def _is_source(raw: msgspec.Raw) -> bool:
    source = _value(raw)
    return isinstance(source, dict) and isinstance(source.get("connector"), str)


def _all_are(raws: Any, kind: type) -> bool:
    return all(type(_value(raw)) is kind for raw in raws)


def _value(raw: msgspec.Raw) -> Any:
    return None if raw is EMPTY else msgspec.json.decode(raw)
