"""Telemetry as AWS IoT Core's HTTPS endpoint takes it: ``POST /topics/{topic}`` with a SenML pack or JSON.

JSON with an object ``metrics`` is read here; devices' own JSON is read by `devices`.

Source: https://docs.aws.amazon.com/iot/latest/developerguide/http.html
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

import msgspec

from thermocline.errors import RefusedEvent, RequestError
from thermocline.events.batch import Batch, Event, Refused
from thermocline.events.times import is_time
from thermocline.ingest.http.caps import MAX_KEYS, check_count
from thermocline.ingest.protocols import senml
from thermocline.ingest.protocols.declaration import Protocol
from thermocline.ingest.protocols.devices.facts import may_be_time, time_of
from thermocline.ingest.protocols.devices.messages import read_bare, read_message, word
from thermocline.ingest.protocols.json_body import JSON_ERRORS, refused
from thermocline.ingest.protocols.measurement import Measurement, check_repeated, measured, without_time
from thermocline.ingest.protocols.not_finite import split_messages
from thermocline.ingest.protocols.topics import Topic

PATH_PREFIX = "/topics/"


class _Message(msgspec.Struct, frozen=True):
    metrics: dict[str, msgspec.Raw]
    device_id: str | None = None
    ts: str | int | float | None = None
    seq: int | None = None
    quality: str | None = None
    units: dict[str, str] = {}


_BEFORE_JSON = b"\xef\xbb\xbf \t\r\n"
_KNOWN = frozenset(_Message.__struct_fields__)
_NUMBER_STARTS = tuple(bytes([character]) for character in b"-0123456789")
_decode = msgspec.json.Decoder(float_hook=Decimal).decode
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
    """Read messages published to `topic`: a SenML pack, JSON objects (one, an array, or NDJSON), or a bare value."""
    parsed = Topic.parse(topic)
    raws = split_messages(body)
    if senml.is_pack(raws, is_array=body.lstrip(_BEFORE_JSON).startswith(b"[")):
        return senml.parse_pack(raws, parsed)
    events: list[Event | Refused] = []
    for raw in raws:
        events += _parse_message(raw, parsed, alone=len(raws) == 1)
        check_count(len(events))
    return Batch(protocol="iot-json", stream="telemetry", events=events, context={"topic": topic})


def _parse_message(raw: bytes, topic: Topic, *, alone: bool) -> Sequence[Event | Refused]:
    try:
        return _metrics_message(raw, topic)
    except msgspec.ValidationError as error:
        return _own_message(raw, topic, error)
    except JSON_ERRORS as error:
        text = word(raw, topic) if alone else None
        return [read_bare(text, topic, raw) if text else Refused.because(refused(error), raw)]
    except RefusedEvent as error:
        return [Refused.because(error, raw)]


def _metrics_message(raw: bytes, topic: Topic) -> Sequence[Event | Refused]:
    message = _decode_message(raw)
    if not message.metrics:
        raise RefusedEvent("invalid", "metrics: is empty")
    if len(message.metrics) > MAX_KEYS:
        raise RefusedEvent("too_large", f"metrics: has more than {MAX_KEYS} members")
    known = _KNOWN
    if not may_be_time(message.ts):
        known, message = _KNOWN - {"ts"}, msgspec.structs.replace(message, ts=None)
    elif not is_time(message.ts):
        return [without_time(raw, message.ts)]
    extra = _extra(raw, known)
    check_repeated(extra, len(message.metrics))
    return [_measurement(raw, topic, message, name, extra) for name in message.metrics]


def _own_message(raw: bytes, topic: Topic, error: msgspec.ValidationError) -> Sequence[Event | Refused]:
    """Read a message without a valid object ``metrics``; one whose ``metrics`` is wrong is refused for that."""
    value: object = None
    try:
        value = _decode(raw)
        if not isinstance(value, dict):
            return [read_bare(value, topic, raw)]
        if "metrics" in value and not isinstance(value["metrics"], list):
            raise error
        return read_message(value, topic, raw)
    except JSON_ERRORS as broken:
        return [_refusal(refused(broken), raw, value)]
    except RefusedEvent as refusal:
        return [_refusal(refusal, raw, value)]


def _refusal(error: RefusedEvent, raw: bytes, value: object) -> Refused:
    time = time_of(value) if isinstance(value, dict) else None
    return msgspec.structs.replace(Refused.because(error, raw), time=time)


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


def _extra(raw: bytes, known: Set[str]) -> str | None:
    members = {name: value for name, value in _decode_members(raw).items() if name not in known}
    return msgspec.json.encode(members).decode() if members else None


PROTOCOLS = (
    Protocol(
        routes=("POST /topics/{topic+}",),
        parse=lambda body, post: parse_publish(post.path, body),
        # AWS's SDK signs and describes what it publishes.
        browser_headers=(
            "amz-sdk-invocation-id",
            "amz-sdk-request",
            "x-amz-content-sha256",
            "x-amz-date",
            "x-amz-mqtt5-correlation-data",
            "x-amz-mqtt5-payload-format-indicator",
            "x-amz-mqtt5-user-properties",
            "x-amz-security-token",
            "x-amz-user-agent",
        ),
    ),
    Protocol(reads="telemetry", parse=lambda body, post: parse_telemetry(body, post.source_name)),
)
