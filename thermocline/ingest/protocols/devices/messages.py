"""Devices' own JSON: every value of a message, however deep, is one measurement or is kept in ``extra``."""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec

from thermocline.errors import RefusedEvent
from thermocline.events.batch import Event, Refused
from thermocline.events.identity import digest_id
from thermocline.events.times import is_time
from thermocline.ingest.http.caps import MAX_KEYS
from thermocline.ingest.identity import identity_of
from thermocline.ingest.protocols.devices.envelope import Members
from thermocline.ingest.protocols.devices.known_senders import sender_of
from thermocline.ingest.protocols.devices.leaves import SEPARATOR
from thermocline.ingest.protocols.devices.readings import Reading, readings_of
from thermocline.ingest.protocols.devices.senders import Sender
from thermocline.ingest.protocols.measurement import Measurement, check_repeated, measured, without_time
from thermocline.ingest.protocols.topics import Topic

_STATES = frozenset({"on", "off", "online", "offline", "open", "closed", "connected", "disconnected"})
_NOT_WORDS = re.compile(r"[\[{\"]|[-+]?(?:nan|inf)", re.IGNORECASE)
_MAX_WORD = 256
_encode = msgspec.json.Encoder(decimal_format="number").encode


def read_message(members: Members, topic: Topic, raw: bytes) -> list[Event | Refused]:
    """Return the measurements of one message, and one refusal for all whose time cannot be read.

    Raises
    ------
    RefusedEvent
        It holds no measurement or too many, or nothing names the device.
    """
    sender = sender_of(members, topic)
    readings = list(readings_of(members, sender, topic))
    count = sum(len(reading.values) for reading in readings)
    if not count:
        raise RefusedEvent("invalid", "the message holds no measurement")
    if count > MAX_KEYS:
        raise RefusedEvent("too_large", f"a message has more than {MAX_KEYS} values")
    message = digest_id(identity_of(raw))
    return _once([event for reading in readings for event in _events(reading, sender, topic, raw, message)])


def read_bare(value: object, topic: Topic, raw: bytes) -> Event:
    """Return the measurement in a value without a name, which its topic names.

    Raises
    ------
    RefusedEvent
        It is no single value, or the topic names none.
    """
    if not topic.bare or not isinstance(value, str | int | Decimal):
        raise RefusedEvent("invalid", "send an object, or a single value to a topic that says what it measures")
    number = value if isinstance(value, bool | str | Decimal) else Decimal(value)

    measurement = Measurement(
        device_id=topic.device_id, metric=topic.bare, unit=None, value=number, time=None, columns={}
    )
    return measured(measurement, topic, raw)


def word(raw: bytes, topic: Topic) -> str | None:
    """Return a state that is not JSON, such as ON, on a topic of a sender of bare values; else None."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return None
    if not topic.bare or len(text) > _MAX_WORD or not text.isprintable() or _NOT_WORDS.match(text):
        return None
    return text if topic.sender or text.lower() in _STATES else None


def _once(events: list[Event]) -> list[Event | Refused]:
    """Return the events with readable times, and one refusal for all others: each would hold the whole message."""
    times = {id(event.time): event.time for event in events}  # the values of a reading share one
    unreadable = {key for key, time in times.items() if time is not None and not is_time(time)}
    if not unreadable:
        return [*events]
    refused = next(event for event in events if id(event.time) in unreadable)
    return [*(event for event in events if id(event.time) not in unreadable), without_time(refused.raw, refused.time)]


def _events(reading: Reading, sender: Sender, topic: Topic, raw: bytes, message: str) -> list[Event]:
    facts = reading.facts
    extra = _encode(reading.rest).decode() if reading.rest else None
    check_repeated(extra, len(reading.values))
    return [
        measured(
            Measurement(
                device_id=facts.device_id,
                metric=_metric(value.metric, sender, topic),
                unit=value.unit,
                value=value.value,
                time=value.time,
                columns={"seq": facts.seq, "quality": facts.quality, "extra": extra},
            ),
            topic,
            raw,
            message=message,
        )
        for value in reading.values
    ]


def _metric(name: str, sender: Sender, topic: Topic) -> str:
    if topic.metric is None:
        return name
    return topic.metric if name == sender.named_by_topic else topic.metric + SEPARATOR + name
