"""Walk over a prefix: objects that have something of a subject are written again without it, old versions deleted."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any, Final

import msgspec

from thermocline.clock import Clock
from thermocline.erase.findings import Findings, Found
from thermocline.erase.ports import Objects, Version
from thermocline.erase.report import Level, Touched, Unsearched

_AT_ONCE: Final = 200


class Cleaned(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of an object.

    Attributes
    ----------
    body
        None: nothing, it is to be deleted. The same bytes as before: nothing of a subject was in it.
    removed
        Rows or lines that went.
    unreadable
        Why parts of it could not be searched.
    """

    body: bytes | None
    removed: int = 0
    unreadable: tuple[str, ...] = ()


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Objects of one kind.

    Attributes
    ----------
    select
        Returns which of some keys are worth reading, and what `clean` needs to know of each.
    may_have
        Tells whether a version is worth reading as a whole.
    clean
        Returns what is left of a version of an object.
    """

    step: str
    level: Level
    prefix: str
    select: Callable[[Sequence[str]], Mapping[str, Any]] = dict.fromkeys
    may_have: Callable[[Version], bool] = lambda version: True  # noqa: ARG005
    clean: Callable[[Version, bytes, Any], Cleaned]


class Walked(msgspec.Struct, frozen=True, kw_only=True):
    """How far a walk came; `done` at the end of its prefix."""

    cursor: str
    done: bool
    removed: int = 0
    rewritten: int = 0
    deleted: int = 0


class Sweep:
    """Walks over the objects of one bucket."""

    def __init__(self, objects: Objects, findings: Findings, clock: Clock) -> None:
        self._objects = objects
        self._findings = findings
        self._clock = clock

    def __call__(self, place: Place, *, after: str, deadline: dt.datetime) -> Walked:
        """Walk on behind a key, until the end or the deadline; at least some objects are done.

        Raises
        ------
        ObjectChanged
            Another wrote an object meanwhile: walk again.
        DeletionFailed
            Not every version could be deleted.
        """
        walked = Walked(cursor=after, done=False)
        groups = self._groups(place.prefix, after)
        while batch := list(islice(groups, _AT_ONCE)):
            chosen = place.select([versions[0].key for versions in batch])
            for versions in batch:
                key = versions[0].key
                if key in chosen:
                    walked = self._clean(place, versions, chosen[key], walked)
                walked = msgspec.structs.replace(walked, cursor=key)
                if self._clock() >= deadline:
                    return walked
        return msgspec.structs.replace(walked, done=True)

    def _groups(self, prefix: str, after: str) -> Iterator[list[Version]]:
        for _, versions in groupby(self._objects.versions(prefix, after=after), key=lambda each: each.key):
            yield list(versions)

    def _clean(self, place: Place, versions: list[Version], known: Any, walked: Walked) -> Walked:
        """Clean all versions of a key, the current one first: it is written again before any is deleted."""
        versions = sorted(versions, key=lambda each: not each.latest)
        for version in tuple(versions):
            if version.marker:
                continue
            try:
                if not place.may_have(version):
                    continue
                body = self._objects.read(version.key, version.id)
            except FileNotFoundError:
                continue  # it was cleaned away meanwhile
            cleaned = place.clean(version, body, known)
            for why in cleaned.unreadable:
                missed = Unsearched(bucket=self._objects.bucket, key=version.key, why=why)
                self._findings.add(place.step, Found(unsearched=missed))
            if cleaned.body != body:
                walked = self._change(place, version, versions, (body, cleaned), walked)
        return walked

    def _change(
        self, place: Place, version: Version, versions: list[Version], change: tuple[bytes, Cleaned], walked: Walked
    ) -> Walked:
        before, cleaned = change
        rewritten = version.latest and cleaned.body is not None
        # All older versions of what is current go: they may be what it was before. An old one goes alone.
        gone = [each.id for each in versions] if version.latest else [version.id, *_hidden(versions, version)]
        touched = Touched(
            bucket=self._objects.bucket,
            key=version.key,
            level=place.level,
            action="rewritten" if rewritten else "deleted",
            before=_sha256(before),
            after=_sha256(cleaned.body) if rewritten and cleaned.body is not None else None,
            removed=cleaned.removed,
            versions=tuple(gone),
        )
        self._findings.add(place.step, Found(touched=touched))
        if rewritten and cleaned.body is not None:
            self._objects.replace(version, cleaned.body)
        self._objects.delete(version.key, [each for each in gone if not (rewritten and each == "null")])
        versions[:] = [each for each in versions if each.id not in gone]
        return msgspec.structs.replace(
            walked,
            removed=walked.removed + (cleaned.removed if version.latest else 0),
            rewritten=walked.rewritten + rewritten,
            deleted=walked.deleted + (not rewritten),
        )


def _hidden(versions: Sequence[Version], version: Version) -> list[str]:
    """Return the delete markers that hide nothing else once a version is gone."""
    others = [each for each in versions if not each.marker and each.id != version.id]
    return [] if others else [each.id for each in versions if each.marker]


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
