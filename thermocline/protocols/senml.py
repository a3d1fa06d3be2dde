"""SenML packs (RFC 8428): records whose name, time, unit, value and sum lean on base fields before them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal

import msgspec

from thermocline.errors import RefusedEvent
from thermocline.events.batch import Event, Refused
from thermocline.events.times import Relative
from thermocline.protocols.json_body import JSON_ERRORS, refused
from thermocline.protocols.measurement import Measurement, Topic, measured
from thermocline.protocols.open_json import EMPTY

_RELATIVE_TIME_LIMIT = 2**28
_SUPPORTED_VERSION = 10
# Far beyond a double, and small enough that sums stay within decimal's own range.
_LARGEST_EXPONENT = 1000


class _Record(msgspec.Struct, frozen=True):
    bn: str | None = None
    bt: Decimal | None = None
    bu: str | None = None
    bv: Decimal | None = None
    bs: Decimal | None = None
    bver: int | None = None
    n: str = ""
    u: str | None = None
    v: Decimal | None = None
    vs: str | None = None
    vb: bool | None = None
    vd: str | None = None
    s: Decimal | None = None
    t: Decimal = Decimal(0)


class _Base(msgspec.Struct):
    bn: str = ""
    bt: Decimal = Decimal(0)
    bu: str | None = None
    bv: Decimal | None = None
    bs: Decimal | None = None

    def update(self, record: _Record) -> None:
        """Take over the record's base fields; they hold until the next record that gives them."""
        for name in self.__struct_fields__:
            value = getattr(record, name)
            if value is not None:
                setattr(self, name, value)


class _Probe(msgspec.Struct, frozen=True):
    metrics: msgspec.Raw = EMPTY
    bn: msgspec.Raw = EMPTY
    n: msgspec.Raw = EMPTY


_DEVICE_URN = re.compile(r"urn:dev:[^:/]+:[^:/]+")  # RFC 9039
_NUMBERS = ("bt", "bv", "bs", "v", "s", "t")
_decode = msgspec.json.Decoder(_Record).decode
_decode_probe = msgspec.json.Decoder(_Probe).decode


def is_pack(raws: Sequence[bytes]) -> bool:
    """Tell whether messages are SenML records: their first has a name or base name, and no ``metrics``."""
    try:
        probe = _decode_probe(raws[0])
    except (*JSON_ERRORS, IndexError):
        return False
    return not bytes(probe.metrics) and bool(bytes(probe.bn) or bytes(probe.n))


def parse_pack(raws: Sequence[bytes], topic: Topic) -> list[Event | Refused]:
    """Resolve the records of a pack; a record that only sets base fields is no event."""
    base = _Base()
    found: list[Event | Refused] = []
    for position, raw in enumerate(raws):
        try:
            record = _decode(raw)
            _check_version(record)
            _check_numbers(record)
        except JSON_ERRORS as error:
            # Later records may lean on a base field of this one: none of them can be trusted.
            return found + [Refused.because(refused(error), rest) for rest in raws[position:]]
        except RefusedEvent as error:
            return found + [Refused.because(error, rest) for rest in raws[position:]]
        base.update(record)
        found += _resolve(record, base, raw, topic)
    return found


def _resolve(record: _Record, base: _Base, raw: bytes, topic: Topic) -> list[Event | Refused]:
    value = _value(record, base)
    if value is None and record.s is None:
        return []
    try:
        unit = record.u or base.bu
        device_id, metric = _device_and_metric(base.bn + record.n, unit, topic)
        measurement = Measurement(
            device_id=device_id,
            metric=metric,
            unit=unit,
            value=value,
            time=_time(base.bt + record.t),
            columns={"value_sum": _sum(record, base)},
        )
        return [measured(measurement, topic, raw)]
    except RefusedEvent as error:
        return [Refused.because(error, raw)]


def _value(record: _Record, base: _Base) -> Decimal | bool | str | None:
    if record.v is not None:
        return record.v if base.bv is None else base.bv + record.v
    for value in (record.vb, record.vs, record.vd):
        if value is not None:
            return value
    return None


def _sum(record: _Record, base: _Base) -> float | None:
    if record.s is None:
        return None
    total = float(record.s if base.bs is None else base.bs + record.s)
    if math.isinf(total):
        raise RefusedEvent("invalid", "s: does not fit a double")
    return total


def _time(moment: Decimal) -> Decimal | Relative:
    return moment if moment >= _RELATIVE_TIME_LIMIT else Relative(moment)


def _device_and_metric(name: str, unit: str | None, topic: Topic) -> tuple[str | None, str]:
    """Split a resolved name: the topic's device or a device URN in front of it; else its last part is the metric.

    A name can be the device's alone, which then measures one thing in each unit.
    """
    if topic.device_id is not None:
        return topic.device_id, name.removeprefix(topic.device_id).lstrip("/:") or topic.stream or name
    if urn := _DEVICE_URN.match(name):
        return urn[0], name[urn.end() :].lstrip("/:") or unit or "value"
    cut = max(name.rfind("/"), name.rfind(":"))
    return (name[:cut] or None, name[cut + 1 :]) if cut >= 0 else (None, name)


def _check_version(record: _Record) -> None:
    if record.bver is not None and record.bver > _SUPPORTED_VERSION:
        raise RefusedEvent("unsupported", "bver: SenML versions above 10 are not known")


def _check_numbers(record: _Record) -> None:
    for name in _NUMBERS:
        number: Decimal | None = getattr(record, name)
        if number is not None and (not number.is_finite() or number.adjusted() > _LARGEST_EXPONENT):
            raise RefusedEvent("invalid", f"{name}: is not a finite number")
