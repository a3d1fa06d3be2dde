"""Whose a line of a raw object is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from thermocline.contracts import Contract
from thermocline.streams import QUARANTINE
from thermocline.subjects import Subjects
from thermocline.warm.erasing import identity

_UNREADABLE: Final = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_PLAIN: Final = (str, int, float, type(None))
_SAID_OF_BAD_ROWS: Final = ("payload", "context")


class _Identified(msgspec.Struct, frozen=True):
    source: Any = None
    fingerprint: Any = None
    event_id: Any = None


def identity_of(line: bytes) -> bytes | None:
    """Return the identity of a canonical line; None if it cannot be read."""
    try:
        said = msgspec.json.decode(line, type=_Identified)
    except _UNREADABLE:
        return None
    return identity(said.source, said.fingerprint, said.event_id)


class Lines:
    """Tells which lines of a stream's raw objects are a subject's.

    A line is if one of its erasure keys is. One that its contract refuses is a bad row, and so are the lines of
    quarantine: they are if they name a subject anywhere.

    Parameters
    ----------
    fits
        Tells whether convert takes a line for a good row.
    """

    def __init__(self, subjects: Subjects, contract: Contract, fits: Callable[[bytes], bool]) -> None:
        self._subjects = subjects
        self._fits = fits
        self._names = _SAID_OF_BAD_ROWS if contract.name == QUARANTINE else contract.erasure_keys
        self._is_bad_row = contract.name == QUARANTINE
        members = [(name, Any, None) for name in self._names]
        self._decode = msgspec.json.Decoder(msgspec.defstruct("Members", members)).decode

    def owned(self, line: bytes, *, has_bad_rows: bool) -> bool:
        """Tell whether a line is a subject's.

        Parameters
        ----------
        has_bad_rows
            False: convert took every line of the object, so that only the erasure keys have to be read.
        """
        try:
            members = self._decode(line)
        except _UNREADABLE:
            return self._named_in(line)
        said = [(name, getattr(members, name)) for name in self._names]
        if self._is_bad_row:
            return any(isinstance(text, str) and self._subjects.named_in(text) for _, text in said)
        if any(isinstance(value, _PLAIN) and self._subjects.owns(name, value) for name, value in said):
            return True
        if not has_bad_rows and all(isinstance(value, _PLAIN) for _, value in said):
            return False
        return self._named_in(line) and not self._fits(line)

    def _named_in(self, line: bytes) -> bool:
        return self._subjects.named_in(line.decode(errors="replace"))
