"""Raw objects: those that may have lines of a subject are read, and lose these lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

import msgspec

from thermocline.contracts import Contract
from thermocline.erase.findings import Findings, Identities
from thermocline.erase.frames import without
from thermocline.erase.lines import Lines, identity_of
from thermocline.erase.ports import ErasedLedger, Objects, Version
from thermocline.erase.sweep import Cleaned, Place
from thermocline.layout import RAW
from thermocline.ledger import Entry
from thermocline.streams import QUARANTINE
from thermocline.subjects import Subjects, decode_digests

Fits = Callable[[str, bytes], bool]
"""Tells whether convert takes a line of a stream for a good row."""

_AT_ONCE: Final = 16


class _Known(msgspec.Struct, frozen=True, kw_only=True):
    gen: str | None
    has_bad_rows: bool


class RawObjects:
    """The raw objects of a stream.

    An object is read unless its entry is done, has no bad rows, and names digests of all erasure keys that the contract
    has today, of which none is a subject's.
    """

    def __init__(
        self,
        contract: Contract,
        *,
        subjects: Subjects,
        ledger: ErasedLedger,
        objects: Objects,
        findings: Findings,
        fits: Fits,
    ) -> None:
        self._stream = contract.name
        self._erasure_keys = contract.erasure_keys
        self._subjects = subjects
        self._lines = Lines(subjects, contract, partial(fits, contract.name))
        self._ledger = ledger
        self._objects = objects
        self._findings = findings

    def place(self, step: str) -> Place:
        """Return them as a place to walk over."""
        return Place(step=step, level="raw", prefix=f"{RAW}/{self._stream}/", select=self._select, clean=self._clean)

    def _select(self, keys: Sequence[str]) -> Mapping[str, _Known]:
        entries = self._ledger.entries_of(keys)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            chosen = pool.map(lambda key: self._may_have(entries.get(key)), keys)
        return {key: _known(entries.get(key)) for key, is_chosen in zip(keys, list(chosen), strict=True) if is_chosen}

    def _may_have(self, entry: Entry | None) -> bool:
        if entry is None or entry.subjects is None or _known(entry).has_bad_rows:
            return True
        try:
            digests = decode_digests(self._objects.read(entry.subjects)) if entry.subjects else frozenset()
            return self._subjects.may_be_in(digests, self._erasure_keys)
        except (FileNotFoundError, ValueError):  # they are gone, or damaged
            return True

    def _clean(self, version: Version, body: bytes, known: _Known) -> Cleaned:
        left = without(body, partial(self._lines.owned, has_bad_rows=known.has_bad_rows))
        identities = {identity.hex() for line in left.removed if (identity := identity_of(line))}
        if identities and known.gen:
            told = Identities(gen=known.gen, keys=tuple(sorted(identities)))
            self._findings.add_identities(self._stream, f"{version.key}#{version.id}", told)
        return Cleaned(body=left.body, removed=len(left.removed), unreadable=left.unreadable)


def _known(entry: Entry | None) -> _Known:
    is_done = entry is not None and entry.done
    # Lines that were left out may have been bad ones, too.
    had_bad_rows = entry is not None and bool(entry.files_of(QUARANTINE) or entry.suppressed)
    return _Known(gen=entry.gen if entry else None, has_bad_rows=not is_done or had_bad_rows)
