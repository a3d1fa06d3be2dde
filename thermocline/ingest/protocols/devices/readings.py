"""The readings of a message: what was measured at one moment, with the facts beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from thermocline.ingest.protocols.devices import envelope
from thermocline.ingest.protocols.devices.envelope import (
    Members,
    Path,
    at,
    is_scalar,
    path_of,
    plain,
    those_of,
    without,
)
from thermocline.ingest.protocols.devices.facts import Facts, facts_in_series, facts_of
from thermocline.ingest.protocols.devices.known_senders import UNKNOWN
from thermocline.ingest.protocols.devices.leaves import NOTHING, SEPARATOR, IsAside, Leaf, split
from thermocline.ingest.protocols.devices.naming import Naming
from thermocline.ingest.protocols.devices.senders import Sender
from thermocline.ingest.protocols.devices.units import unit_of
from thermocline.ingest.protocols.topics import Topic


class Value(NamedTuple):
    """One measured value."""

    metric: str
    value: Decimal | bool | str
    unit: str | None
    time: object


class Reading(NamedTuple):
    """The values of one moment, and the rest of the message."""

    facts: Facts
    values: list[Value]
    rest: dict[str, Any]


def readings_of(members: Members, sender: Sender, topic: Topic) -> Iterator[Reading]:
    """Yield the message's own reading, then each reading of a list whose readings have times of their own."""
    series = _series(members, sender)
    around = members
    for path in series:
        around = without(around, path)
    facts = facts_of(around, sender, topic)
    outer = _reading(around, _named(sender, around, facts), facts)
    yield outer
    for path in series:
        for child in map(sender.reading, at(members, path)):  # type: ignore[call-overload]
            reading = _reading(child, _within(sender, child), facts_in_series(child).within(outer.facts))
            own = {SEPARATOR.join(path): reading.rest} if reading.rest else {}
            yield reading._replace(rest=outer.rest | own)


def _series(members: Members, sender: Sender) -> list[Path]:
    if sender.series:
        path = path_of(sender.series)
        return [path] if _all_objects(at(members, path)) else []
    if sender.readings != ("",):
        return []
    return [(name,) for name, value in members.items() if _is_series(name, value)]


def _is_series(name: str, value: Any) -> bool:
    """Tell whether a member is a list of readings: each has a time, or a name and a value."""
    if not _all_objects(value):
        return False
    is_timed = plain(name) in envelope.SERIES and all(those_of(envelope.TIMES, child) for child in value)
    return is_timed or all(_value_name(child) for child in value)


def _all_objects(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(child, dict) for child in value)


def _value_name(child: Members, used: Collection[Path] = ()) -> str | None:
    """Return the name of the member that only names the member ``value`` beside it."""
    names = envelope.VALUE_NAMES if "value" in child else ()
    return next(
        (name for name in names if isinstance(child.get(name), str) and child[name] and (name,) not in used), None
    )


def _named(sender: Sender, members: Members, facts: Facts) -> Sender:
    """Return a message's sender; an unknown one may write a name and a value."""
    metric = _value_name(members, facts.used) if sender is UNKNOWN else None
    return msgspec.structs.replace(sender, metric=metric, value="value") if metric else sender


def _within(sender: Sender, child: Members) -> Sender:
    """Return a sender for a reading of a series, which may have a name and a value unless the sender says otherwise."""
    inner = msgspec.structs.replace(sender, readings=("",), moments=None)
    if sender.metric:
        return inner
    return msgspec.structs.replace(inner, metric=_value_name(child), value="value")


def _reading(members: Members, sender: Sender, facts: Facts) -> Reading:
    naming = Naming.of(members, sender)
    others = members
    for path in (*facts.used, *naming.used):
        others = without(others, path)
    root, leaves, rest = _split(others, sender)
    values = [
        Value(
            metric=naming.name(leaf.path[len(root) :] or leaf.path[-1:]),
            value=leaf.value,
            unit=leaf.unit or naming.unit_at(leaf.path) or unit_of(leaf.path, root, sender, members),
            time=_own_time(leaf.path[len(root) :], members, sender) or facts.time,
        )
        for leaf in leaves
    ]
    return Reading(facts, values, {} if rest is NOTHING else rest)


def _split(members: Members, sender: Sender) -> tuple[Path, list[Leaf], Any]:
    """Return the first of the sender's places that holds readings, its leaves, and the rest of the message."""
    root: Path = ()
    leaves: list[Leaf] = []
    rest: Any = NOTHING
    for root in map(path_of, sender.readings):
        leaves, rest = split(members, _aside(sender, root))
        if leaves:
            break
    return root, leaves, rest


def _aside(sender: Sender, root: Path) -> IsAside:
    depth = len(root)

    def is_aside(path: Path, value: object) -> bool:
        if path[:depth] != root[: len(path)]:
            return True
        name = plain(path[-1])
        if len(path) == 1 and ((path[0] in sender.aside and path != root) or name in envelope.NOT_AT_THE_TOP):
            return True
        return name in envelope.NO_MEASUREMENTS and is_scalar(value)

    return is_aside


def _own_time(path: Path, members: Members, sender: Sender) -> object:
    return at(members, (*path_of(sender.moments), *path, "timestamp")) if sender.moments else None
