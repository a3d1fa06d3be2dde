"""SenML packs (RFC 8428): records whose name, time, unit, value and sum build on base fields before them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec

from thermocline.errors import RefusedEvent
from thermocline.events.batch import Batch, Event, Refused
from thermocline.events.times import Relative
from thermocline.ingest.protocols.devices import envelope
from thermocline.ingest.protocols.devices.envelope import Members, plain, those_of
from thermocline.ingest.protocols.json_body import JSON_ERRORS
from thermocline.ingest.protocols.measurement import Measurement, measured
from thermocline.ingest.protocols.senml_base import Base
from thermocline.ingest.protocols.senml_record import (
    BASE_FIELDS,
    LABELS,
    MUST_UNDERSTAND,
    VALUE_FIELDS,
    Record,
    read_record,
)
from thermocline.ingest.protocols.topics import Topic

_RELATIVE_TIME_LIMIT = 2**28
_DEVICE_URN = re.compile(r"urn:dev:[^:/]+:[^:/]+")  # RFC 9039
_VALUES = frozenset({*VALUE_FIELDS, "s"})
_NOT_SENML = frozenset({"metrics", *envelope.TIMES, *envelope.DEVICES})
_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder(decimal_format="number").encode


def is_pack(raws: Sequence[bytes], *, is_array: bool) -> bool:
    """Tell whether messages are SenML records, by the first of them that is an object.

    A record has a name with a value or a base field; one of an array may also have base fields only. No member is one
    of plain JSON, such as ``ts`` or ``device_id``.
    """
    members = next(filter(None, map(_object, raws[:3])), {})
    if not all(name in LABELS or name.endswith(MUST_UNDERSTAND) for name in members):
        return (
            _is_named(members) and _says_something(members) and not any(plain(name) in _NOT_SENML for name in members)
        )
    if is_array and not members.keys().isdisjoint(BASE_FIELDS):
        return True
    return _says_something(members) and ("n" in members or "bn" in members or isinstance(members.get("u"), str))


def _object(raw: bytes) -> Members:
    try:
        value = _decode(raw)
    except JSON_ERRORS:
        return {}
    return value if isinstance(value, dict) else {}


def _is_named(members: Members) -> bool:
    return "bn" in members or isinstance(members.get("n"), str)


def _says_something(members: Members) -> bool:
    return not (_VALUES | {"bn"}).isdisjoint(members)


def parse_pack(raws: Sequence[bytes], topic: Topic) -> Batch:
    """Resolve the records of a pack; those that only set base fields are counted as skipped."""
    base, context = Base(), dict[str, object]()
    events: list[Event | Refused] = []
    for raw in raws:
        record, before = read_record(raw), base
        base = base.updated(record)
        if not _only_sets_base_fields(record):
            events.append(_resolved(record, base, topic, raw, context))
        if base is not before:
            context = base.context()
    skipped = len(raws) - len(events)
    return Batch(protocol="senml", stream="telemetry", events=events, skipped=skipped, context={"topic": topic.name})


def _only_sets_base_fields(record: Record) -> bool:
    if record.wrong or not record.fields or not record.fields.keys() <= BASE_FIELDS:
        return False
    # Drafts of SenML had their records in a member of the first one.
    return not any(isinstance(value, dict | list) for value in record.others.values())


def _resolved(record: Record, base: Base, topic: Topic, raw: bytes, context: dict[str, object]) -> Event | Refused:
    """Return the event of a record; with `context`, the base fields before it, it can be sent alone."""
    time = _time(base.plus("bt", record.fields.get("t")))
    try:
        _check(record, base)
        event = measured(_measurement(record, base, time, topic), topic, raw)
    except RefusedEvent as error:
        unknown = not {"bt", "t"}.isdisjoint(record.wrong.keys() | base.wrong.keys())
        refusal = Refused.because(error, raw)
        return msgspec.structs.replace(
            refusal, identity=_encode(context) + raw, time=None if unknown else time, context=context
        )
    event.context = context
    return event


def _check(record: Record, base: Base) -> None:
    """Refuse a record that is wrong, or builds on a base field that is."""
    if record.wrong:
        raise next(iter(record.wrong.values()))
    base.check(record)
    values = [name for name in VALUE_FIELDS if name in record.fields]
    if len(values) > 1:
        raise RefusedEvent("invalid", f"{values[1]}: a record has one value, and {values[0]} is another")
    if not values and "s" not in record.fields:
        raise RefusedEvent("invalid", "v: a record has a value (v, vs, vb or vd), a sum (s), or base fields only")
    if "bt" not in base.fields and "t" not in record.fields and those_of(envelope.TIMES, record.others):
        raise RefusedEvent("invalid", "t: is the time of a SenML record; it has another one")


def _measurement(record: Record, base: Base, time: Decimal | Relative, topic: Topic) -> Measurement:
    fields = record.fields
    unit = fields.get("u") or base.fields.get("bu")
    device_id, metric = _device_and_metric(base.fields.get("bn", "") + fields.get("n", ""), unit, topic)
    value = next((fields[name] for name in VALUE_FIELDS if name in fields), None)
    value_sum = base.plus("bs", fields.get("s"))
    return Measurement(
        device_id=device_id,
        metric=metric,
        unit=unit,
        value=base.plus("bv", value) if "v" in fields else value,
        time=time,
        columns={"value_sum": _double(value_sum), "extra": _extra(record, value_sum)},
    )


def _double(total: Decimal | None) -> float | None:
    number = None if total is None else float(total)
    if number is not None and math.isinf(number):
        raise RefusedEvent("invalid", "s: does not fit a double")
    return number


def _extra(record: Record, value_sum: Decimal | None) -> str | None:
    """Return what has no column: the update time, fields of other specifications, a sum's digits beyond a double."""
    extra: dict[str, Any] = dict(record.others)
    if "ut" in record.fields:
        extra["ut"] = record.fields["ut"]
    if value_sum is not None and Decimal(repr(float(value_sum))) != value_sum:
        extra["s"] = value_sum
    return _encode(extra).decode() if extra else None


def _time(moment: Decimal | None) -> Decimal | Relative:
    moment = Decimal(0) if moment is None else moment
    return moment if moment >= _RELATIVE_TIME_LIMIT else Relative(moment)


def _device_and_metric(name: str, unit: str | None, topic: Topic) -> tuple[str | None, str]:
    """Split a resolved name: the topic's device or a device URN in front of it; else its last part is the metric.

    A name can be the device's alone, which then measures one thing in each unit.
    """
    if topic.device_id is not None:
        return topic.device_id, _behind(topic.device_id, name) or topic.bare or name
    if urn := _DEVICE_URN.match(name):
        return urn[0], name[urn.end() :].lstrip("/:") or unit or "value"
    cut = max(name.rfind("/"), name.rfind(":"))
    return (name[:cut] or None, name[cut + 1 :]) if cut >= 0 else (None, name)


def _behind(device_id: str, name: str) -> str:
    rest = name.removeprefix(device_id)
    return rest.lstrip("/:") if rest[:1] in {"", "/", ":"} else name
