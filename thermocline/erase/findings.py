"""What a run finds, as objects below its prefix: each is written before what it tells of is changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TypeVar

import msgspec

from thermocline.erase.ports import Objects
from thermocline.erase.report import Report, StoreAnswer, Table, Touched, Unsearched
from thermocline.layout import erasure_prefix, raw_key_digest

T = TypeVar("T")


class Found(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A finding: one of its fields is there."""

    touched: Touched | None = None
    unsearched: Unsearched | None = None
    table: Table | None = None
    store: StoreAnswer | None = None


class Identities(msgspec.Struct, frozen=True, kw_only=True):
    """Identities of lines that went out of a raw object, in hexadecimal digits, and the generation that it is in."""

    gen: str
    keys: tuple[str, ...]


class Findings:
    """Keeps the findings of one run, and what it must remember between its turns.

    A finding's name is its content's, so that a turn that is taken again writes none twice.
    """

    def __init__(self, objects: Objects, run_id: str) -> None:
        self._objects = objects
        self._prefix = erasure_prefix(run_id)

    def add(self, step: str, found: Found) -> None:
        """Write a finding."""
        body = msgspec.json.encode(found)
        name = hashlib.sha256(body).hexdigest()[:32]
        self._objects.put(f"{self._prefix}found/{step.replace(' ', '-')}-{name}.json", body)

    def all(self) -> Iterator[Found]:
        """Yield the findings."""
        return (msgspec.json.decode(body, type=Found) for body in self._bodies("found/"))

    def remember(self, name: str, what: msgspec.Struct) -> None:
        """Write what a step needs in a later turn."""
        self._objects.put(f"{self._prefix}work/{name}.json", msgspec.json.encode(what))

    def remembered(self, name: str, kind: type[T]) -> T | None:
        """Return what was remembered under a name."""
        try:
            body = self._objects.read(f"{self._prefix}work/{name}.json")
        except FileNotFoundError:
            return None
        return msgspec.json.decode(body, type=kind)

    def add_identities(self, stream: str, raw_key: str, identities: Identities) -> None:
        """Remember the identities of lines that go out of a raw object: twins of them may be in warm's."""
        self.remember(f"ids/{stream}/{raw_key_digest(raw_key)}", identities)

    def identities(self, stream: str) -> list[Identities]:
        """Return all identities of a stream that were remembered."""
        return [msgspec.json.decode(body, type=Identities) for body in self._bodies(f"work/ids/{stream}/")]

    def report(self) -> Report | None:
        """Return the proof, if it is written."""
        try:
            return msgspec.json.decode(self._objects.read(f"{self._prefix}report.json"), type=Report)
        except FileNotFoundError:
            return None

    def prove(self, report: Report) -> None:
        """Write the proof."""
        self._objects.put(f"{self._prefix}report.json", msgspec.json.encode(report))

    def forget(self) -> None:
        """Delete everything but the proof, with all versions."""
        for part in ("found/", "work/"):
            for version in list(self._objects.versions(f"{self._prefix}{part}")):
                self._objects.delete(version.key, [version.id])

    def _bodies(self, part: str) -> Iterator[bytes]:
        for version in self._objects.versions(f"{self._prefix}{part}"):
            if version.latest and not version.marker:
                yield self._objects.read(version.key)
