"""The lake bucket, which notices what must never happen to it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple

from thermocline.convert.ports import StoredObject
from thermocline.layout import RAW
from thermocline.sweep.ports import ListedObject


class _Written(NamedTuple):
    body: bytes
    last_modified: dt.datetime


class Bucket:
    """Objects in memory, with the time they were written.

    Parameters
    ----------
    clock
        Returns the time now.
    """

    def __init__(self, clock: Callable[[], dt.datetime]) -> None:
        self._clock = clock
        self._objects: dict[str, _Written] = {}
        self.violations: list[str] = []

    def get(self, key: str) -> StoredObject:
        body, last_modified = self._objects[key]
        return StoredObject(body=io.BytesIO(body), size=len(body), last_modified=last_modified)

    def put(self, key: str, body: IO[bytes]) -> None:
        self.write(key, body.read())

    def write(self, key: str, body: bytes) -> None:
        """Write an object; a raw object must not change, and no two attempts write the same file of a table."""
        there = self._objects.get(key)
        if there and (there.body != body or not key.startswith(f"{RAW}/")):
            self.violations.append(f"{key} was written again")
        if not there:
            self._objects[key] = _Written(body, self._clock())

    def body(self, key: str) -> bytes:
        """Return an object's bytes."""
        return self._objects[key].body

    def list(self, prefix: str) -> Iterator[ListedObject]:
        for key in sorted(self._objects):
            if key.startswith(prefix):
                yield ListedObject(key=key, last_modified=self._objects[key].last_modified)
