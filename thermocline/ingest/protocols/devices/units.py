"""Units of devices' own JSON: stated once per message, or fixed by the sender's documentation."""

from __future__ import annotations

from thermocline.ingest.protocols.devices.envelope import Members, Path, at
from thermocline.ingest.protocols.devices.leaves import SEPARATOR
from thermocline.ingest.protocols.devices.senders import Sender

_REGISTERED = {"C": "Cel", "°C": "Cel", "F": "degF", "°F": "degF"}
"""Names of RFC 8428's registry for what devices write; it has none for Fahrenheit."""


def unit_of(path: Path, root: Path, sender: Sender, members: Members) -> str | None:
    """Return the unit of the value at a path, or None when it is not certain.

    Parameters
    ----------
    root
        Where the message's measurements are.
    """
    said = at(members, ("units", SEPARATOR.join(path[len(root) :])))
    if isinstance(said, str):
        return said
    names = [name for name in path if not name.isdigit()]
    fixed = sender.units.get(SEPARATOR.join(names[-2:])) or sender.units.get(SEPARATOR.join(names[-1:]))
    return _said_once(at(members, (*root, fixed[1:]))) if fixed and fixed.startswith("$") else fixed


def _said_once(unit: object) -> str | None:
    return _REGISTERED.get(unit, unit) if isinstance(unit, str) else None
