"""Names of measurements: the names on the path to a value, joined, or the name that the reading states."""

from __future__ import annotations

from typing import NamedTuple, Self

from thermocline.ingest.protocols.devices.envelope import Members, Path, is_scalar
from thermocline.ingest.protocols.devices.leaves import SEPARATOR
from thermocline.ingest.protocols.devices.senders import Sender

_UNIT = "unit"


class Naming(NamedTuple):
    """How one reading names its measurements; `used` are the paths of these names."""

    wrapper: str | None
    metric: str | None
    value: str | None
    unit: str | None
    used: tuple[Path, ...]

    @classmethod
    def of(cls, members: Members, sender: Sender) -> Self:
        """Return the naming of a reading of this sender."""
        metric = members.get(sender.metric) if sender.metric else None
        if not isinstance(metric, str) or not (sender.value is None or sender.value in members):
            return cls(sender.wrapper, None, None, None, ())
        unit = members.get(_UNIT) if sender.value and is_scalar(members[sender.value]) else None
        used = [(sender.metric,), (_UNIT,)] if isinstance(unit, str) else [(sender.metric,)]
        return cls(None, metric, sender.value, unit if isinstance(unit, str) else None, tuple(used))  # type: ignore[arg-type]

    def name(self, path: Path) -> str:
        """Return the name of the measurement at a path."""
        if self.metric is not None:
            path = (self.metric, *(path[1:] if path[0] == self.value else path))
        elif path[0] == self.wrapper and len(path) > 1:
            path = path[1:]
        return SEPARATOR.join(path)

    def unit_at(self, path: Path) -> str | None:
        """Return the unit that the reading states for its value."""
        return self.unit if path == (self.value,) else None
