"""One change of a row: its columns, its primary key, its identity and its order."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

import msgspec

from thermocline.errors import RefusedEvent
from thermocline.events.batch import Event, Refused
from thermocline.events.identity import digest_id
from thermocline.ingest.protocols.debezium_message import Members, Message
from thermocline.ingest.protocols.epochs import Seen
from thermocline.ingest.protocols.log_position import UINT32, ChangeSource, Position, position_of, sort_key
from thermocline.ingest.protocols.open_json import EMPTY, text_of
from thermocline.ingest.protocols.unavailable import is_unavailable
from thermocline.sources import Source

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_NULL = b"null"
_OPERATIONS = ("c", "u", "d", "r", "t")
_DECIMALS = ("org.apache.kafka.connect.data.Decimal", "io.debezium.data.VariableScaleDecimal")


class _Transaction(msgspec.Struct, frozen=True):
    id: str | None = None
    total_order: UINT32 | None = None


class _Envelope(msgspec.Struct, frozen=True):
    op: str
    source: ChangeSource
    before: msgspec.Raw = EMPTY
    after: msgspec.Raw = EMPTY
    transaction: _Transaction | None = None


class _Field(msgspec.Struct, frozen=True):
    field: str | None = None
    name: str | None = None
    fields: list[msgspec.Raw] = []


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A change as it was read, before its epoch is known.

    Attributes
    ----------
    columns
        All but those that name its order and its id.
    identity
        What the change is, without the time at which the connector read it: read again, it is the same change.
    """

    raw: bytes
    columns: dict[str, Any]
    identity: bytes
    position: Position

    @property
    def time(self) -> str | None:
        """The time at which it was committed, or None."""
        time: dt.datetime | None = self.columns["commit_time"]
        return time.isoformat() if time else None

    @property
    def seen(self) -> Seen:
        """What it says about its log."""
        time: dt.datetime | None = self.columns["commit_time"]
        return Seen(self.position, None if time is None else (time - _EPOCH) // dt.timedelta(microseconds=1))


_decode_envelope = msgspec.json.Decoder(_Envelope).decode
_decode_field = msgspec.json.Decoder(_Field).decode
_decode_members = msgspec.json.Decoder(Members).decode
_decode_text = msgspec.json.Decoder(str).decode


def read_change(raw: bytes, message: Message, source: Source) -> Change | Refused:
    """Return the change in a message, or a refusal when its position, its key or a value cannot be stored as sent.

    Raises
    ------
    msgspec.MsgspecError
        It lacks a member, or one has another type.
    """
    change = _decode_envelope(message.payload)
    identity = b"\0".join((change.op.encode(), bytes(change.before), bytes(change.after)))
    try:
        columns, position = _read_columns(change, message, source)
    except RefusedEvent as error:
        time = _commit_time(change.source)
        refused = Refused.because(error, raw)
        return msgspec.structs.replace(refused, identity=identity, time=time and time.isoformat())
    return Change(raw=raw, columns=columns, identity=identity, position=position)


def add_order(change: Change, epoch: int | RefusedEvent, *, source_name: str, connector: str) -> Event | Refused:
    """Return the event of a change with its epoch, order and id, or a refusal when its epoch is unknown."""
    if isinstance(epoch, RefusedEvent):
        refused = Refused.because(epoch, change.raw)
        return msgspec.structs.replace(refused, identity=change.identity, time=change.time)
    columns = change.columns
    sort = sort_key(change.position, epoch=epoch, op=columns["op"], total_order=columns["tx_seq"])
    columns |= {"connector": connector, "epoch": epoch, "position_sort": sort}
    columns["event_id"] = _event_id(columns, source_name)
    return Event(columns=columns, raw=change.raw, identity=change.identity, time=change.time)


def add_previous_keys(events: list[Event]) -> None:
    """Add the row's previous key to each create of a changed primary key: the key of the delete at its position."""
    deleted = {_place(event.columns): event.columns["pk"] for event in events if event.columns["op"] == "d"}
    for event in events:
        columns = event.columns
        if columns["op"] == "c" and (previous := deleted.get(_place(columns))) not in (None, columns["pk"]):
            columns["previous_pk"] = previous


def _place(columns: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(columns[name] for name in ("epoch", "db", "schema_name", "table_name", "tx_id", "position"))


def _read_columns(change: _Envelope, message: Message, source: Source) -> tuple[dict[str, Any], Position]:
    if change.op not in _OPERATIONS:
        raise RefusedEvent("invalid", f"op: must be one of {', '.join(_OPERATIONS)}")
    before, after = _row(change.before), _row(change.after)
    _check_decimals(message.schema, before, after)
    position = position_of(change.source, op=change.op)
    pk = None if change.op == "t" else _primary_key(message, change, before if change.op == "d" else after, source)
    return _columns(change, position, after) | {"pk": pk}, position


def _columns(change: _Envelope, position: Position, after: Members) -> dict[str, Any]:
    source = change.source
    unavailable = [name for name, value in after.items() if is_unavailable(bytes(value))]
    return {
        "engine": source.connector,
        "db": source.db,
        "schema_name": source.schema,
        "table_name": source.table,
        "op": change.op,
        "before": text_of(change.before),
        "after": text_of(change.after),
        "position": position.text,
        "tx_id": _transaction_id(change),
        "tx_seq": change.transaction.total_order if change.transaction else None,
        "commit_time": _commit_time(source),
        "unavailable_columns": msgspec.json.encode(unavailable).decode() if unavailable else None,
    }


def _event_id(columns: dict[str, Any], source_name: str) -> str:
    names = ("connector", "engine", "db", "schema_name", "table_name", "pk", "position_sort", "op")
    return digest_id(source_name, *(columns[name] or "" for name in names))


def _transaction_id(change: _Envelope) -> str | None:
    if change.source.tx_id is not None:
        return str(change.source.tx_id)
    return change.source.gtid or (change.transaction.id if change.transaction else None)


def _commit_time(source: ChangeSource) -> dt.datetime | None:
    microseconds = source.ts_us or (source.ts_ms or 0) * 1_000
    # Connectors write 0 when they do not know it.
    return _EPOCH + dt.timedelta(microseconds=microseconds) if microseconds else None


def _primary_key(message: Message, change: _Envelope, row: Members, source: Source) -> str | None:
    if message.key is not None:
        _check_decimals(message.key_schema, message.key)
        return _key_text(message.key)
    table = f"{change.source.schema or change.source.db}.{change.source.table}"
    names = source.primary_keys.get(table)
    if not names:
        return None
    missing = [name for name in names if name not in row]
    if missing:
        raise RefusedEvent("invalid", f"pk: the row has no {', '.join(missing)}, which primary_keys names")
    return _key_text({name: row[name] for name in names})


def _key_text(members: Members) -> str:
    """Return a key as text that is the same whoever wrote it: names sorted, strings escaped alike."""
    if hidden := [name for name in members if is_unavailable(bytes(members[name]))]:
        raise RefusedEvent("invalid", f"pk: the database did not log {', '.join(hidden)}; set REPLICA IDENTITY FULL")
    alike = {name: _alike(members[name]) for name in sorted(members)}
    return msgspec.json.encode(alike).decode()


def _alike(value: msgspec.Raw) -> msgspec.Raw | str:
    return _decode_text(value) if bytes(value).startswith(b'"') else value


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
    names = {_decode_field(raw).field for raw in columns if any(name.encode() in bytes(raw) for name in _DECIMALS)}
    return tuple(sorted(name for name in names if name))


def _columns_of(side: msgspec.Raw) -> list[msgspec.Raw]:
    """Return the fields of ``before`` or ``after``; a key's schema has its columns one level higher."""
    field = _decode_field(side)
    return field.fields if field.fields and field.name not in _DECIMALS else [side]
