"""Telemetry as AWS IoT Core's HTTPS endpoint takes it: ``POST /topics/{topic}`` with plain JSON or a SenML pack.

Source: https://docs.aws.amazon.com/iot/latest/developerguide/http.html
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import unquote

import msgspec

from thermocline.errors import RefusedEvent, RequestError
from thermocline.events.batch import Batch, Event, Refused
from thermocline.protocols import senml
from thermocline.protocols.caps import MAX_KEYS, check_count
from thermocline.protocols.json_body import JSON_ERRORS, refused, split_body
from thermocline.protocols.measurement import Measurement, Topic, measured

PATH_PREFIX = "/topics/"


class _Message(msgspec.Struct, frozen=True):
    metrics: dict[str, msgspec.Raw]
    device_id: str | None = None
    ts: str | int | float | None = None
    seq: int | None = None
    quality: str | None = None
    units: dict[str, str] = {}


_KNOWN = set(_Message.__struct_fields__)
_NUMBER_STARTS = tuple(bytes([character]) for character in b"-0123456789")
_decode_message = msgspec.json.Decoder(_Message).decode
_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def parse_publish(path: str, body: bytes) -> Batch:
    """Read ``POST /topics/{topic}``; the topic may come percent-encoded or decoded.

    Raises
    ------
    RequestError
        There is no topic, or the body's JSON is broken as a whole.
    """
    topic = unquote(path.removeprefix(PATH_PREFIX)).strip("/")
    if not topic:
        raise RequestError(400, "missing_topic", "Publish to /topics/{topic}.")
    return parse_telemetry(body, topic)


def parse_telemetry(body: bytes, topic: str) -> Batch:
    """Read messages published to `topic`: a SenML pack, or plain JSON objects (one, an array, or NDJSON)."""
    raws = split_body(body)
    if senml.is_pack(raws):
        return Batch(
            protocol="senml",
            stream="telemetry",
            events=senml.parse_pack(raws, Topic.parse(topic)),
            context={"topic": topic},
        )
    events: list[Event | Refused] = []
    for raw in raws:
        events += _parse_message(raw, Topic.parse(topic))
        check_count(len(events))
    return Batch(protocol="iot-json", stream="telemetry", events=events, context={"topic": topic})


def _parse_message(raw: bytes, topic: Topic) -> list[Event | Refused]:
    try:
        message = _decode_message(raw)
        if len(message.metrics) > MAX_KEYS:
            raise RefusedEvent("too_large", f"metrics: has more than {MAX_KEYS} members")
        extra = _extra(raw)
        return [_measurement(raw, topic, message, name, extra) for name in message.metrics]
    except JSON_ERRORS as error:
        return [Refused.because(refused(error), raw)]
    except RefusedEvent as error:
        return [Refused.because(error, raw)]


def _measurement(raw: bytes, topic: Topic, message: _Message, name: str, extra: str | None) -> Event:
    columns: dict[str, Any] = {"seq": message.seq, "quality": message.quality, "extra": extra}
    measurement = Measurement(
        device_id=message.device_id or topic.device_id,
        metric=name,
        unit=message.units.get(name),
        value=_value(message.metrics[name]),
        time=message.ts,
        columns=columns,
    )
    return measured(measurement, topic, raw)


def _value(raw: msgspec.Raw) -> Decimal | bool | str | None:
    """Read a metric's value; a number keeps all its digits."""
    kind = Decimal if bytes(raw)[:1] in _NUMBER_STARTS else bool | str | None
    value: Decimal | bool | str | None = msgspec.json.decode(raw, type=kind)
    return value


def _extra(raw: bytes) -> str | None:
    members = {name: value for name, value in _decode_members(raw).items() if name not in _KNOWN}
    return msgspec.json.encode(members).decode() if members else None
