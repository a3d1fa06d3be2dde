"""From an event as its protocol understood it to a canonical event: times, identity, client, place."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from thermocline.errors import RefusedEvent
from thermocline.events.addresses import LONGEST_LIST, mask_ip, read_address
from thermocline.events.batch import Event, Refused
from thermocline.events.cleaning import clean_clicks, clean_measurement
from thermocline.events.geo import country_code
from thermocline.events.identity import digest_id, fingerprint
from thermocline.events.quarantine import Identity
from thermocline.events.times import NEVER, Relative, event_time, read_time
from thermocline.events.user_agent import LONGEST_PARSED, agent_columns
from thermocline.sources import Source

_LONGEST_ID = 256


def canonical(
    event: Event, *, stream: str, source_name: str, source: Source, received: dt.datetime, position: int | str
) -> dict[str, Any]:
    """Return the event's columns, ready for the contract's validator.

    Parameters
    ----------
    position
        The event's place in its request, or a text that stands for it where the request is not known any more.

    Raises
    ------
    RefusedEvent
        Its time cannot be read. Where only its sending time cannot be read, the sender's clock is not corrected.
    """
    columns = event.columns
    event_id = _given_id(event, source_name, stream, received)
    columns["event_id"] = event_id or _made_up_id(event, source_name, received, position)
    original = read_time(event.time, "event_time", received=received)
    sent = _sent_time(event.sent_at, received)
    corrects = None if event.time_is_exact else sent
    happened, clamped = event_time(source, received=received, original=original, sent=corrects)
    columns["source"] = source_name
    columns["fingerprint"] = fingerprint(event.identity)
    columns["received_at"] = received
    columns["original_time"] = original
    columns["event_time"] = happened
    columns["time_clamped"] = clamped
    if stream == "clickstream":
        columns["sent_at"] = sent
        clean_clicks(columns, event.raw, redact=source.redact)
        _add_client(columns, event)
    elif stream == "telemetry":
        clean_measurement(columns, redact=source.redact)
    return columns


def identity_of(refused: Refused, *, source_name: str, received: dt.datetime, position: int) -> Identity:
    """Return the identity under which a refused event would have been stored; what cannot be read is None."""
    event = Event(columns={}, raw=refused.raw, identity=refused.identity or refused.raw, time=refused.time)
    event_id = refused.event_id or _made_up_id(event, source_name, received, position)
    return Identity(
        event_id=event_id if len(event_id) <= _LONGEST_ID else None,
        fingerprint=fingerprint(event.identity),
        original_time=_readable_time(refused.time, received),
        sent_at=_sent_time(refused.sent_at, received),
    )


def _readable_time(value: object, received: dt.datetime) -> dt.datetime | None:
    try:
        return read_time(value, "", received=received)
    except RefusedEvent:
        return None


@lru_cache(maxsize=16, typed=True)  # it comes with every event of a batch
def _sent_time(value: object, received: dt.datetime) -> dt.datetime | None:
    try:
        sent = read_time(value, "sent_at", received=received)
    except RefusedEvent:
        return None
    return None if sent in NEVER else sent


def _given_id(event: Event, source_name: str, stream: str, received: dt.datetime) -> str | None:
    """Return the id that an event came with; a measurement's also depends on its source.

    Its message's id alone would not do, because two sources may send the same message. A measurement without a time of
    its own has only its sequence number, which begins again when the device restarts: it counts within one hour of
    receipt. Better a duplicate after a retry than a loss.
    """
    event_id: str | None = event.columns.get("event_id")
    if not event_id or stream != "telemetry":
        return event_id
    if _has_no_time_of_its_own(event):
        return digest_id(source_name, event_id, received.astimezone(dt.UTC).isoformat(timespec="hours"))
    return digest_id(source_name, event_id)


def _has_no_time_of_its_own(event: Event) -> bool:
    return event.time is None or isinstance(event.time, Relative)


def is_known_by_its_place(event: Event) -> bool:
    """Tell whether only its arrival and its place in the request identify an event."""
    return not event.columns.get("event_id") and _has_no_time_of_its_own(event)


def _made_up_id(event: Event, source_name: str, received: dt.datetime, position: int | str) -> str:
    """Return an id for an event that came without one.

    With a time of its own, what was sent identifies it, also when it is sent again. Without one, a device or a person
    may well do the same thing twice, so that each arrival counts: better a duplicate after a retry than a loss.
    """
    if _has_no_time_of_its_own(event):
        return digest_id(source_name, event.identity, received.isoformat(), str(position))
    return digest_id(source_name, event.identity)


def _add_client(columns: dict[str, Any], event: Event) -> None:
    if event.user_agent:
        columns["user_agent"] = event.user_agent
        columns.update(agent_columns(event.user_agent[:LONGEST_PARSED]))
    if event.ip and len(event.ip) <= LONGEST_LIST:
        columns["country_code"], columns["ip_masked"] = _place(event.ip)


@lru_cache(maxsize=8192)
def _place(text: str) -> tuple[str | None, str | None]:
    """Return the country of an address, looked up before it is masked, and the masked address."""
    address = read_address(text)
    return (country_code(address), mask_ip(address)) if address else (None, None)
