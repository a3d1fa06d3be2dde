"""What lies beside the levels: Firehose's errors, results of queries, replays, and the digests of raw objects."""

from __future__ import annotations

import base64
import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import msgspec

from thermocline.erase.frames import without
from thermocline.erase.ports import Objects, Version
from thermocline.erase.sweep import Cleaned, Place
from thermocline.layout import FIREHOSE_ERRORS, REPLAY, SUBJECTS
from thermocline.subjects import Subjects, decode_digests, encode_digests

_METADATA = ".metadata"


class _Failed(msgspec.Struct, frozen=True):
    rawData: str | None = None  # noqa: N815  (Firehose's name)


def firehose_errors(step: str, owned: Callable[[bytes], bool]) -> Place:
    """Return the records that Firehose could not deliver: lines of JSON, with the frames of a record in base64."""

    def clean(_: Version, body: bytes, __: Any) -> Cleaned:
        kept: list[bytes] = []
        unreadable: list[str] = []
        removed = 0
        for line in body.splitlines(keepends=True):
            other, gone, whys = _without_failed(line, owned)
            kept.append(other)
            removed += gone
            unreadable += whys
        return Cleaned(body=b"".join(kept), removed=removed, unreadable=tuple(unreadable))

    return Place(step=step, level="firehose-errors", prefix=f"{FIREHOSE_ERRORS}/", clean=clean)


def _without_failed(line: bytes, owned: Callable[[bytes], bool]) -> tuple[bytes, int, tuple[str, ...]]:
    try:
        said = msgspec.json.decode(line, type=_Failed)
        record = base64.b64decode(said.rawData or "", validate=True)
    except (msgspec.MsgspecError, ValueError):
        return (b"", 1, ()) if owned(line.rstrip(b"\r\n")) else (line, 0, ())
    left = without(record, owned)
    if not left.removed:
        return line, 0, left.unreadable
    if not left.body:
        return b"", len(left.removed), left.unreadable
    return _with_record(line, said.rawData or "", base64.b64encode(left.body)), len(left.removed), left.unreadable


def _with_record(line: bytes, old: str, new: bytes) -> bytes:
    """Return a line with another record; where JSON spells the old one in its own way, all of the line is anew."""
    if old.encode() in line:
        return line.replace(old.encode(), new, 1)
    members = msgspec.json.decode(line, type=dict[str, Any]) | {"rawData": new.decode()}
    return msgspec.json.encode(members) + line[len(line.rstrip(b"\r\n")) :]


def results(step: str, subjects: Subjects, objects: Objects) -> Place:
    """Return the results of queries: one that names a subject is deleted, and so is what belongs to it."""

    def clean(version: Version, body: bytes, _: Any) -> Cleaned:
        if version.key.endswith(_METADATA):
            return Cleaned(body=body if _is_there(objects, version.key.removesuffix(_METADATA)) else None)
        named = any(subjects.named_in(cell) for cell in _cells(body.decode(errors="replace")))
        return Cleaned(body=None, removed=1) if named else Cleaned(body=body)

    return Place(step=step, level="results", prefix="", clean=clean)


def _cells(text: str) -> set[str]:
    try:
        return {cell for row in csv.reader(io.StringIO(text)) for cell in row}
    except csv.Error:  # a cell of more than 128 KiB, or no CSV at all
        return set(text.splitlines())


def replays(step: str, before: dt.datetime) -> Place:
    """Return what replays converted under an older list: all of it goes, and they prepare it again."""

    def clean(version: Version, body: bytes, _: Any) -> Cleaned:
        return Cleaned(body=None if version.last_modified <= before else body)

    return Place(step=step, level="replay", prefix=f"{REPLAY}/", clean=clean)


def sidecars(step: str, subjects: Subjects) -> Place:
    """Return the digests that say which raw objects have which subjects."""

    def clean(_: Version, body: bytes, __: Any) -> Cleaned:
        try:
            digests = decode_digests(body)
        except ValueError as error:
            return Cleaned(body=body, unreadable=(str(error),))
        theirs = subjects.among(digests)
        return Cleaned(body=encode_digests(digests - theirs) if theirs else body, removed=len(theirs))

    return Place(step=step, level="subjects", prefix=f"{SUBJECTS}/", clean=clean)


def _is_there(objects: Objects, key: str) -> bool:
    return any(each.key == key and each.latest and not each.marker for each in objects.versions(key))
