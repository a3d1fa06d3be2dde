"""Database changes as Debezium writes them: JSON, with or without its schema, alone or beside the message's key.

Debezium Server's HTTP sink posts values without their keys; a forwarder that has both posts ``{"key": …, "value": …}``,
and may add the ``topic``.
Source: https://debezium.io/documentation/reference/stable/connectors/postgresql.html#postgresql-change-events-value
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from thermocline.errors import RefusedEvent
from thermocline.events.batch import Batch, Event, Refused
from thermocline.ingest.protocols.change import Change, add_order, add_previous_keys, read_change
from thermocline.ingest.protocols.control_messages import is_control
from thermocline.ingest.protocols.debezium_message import NULL, Message, read_message, schema_name
from thermocline.ingest.protocols.epochs import Seen
from thermocline.ingest.protocols.json_body import JSON_ERRORS, refused, split_body
from thermocline.ingest.protocols.open_json import EMPTY
from thermocline.sources import Source

AssignEpochs = Callable[[Sequence[Seen]], Sequence[int | RefusedEvent]]
"""Returns the epoch of each change of a request, or why it cannot be ordered."""

_UNWRAP = "remove the transform ExtractNewRecordState (unwrap) from the connector"
_NO_CHANGE = f"it is no change (op, source) and no control message of Debezium; if it is an unwrapped row, {_UNWRAP}"
_UNWRAPPED = f"it is an unwrapped row, without what orders changes: {_UNWRAP}"
_PERHAPS_A_DELETE = f"a null among unwrapped rows may be a delete; {_UNWRAP}"
_METADATA = "__"


class Sender(msgspec.Struct, frozen=True, kw_only=True):
    """Who sends changes: a source and one of its connectors.

    Attributes
    ----------
    epoch
        The epoch that the connector's path names; None when it names none.
    assign
        What numbers the epochs of a request's changes.
    """

    source_name: str
    source: Source
    connector: str
    assign: AssignEpochs
    epoch: int | None = None


class _Skipped(msgspec.Struct, frozen=True, kw_only=True):
    """A message that is no change."""

    raw: bytes
    is_null: bool


_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def parse_changes(body: bytes, sender: Sender) -> Batch:
    """Read one message, an array, or NDJSON (see `split_body` for errors).

    Messages that are certainly no change of a row are skipped and counted: tombstones, the begin and end of a
    transaction, heartbeats, changes of a schema, and logical decoding messages. What is not certain is refused.
    """
    messages = [_read(raw, sender) for raw in split_body(body)]
    if any(isinstance(message, Refused) and message.detail in (_NO_CHANGE, _UNWRAPPED) for message in messages):
        messages = [_doubted(message) for message in messages]
    events = _ordered([message for message in messages if not isinstance(message, _Skipped)], sender)
    return Batch(
        protocol="debezium",
        stream="cdc_log",
        events=events,
        skipped=len(messages) - len(events),
        context={"connector": sender.connector, "epoch": sender.epoch},
    )


def _read(raw: bytes, sender: Sender) -> Change | Refused | _Skipped:
    try:
        message = read_message(raw)
        if message.payload == NULL or not (message.is_change or _is_change(message)):
            return _Skipped(raw=raw, is_null=message.payload == NULL)
        return read_change(raw, message, sender.source)
    except JSON_ERRORS as error:
        return Refused.because(refused(error), raw)
    except RefusedEvent as error:
        return Refused.because(error, raw)


def _is_change(message: Message) -> bool:
    """Tell whether a message is a change; refuse it if it is no control message either."""
    members = _decode_members(message.payload)
    name = schema_name(message.schema)
    if is_control(message.payload, members, schema_name=name, key=message.key, topic=message.topic):
        return False
    if any(member.startswith(_METADATA) for member in members):
        raise RefusedEvent("unsupported", _UNWRAPPED)
    if "op" not in members or not bytes(members.get("source", EMPTY)).startswith(b"{"):
        raise RefusedEvent("invalid", _NO_CHANGE)
    return True


def _doubted(message: Change | Refused | _Skipped) -> Change | Refused | _Skipped:
    if isinstance(message, _Skipped) and message.is_null:
        return Refused.because(RefusedEvent("unsupported", _PERHAPS_A_DELETE), message.raw)
    return message


def _ordered(messages: list[Change | Refused], sender: Sender) -> list[Event | Refused]:
    changes = [message for message in messages if isinstance(message, Change)]
    epochs = iter(sender.assign([change.seen for change in changes]) if changes else ())
    names = {"source_name": sender.source_name, "connector": sender.connector}
    events = [
        add_order(message, next(epochs), **names) if isinstance(message, Change) else message for message in messages
    ]
    add_previous_keys([event for event in events if isinstance(event, Event)])
    return events
