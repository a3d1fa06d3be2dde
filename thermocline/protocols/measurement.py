"""One measurement of one device: the shape that every telemetry protocol comes down to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Self

import msgspec

from thermocline.errors import RefusedEvent
from thermocline.events.batch import Event
from thermocline.events.identity import digest_id
from thermocline.events.times import Relative


class Topic(msgspec.Struct, frozen=True):
    """An MQTT topic; ``dt/<tenant>/<site>/<device>/<stream>`` names the device and its stream."""

    name: str
    device_id: str | None = None
    stream: str | None = None

    @classmethod
    def parse(cls, name: str) -> Self:
        """Read a topic's name."""
        levels = name.split("/")
        if levels[0] == "dt" and len(levels) == 5:
            return cls(name, levels[3], levels[4])
        return cls(name)


class Measurement(msgspec.Struct, frozen=True, kw_only=True):
    """A device, a metric, a value and a time as sent; `columns` holds what else the protocol knows."""

    device_id: str | None
    metric: str
    unit: str | None
    value: Decimal | bool | str | None
    time: object
    columns: dict[str, Any]


def measured(measurement: Measurement, topic: Topic, raw: bytes) -> Event:
    """Return the event of a measurement.

    Its id is a hash of device, topic, metric, unit and sequence number or time, so that a message that is published
    twice is one event. Without either it has none yet, because a device may well measure the same value again.

    Raises
    ------
    RefusedEvent
        No device is named, neither in the message nor by the topic.
    """
    if not measurement.device_id:
        raise RefusedEvent(
            "invalid", "device_id: is required, in the message or by a topic dt/tenant/site/device/stream"
        )
    columns = (
        measurement.columns
        | _value_columns(measurement.value)
        | {
            "event_id": _event_id(measurement, topic),
            "topic": topic.name,
            "device_id": measurement.device_id,
            "stream": topic.stream,
            "metric": measurement.metric,
            "unit": measurement.unit,
        }
    )
    return Event(columns=columns, raw=raw, identity=_identity(measurement), time=measurement.time)


def _event_id(measurement: Measurement, topic: Topic) -> str | None:
    seq = measurement.columns.get("seq")
    moment = measurement.time if seq is None else seq
    if moment is None or isinstance(moment, Relative):
        return None
    return digest_id(str(measurement.device_id), topic.name, measurement.metric, measurement.unit or "", str(moment))


def _identity(measurement: Measurement) -> bytes:
    value_sum = measurement.columns.get("value_sum")
    return "\0".join(map(str, (measurement.metric, measurement.value, value_sum, measurement.time))).encode()


def _value_columns(value: Decimal | bool | str | None) -> dict[str, Any]:
    if isinstance(value, Decimal):
        return _number_columns(value)
    if isinstance(value, bool):
        return {"value_bool": value}
    return {"value_string": value}


def _number_columns(value: Decimal) -> dict[str, Any]:
    number = float(value)
    if number in (float("inf"), float("-inf")):
        return {"value_string": str(value)}
    # The digits that a double would lose are kept beside it.
    exact = Decimal(repr(number)) == value
    return {"value_double": number, "value_string": None if exact else str(value)}
