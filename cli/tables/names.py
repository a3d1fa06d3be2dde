"""Column names for the members of a sample."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from thermocline.contracts.names import RESERVED
from thermocline.contracts.rows_table import OWN_COLUMNS

_TAKEN: Final = RESERVED.union(OWN_COLUMNS)
_KEY_WORDS: Final = frozenset(("id", "uuid", "guid", "ulid", "key", "pk", "no", "number", "nr"))
_LONGEST = 200
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ODD = re.compile(r"[^a-z0-9_]+")


def column_names(members: Iterable[str]) -> dict[str, str]:
    """Return a valid column name for each member; a member that is a valid name keeps it."""
    ordered = list(members)
    names: dict[str, str] = {}
    used = set(_TAKEN)
    # Members that can keep their names come first.
    for member in sorted(ordered, key=lambda member: snake_case(member) != member):
        names[member] = next(name for name in _candidates(member, ordered.index(member) + 1) if name not in used)
        used.add(names[member])
    return {member: names[member] for member in ordered}


def looks_like_key(member: str) -> bool:
    """Tell whether a member is named like a key: ``id``, ``orderId``, ``uuid``, ``customer_no``."""
    return snake_case(member).rpartition("_")[2] in _KEY_WORDS


def snake_case(text: str) -> str:
    """Return lower-case ASCII words joined by underscores; "" if the text has none."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode()
    return _ODD.sub("_", _HUMP.sub("_", plain).lower())[:_LONGEST]


def _candidates(member: str, position: int) -> Iterator[str]:
    words = snake_case(member)
    name = words.strip("_") if words != member or words.startswith("__") else words
    if not name.strip("_"):
        name = f"column_{position}"
    elif name[0].isdigit():
        name = f"n_{name}"
    if name in _TAKEN:
        name = f"{name.strip('_')}_given"
    yield name
    number = 2
    while True:
        yield f"{name}_{number}"
        number += 1
