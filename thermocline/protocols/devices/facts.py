"""What a reading says of itself beside its measurements: which device, when, and which number it has."""

from __future__ import annotations

from typing import NamedTuple

from thermocline.protocols.devices import envelope
from thermocline.protocols.devices.envelope import Members, Path, at, first_of, is_scalar, path_of
from thermocline.protocols.devices.senders import Sender
from thermocline.protocols.topics import Topic


class Facts(NamedTuple):
    """They have columns of their own; `used` are the paths that they were read from."""

    device_id: str | None
    time: object
    seq: int | None
    quality: str | None
    used: tuple[Path, ...]

    def within(self, outer: Facts) -> Facts:
        """Return the facts of a reading in a message, which says what the reading does not."""
        return Facts(
            device_id=self.device_id or outer.device_id,
            time=outer.time if self.time is None else self.time,
            seq=outer.seq if self.seq is None else self.seq,
            quality=self.quality or outer.quality,
            used=self.used,
        )


def facts_of(members: Members, sender: Sender, topic: Topic) -> Facts:
    """Read a message's facts. The device is named by an id in the message, else by the topic, else by a name in it."""
    device = _path(members, sender.device, envelope.DEVICES, str | int)
    if not device and not topic.device_id:
        device = _path(members, (), envelope.DEVICE_NAMES, str)
    facts = _facts(members, sender.time, sender.seq, device)
    return facts if facts.device_id else facts._replace(device_id=topic.device_id)


def facts_in_series(members: Members) -> Facts:
    """Read the facts of one reading of a series, whose names are those of metrics rather than of devices."""
    return _facts(members, (), (), _path(members, (), envelope.DEVICES, str | int))


def _facts(members: Members, times: tuple[str, ...], numbers: tuple[str, ...], device: Path | None) -> Facts:
    time = _path(members, times, envelope.TIMES, object)
    seq = _path(members, numbers, envelope.SEQUENCES, int)
    quality = ("quality",) if isinstance(members.get("quality"), str) else None
    return Facts(
        device_id=str(at(members, device)) if device else None,
        time=at(members, time) if time else None,
        seq=at(members, seq) if seq else None,  # type: ignore[arg-type]
        quality=at(members, quality) if quality else None,  # type: ignore[arg-type]
        used=tuple(path for path in (device, time, seq, quality) if path),
    )


def _path(members: Members, own: tuple[str, ...], usual: tuple[str, ...], kind: object) -> Path | None:
    """Return where a single value of a kind is: on one of the sender's own paths, else under a usual name."""
    paths = [*map(path_of, own), first_of(usual, members)]
    return next((path for path in paths if path and _fits(at(members, path), kind)), None)


def _fits(value: object, kind: object) -> bool:
    if not is_scalar(value) or not isinstance(value, kind):  # type: ignore[arg-type]
        return False
    return kind is object or (not isinstance(value, bool) and value != "")
