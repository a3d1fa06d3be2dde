"""One measurement of one device: the form to which every telemetry protocol is reduced."""

from __future__ import annotations

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from functools import lru_cache
from typing import Any

import msgspec

from thermocline.errors import RefusedEvent
from thermocline.events.batch import Event, Refused
from thermocline.events.identity import digest_id
from thermocline.events.times import Relative
from thermocline.ingest.identity import identity_of
from thermocline.ingest.protocols.topics import Topic

# Every value of a message is a row, and each row repeats all that is kept beside the values: this bounds the memory.
MAX_REPEATED_BYTES = 2 * 1024 * 1024
_without_last_zeros = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN).normalize


class Measurement(msgspec.Struct, frozen=True, kw_only=True):
    """A device, a metric, a value and a time as sent; `columns` holds what else the protocol knows."""

    device_id: str | None
    metric: str
    unit: str | None
    value: Decimal | bool | str | None
    time: object
    columns: dict[str, Any]


def check_repeated(extra: str | None, values: int) -> None:
    """Refuse a message whose rows together repeat too much.

    Raises
    ------
    RefusedEvent
        What is kept beside the values is too large for so many of them.
    """
    if extra is not None and len(extra) * values > MAX_REPEATED_BYTES:
        raise RefusedEvent("too_large", f"{len(extra)} bytes beside {values} values; send fewer values in one message")


def measured(measurement: Measurement, topic: Topic, raw: bytes, *, message: str = "") -> Event:
    """Return the event of a measurement.

    Its id is a hash of device, topic, metric, unit and sequence number or time, so that a message that is published
    twice is one event. Without either it has none yet, because a device may well measure the same value again. A number
    without a time counts within one hour of receipt, which is known later.

    Parameters
    ----------
    message
        What stands for the whole message in the fingerprint, where its other members may say what was measured.

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
    return Event(columns=columns, raw=raw, identity=_identity(measurement, topic, message), time=measurement.time)


def without_time(raw: bytes, time: object) -> Refused:
    """Return the one row for a message whose time cannot be read."""
    return Refused.because(RefusedEvent("invalid", "event_time: is not a time"), raw, time=time)


def _event_id(measurement: Measurement, topic: Topic) -> str | None:
    seq = measurement.columns.get("seq")
    moment = _spelt(measurement.time) if seq is None else seq
    if moment is None or isinstance(moment, Relative):
        return None
    return digest_id(str(measurement.device_id), topic.name, measurement.metric, measurement.unit or "", str(moment))


def _identity(measurement: Measurement, topic: Topic, message: str) -> bytes:
    """Return all that distinguishes a measurement from others; one without a time has nothing else that does."""
    columns = measurement.columns
    parts = (
        *(measurement.device_id, topic.name, measurement.metric, measurement.unit, _spelt(measurement.value)),
        *(_spelt(measurement.time), _spelt(columns.get("value_sum")), columns.get("seq"), message),
    )
    extra = columns.get("extra")
    return "\0".join(map(str, parts)).encode() + b"\0" + (b"None" if extra is None else _sorted(extra))


def _spelt(value: object) -> object:
    """Return a value in one spelling: a number may be sent as ``1``, ``1.0`` or ``1e0``."""
    if isinstance(value, Decimal):
        return _without_last_zeros(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return _without_last_zeros(Decimal(str(value))) if is_number else value


@lru_cache(maxsize=2)  # every measurement of a message has the same
def _sorted(extra: str) -> bytes:
    return identity_of(extra.encode())


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
