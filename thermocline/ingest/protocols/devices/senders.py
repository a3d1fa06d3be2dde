"""How senders of JSON differ: where in a message the measurements are, who measured, when, and in which units."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from thermocline.ingest.protocols.devices.envelope import Members


def as_it_is(reading: Members) -> Members:
    """Return a reading that has the usual members already."""
    return reading


class Sender(msgspec.Struct, frozen=True, kw_only=True):
    """How one kind of sender writes its messages. Paths are names joined with dots; the empty one is the whole message.

    Attributes
    ----------
    marks
        Alternatives; a message with all the paths of one of them is this sender's. ``{}`` and ``[]`` behind a path ask
        for an object or a list.
    readings
        Where the measurements are: the first path with any counts, and all else is kept in ``extra``.
    device, time, seq
        Where to look before the usual names. The ids of `device` count before the topic.
    wrapper
        An object whose name is left out of its measurements' names.
    aside
        Members beside the measurements that are no measurements.
    series
        A list of readings, each with a time of its own.
    reading
        Turns a reading of the series into one with the usual members.
    metric, value
        Members of a reading that hold the metric's name and its value; ``unit`` beside them is its unit.
    named_by_topic
        The member that has the topic's name alone.
    moments
        Where each measurement's own time is: a copy of the measurements' structure that ends in ``timestamp``.
    units
        Units by the last name or the last two; ``$Name`` is the unit that the member Name holds.
    """

    name: str
    marks: tuple[tuple[str, ...], ...] = ()
    readings: tuple[str, ...] = ("",)
    device: tuple[str, ...] = ()
    time: tuple[str, ...] = ()
    seq: tuple[str, ...] = ()
    wrapper: str | None = None
    aside: frozenset[str] = frozenset()
    series: str | None = None
    reading: Callable[[Members], Members] = as_it_is
    metric: str | None = None
    value: str | None = None
    named_by_topic: str | None = None
    moments: str | None = None
    units: Mapping[str, str] = {}
