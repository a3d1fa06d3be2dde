"""The facts that a reading states beside its measurements: which device, when, and its sequence number."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from thermocline.events.times import is_time
from thermocline.ingest.protocols.devices import envelope
from thermocline.ingest.protocols.devices.envelope import Members, Path, at, path_of, those_of
from thermocline.ingest.protocols.devices.senders import Sender
from thermocline.ingest.protocols.topics import Topic

_FIRST_EPOCH_SECOND = 2**28
_RECORD_ID = "_id"  # of one message, e.g. in OwnTracks and MongoDB
_LONGEST_COUNT = 18


class Facts(NamedTuple):
    """The facts of a reading, each with a column of its own; `used` are the paths that they were read from."""

    device_id: str | None
    time: object
    seq: int | None
    quality: str | None
    used: tuple[Path, ...]

    def within(self, outer: Facts) -> Facts:
        """Return the facts of a reading in a message, whose `outer` facts stand in for those that the reading lacks."""
        return Facts(
            device_id=self.device_id or outer.device_id,
            time=outer.time if self.time is None else self.time,
            seq=outer.seq if self.seq is None else self.seq,
            quality=self.quality or outer.quality,
            used=self.used,
        )


def facts_of(members: Members, sender: Sender, topic: Topic) -> Facts:
    """Read a message's facts. The device is named by an id in the message, else by the topic, else by a name in it."""
    device = _first(members, sender.device, envelope.DEVICES, _is_id)
    if not device and not topic.device_id:
        named = {name: value for name, value in members.items() if name != _RECORD_ID}
        device = _first(named, (), envelope.DEVICE_NAMES, _is_name)
    facts = _facts(members, sender.time, sender.seq, device)
    return facts if facts.device_id else facts._replace(device_id=topic.device_id)


def time_of(members: Members) -> object:
    """Return the time of a message that cannot be read otherwise, or None."""
    path = _time(members, ())
    return at(members, path) if path else None


def facts_in_series(members: Members) -> Facts:
    """Read the facts of one reading of a series, whose names are those of metrics rather than of devices."""
    return _facts(members, (), (), _first(members, (), envelope.DEVICES, _is_id))


def _facts(members: Members, times: tuple[str, ...], numbers: tuple[str, ...], device: Path | None) -> Facts:
    time = _time(members, times)
    seq = _first(members, numbers, envelope.SEQUENCES, _is_count)
    quality = ("quality",) if isinstance(members.get("quality"), str) else None
    return Facts(
        device_id=str(at(members, device)) if device else None,
        time=at(members, time) if time else None,
        seq=int(at(members, seq)) if seq else None,  # type: ignore[call-overload]
        quality=at(members, quality) if quality else None,  # type: ignore[arg-type]
        used=tuple(path for path in (device, time, seq, quality) if path),
    )


def _time(members: Members, own: tuple[str, ...]) -> Path | None:
    """Return the path of the time: the first that can be read, or else the first; an empty text is no time."""
    paths = list(dict.fromkeys([*map(path_of, own), *those_of(envelope.TIMES, members)]))
    paths = [path for path in paths if may_be_time(at(members, path))]
    if len(paths) < 2:
        return paths[0] if paths else None
    return next((path for path in paths if is_time(at(members, path))), paths[0])


def _first(
    members: Members, own: tuple[str, ...], usual: tuple[str, ...], fits: Callable[[object], bool]
) -> Path | None:
    """Return the path of the first value that fits: one of the sender's own paths, else a usual name."""
    paths = [*map(path_of, own), *those_of(usual, members)]
    return next((path for path in paths if fits(at(members, path))), None)


def may_be_time(value: object) -> bool:
    """Tell whether a value is present, and is not a clock that counts from when the device was switched on."""
    return isinstance(value, str | int | float | Decimal) and value != "" and not _is_own_clock(value)


def _is_own_clock(value: object) -> bool:
    """Tell whether a number counts from when the device was switched on, by SenML's limit (RFC 8428, 4.5.3)."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool) and value < _FIRST_EPOCH_SECOND


def _is_id(value: object) -> bool:
    return _is_name(value) or _is_integer(value)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _is_count(value: object) -> bool:
    """Tell whether a value is an integer, also as text: the JSON of Protocol Buffers writes 64 bits so."""
    is_text = isinstance(value, str) and len(value) <= _LONGEST_COUNT and value.isascii() and value.isdigit()
    return is_text or _is_integer(value)


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
