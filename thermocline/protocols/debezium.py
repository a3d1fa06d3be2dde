"""Database changes as Debezium writes them: JSON, with or without its schema, alone or beside the message's key.

Debezium Server's HTTP sink posts values without their keys; a forwarder that has both posts ``{"key": …, "value": …}``.
Source: https://debezium.io/documentation/reference/stable/connectors/postgresql.html#postgresql-change-events-value
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

import msgspec

from thermocline.errors import RefusedEvent
from thermocline.events.batch import Batch, Event, Refused
from thermocline.events.identity import digest_id
from thermocline.protocols.json_body import JSON_ERRORS, refused, split_body
from thermocline.protocols.log_position import UINT32, ChangeSource, Position, position_of
from thermocline.protocols.open_json import EMPTY, text_of
from thermocline.settings import Source

Members = dict[str, msgspec.Raw]

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_NULL = b"null"
_MARKER = b"__debezium_unavailable_value"
# Debezium's marker in each type that may be stored out of line: text, bytes, text[], number[] (its characters), hstore.
_MARKERS = frozenset(
    (
        b'"%s"' % _MARKER,
        b'"X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ=="',
        b'["%s"]' % _MARKER,
        b"[%s]" % b",".join(b"%d" % character for character in _MARKER),
        b'{"%s":"%s"}' % (_MARKER, _MARKER),
    )
)
_LONGEST_MARKER = 256
_DECIMALS = ("org.apache.kafka.connect.data.Decimal", "io.debezium.data.VariableScaleDecimal")
_TIMES = {"ts_ms", "ts_us", "ts_ns"}


class _Transaction(msgspec.Struct, frozen=True):
    id: str | None = None
    total_order: UINT32 | None = None


class _Change(msgspec.Struct, frozen=True):
    op: str
    source: ChangeSource
    before: msgspec.Raw = EMPTY
    after: msgspec.Raw = EMPTY
    transaction: _Transaction | None = None


class _Envelope(msgspec.Struct, frozen=True):
    """Every object that may be around a change; a change itself has an ``op``."""

    key: msgspec.Raw = EMPTY
    value: msgspec.Raw = EMPTY
    schema: msgspec.Raw = EMPTY
    payload: msgspec.Raw = EMPTY
    op: msgspec.Raw = EMPTY


class _Field(msgspec.Struct, frozen=True):
    field: str | None = None
    name: str | None = None
    fields: list[msgspec.Raw] = []


class Sender(msgspec.Struct, frozen=True, kw_only=True):
    """Who sends changes: a source and one of its connectors."""

    source_name: str
    source: Source
    connector: str


_decode_change = msgspec.json.Decoder(_Change).decode
_decode_envelope = msgspec.json.Decoder(_Envelope).decode
_decode_field = msgspec.json.Decoder(_Field).decode
_decode_members = msgspec.json.Decoder(Members).decode
_decode_text = msgspec.json.Decoder(str).decode


def parse_changes(body: bytes, sender: Sender) -> Batch:
    """Read one message, an array, or NDJSON (see `split_body` for errors).

    Messages that are no change of a row are skipped and counted: tombstones, the begin and end of a transaction,
    heartbeats, changes of a schema, and logical decoding messages.
    """
    parsed = [_parse_message(raw, sender) for raw in split_body(body)]
    events = [event for event in parsed if event is not None]
    context = {"connector": sender.connector}
    skipped = len(parsed) - len(events)
    return Batch(protocol="debezium", stream="cdc_log", events=events, skipped=skipped, context=context)


def _parse_message(raw: bytes, sender: Sender) -> Event | Refused | None:
    try:
        key, value = _key_and_value(raw)
        schema, payload = _unwrapped(value)
        return None if _is_no_change(payload) else _event(raw, key, schema, payload, sender)
    except JSON_ERRORS as error:
        return Refused.because(refused(error), raw)
    except RefusedEvent as error:
        return Refused.because(error, raw)


def _key_and_value(raw: bytes) -> tuple[bytes, bytes]:
    if raw == _NULL:
        return b"", raw
    message = _decode_envelope(raw)
    if bytes(message.value) and not bytes(message.op):
        return bytes(message.key), bytes(message.value)
    return b"", raw


def _unwrapped(value: bytes) -> tuple[bytes, bytes]:
    """Return a value's schema, if it came with it, and its payload."""
    if not value or value == _NULL:
        return b"", _NULL
    envelope = _decode_envelope(value)
    if bytes(envelope.payload) and bytes(envelope.schema):
        return bytes(envelope.schema), bytes(envelope.payload)
    return b"", value


def _is_no_change(payload: bytes) -> bool:
    if payload == _NULL:
        return True
    if b'"before"' in payload:
        return False
    members = _decode_members(payload)
    if "op" in members:
        return bytes(members["op"]) == b'"m"'
    return {"status", "id"} <= members.keys() or "ddl" in members or (bool(members) and members.keys() <= _TIMES)


def _event(raw: bytes, key: bytes, schema: bytes, payload: bytes, sender: Sender) -> Event:
    change = _decode_change(payload)
    before, after = _row(change.before), _row(change.after)
    _check_decimals(schema, before, after)
    total_order = change.transaction.total_order if change.transaction else None
    position = position_of(change.source, op=change.op, total_order=total_order)
    pk = None if change.op == "t" else _primary_key(key, change, before if change.op == "d" else after, sender.source)
    columns = _columns(change, position, after)
    columns |= {"pk": pk, "tx_seq": total_order, "connector": sender.connector}
    columns["event_id"] = _event_id(columns, sender.source_name)
    # The time at which the connector read a change differs when it reads it again; that makes it no other change.
    identity = b"\0".join((change.op.encode(), bytes(change.before), bytes(change.after)))
    commit_time = columns["commit_time"]
    return Event(columns=columns, raw=raw, identity=identity, time=commit_time and commit_time.isoformat())


def _columns(change: _Change, position: Position, after: Members) -> dict[str, Any]:
    source = change.source
    unavailable = [name for name, value in after.items() if _is_marker(bytes(value))]
    return {
        "engine": source.connector,
        "db": source.db,
        "schema_name": source.schema,
        "table_name": source.table,
        "op": change.op,
        "before": text_of(change.before),
        "after": text_of(change.after),
        "position": position.text,
        "position_sort": position.sort,
        "tx_id": _transaction_id(change),
        "commit_time": _commit_time(source),
        "unavailable_columns": msgspec.json.encode(unavailable).decode() if unavailable else None,
    }


def _event_id(columns: dict[str, Any], source_name: str) -> str:
    names = ("connector", "engine", "db", "schema_name", "table_name", "pk", "position_sort", "op")
    return digest_id(source_name, *(columns[name] or "" for name in names))


def _transaction_id(change: _Change) -> str | None:
    if change.source.tx_id is not None:
        return str(change.source.tx_id)
    return change.source.gtid or (change.transaction.id if change.transaction else None)


def _commit_time(source: ChangeSource) -> dt.datetime | None:
    microseconds = source.ts_us or (source.ts_ms or 0) * 1_000
    # Connectors write 0 when they do not know it.
    return _EPOCH + dt.timedelta(microseconds=microseconds) if microseconds else None


def _primary_key(key: bytes, change: _Change, row: Members, source: Source) -> str | None:
    if key and key != _NULL:
        schema, payload = _unwrapped(key)
        members = _decode_members(payload)
        _check_decimals(schema, members)
        return _key_text(members)
    table = f"{change.source.schema or change.source.db}.{change.source.table}"
    names = source.primary_keys.get(table)
    if not names:
        return None
    missing = [name for name in names if name not in row]
    if missing:
        raise RefusedEvent("invalid", f"pk: the row has no {', '.join(missing)}, which primary_keys names")
    return _key_text({name: row[name] for name in names})


def _key_text(members: Members) -> str:
    """Return a key that is the same text whoever wrote it: names sorted, escapes of strings alike."""
    alike = {name: _alike(members[name]) for name in sorted(members)}
    return msgspec.json.encode(alike).decode()


def _alike(value: msgspec.Raw) -> msgspec.Raw | str:
    return _decode_text(value) if bytes(value).startswith(b'"') else value


def _is_marker(value: bytes) -> bool:
    return len(value) < _LONGEST_MARKER and b"".join(value.split()) in _MARKERS


def _row(raw: msgspec.Raw) -> Members:
    return {} if bytes(raw) in (b"", _NULL) else _decode_members(raw)


def _check_decimals(schema: bytes, *rows: Members) -> None:
    for column in _decimal_columns(schema) if schema else ():
        for row in rows:
            # A number is what the converter's own decimal.format=NUMERIC writes.
            if bytes(row.get(column, EMPTY))[:1] in (b'"', b"{", b"["):
                detail = f"{column}: is a decimal as bytes; set decimal.handling.mode=string in the connector"
                raise RefusedEvent("unsupported", detail)


@lru_cache(maxsize=256)
def _decimal_columns(schema: bytes) -> tuple[str, ...]:
    """Return the columns that a schema, the same for every change of a table, has as decimals in bytes."""
    columns = [column for side in _decode_field(schema).fields for column in _columns_of(side)]
    found = {_decode_field(raw).field for raw in columns if any(name.encode() in bytes(raw) for name in _DECIMALS)}
    return tuple(sorted(name for name in found if name))


def _columns_of(side: msgspec.Raw) -> list[msgspec.Raw]:
    """Return the fields of ``before`` or ``after``; a key's schema has its columns one level higher."""
    field = _decode_field(side)
    return field.fields if field.fields and field.name not in _DECIMALS else [side]
