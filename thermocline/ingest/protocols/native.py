"""Thermocline's own form of a click event, ``POST /v1/events``: members are named after the contract's columns."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import msgspec

from thermocline.contracts import Column, Contract
from thermocline.errors import RefusedEvent
from thermocline.events.batch import Batch, Event, Refused
from thermocline.ingest.identity import identity_of
from thermocline.ingest.protocols.amounts import amount_of
from thermocline.ingest.protocols.declaration import Protocol
from thermocline.ingest.protocols.exact import MisfitError, Value
from thermocline.ingest.protocols.json_body import JSON_ERRORS, refused, split_body
from thermocline.ingest.protocols.open_json import EMPTY, client_address, reader_of, scalar_of, text_of
from thermocline.ingest.protocols.row_values import ReadMember, member_reader

CHANGED_ON_RETRY = frozenset({"sent_at"})


class _Envelope(msgspec.Struct, frozen=True):
    event_id: str | None = None
    event_time: str | int | float | None = None
    sent_at: str | int | float | None = None


_NOTHING = (EMPTY, msgspec.Raw(b"null"))
_read_envelope = reader_of(_Envelope)


class _Reader:
    """Reads click events: the columns that the contract leaves to the producer, and the end user's address."""

    def __init__(self, contract: Contract) -> None:
        fields = [_field(column, contract) for column in contract.produced]
        fields.append(("ip", str | None, None))
        struct = msgspec.defstruct("ClickEvent", fields, frozen=True, forbid_unknown_fields=True)
        self._decode = msgspec.json.Decoder(struct).decode
        self._texts = tuple(column.name for column in contract.produced if column.is_json)
        self._others = tuple(
            (column.name, member_reader(column))
            for column in contract.produced
            if column.type != "string" and column.name not in (contract.event_time, "sent_at", "revenue")
        )

    def read(self, raw: bytes) -> Event:
        """Read one event.

        Raises
        ------
        RefusedEvent, msgspec.MsgspecError, UnicodeDecodeError, RecursionError
            It is no event.
        """
        columns = msgspec.structs.asdict(self._decode(raw))
        time, sent_at, ip = columns.pop("event_time"), columns.pop("sent_at"), columns.pop("ip")
        address = ip or client_address(columns["context"])
        for name in self._texts:
            columns[name] = text_of(columns[name])
        columns["revenue"] = _revenue(columns["revenue"])
        for name, read_member in self._others:
            columns[name] = _value(name, read_member, columns[name])
        return Event(
            columns=columns,
            raw=raw,
            identity=raw,
            time=time,
            sent_at=scalar_of(sent_at),
            ip=address,
            user_agent=columns.pop("user_agent"),
        )


def parse_events(body: bytes, *, contract: Contract) -> Batch:
    """Read a JSON object, an array, or NDJSON of click events (see `split_body` for errors)."""
    reader = _reader(contract)
    events = [_parse_event(raw, reader) for raw in split_body(body)]
    return Batch(protocol="native", stream=contract.name, events=events, changed_on_retry=CHANGED_ON_RETRY)


@cache
def _reader(contract: Contract) -> _Reader:
    return _Reader(contract)


def _field(column: Column, contract: Contract) -> tuple[str, Any, Any]:
    """Return a column's member: its name, what it may hold, and what stands for it when it is absent."""
    if column.name == "event_type":
        return column.name, str, "track"
    if column.name == contract.event_time:
        return column.name, str | int | float | None, None
    if column.type == "string" and not column.is_json:
        return column.name, str | None, None
    return column.name, msgspec.Raw, EMPTY


def _parse_event(raw: bytes, reader: _Reader) -> Event | Refused:
    try:
        return reader.read(raw)
    except JSON_ERRORS as error:
        return _refused(refused(error), raw)
    except RefusedEvent as error:
        return _refused(error, raw)


def _value(name: str, read_member: ReadMember, raw: msgspec.Raw) -> Value | None:
    try:
        return None if raw in _NOTHING else read_member(raw)
    except MisfitError as misfit:
        raise RefusedEvent("invalid", f"{name}: {misfit}") from None


def _revenue(raw: msgspec.Raw) -> Decimal | None:
    if raw in _NOTHING:
        return None
    revenue = amount_of(raw)
    if revenue is None:
        raise RefusedEvent("invalid", "revenue: is no amount of at most 29 digits before the point, e.g. 19.99")
    return revenue


def _refused(error: RefusedEvent, raw: bytes) -> Refused:
    known = _read_envelope(msgspec.Raw(raw))
    return Refused.because(
        error,
        raw,
        event_id=known.event_id,
        identity=identity_of(raw, CHANGED_ON_RETRY),
        time=known.event_time,
        sent_at=known.sent_at,
    )


PROTOCOLS = (Protocol(reads="clickstream", parse=lambda body, post: parse_events(body, contract=post.contract)),)
