"""The lake bucket, which notices what must never happen to it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple

from thermocline.convert.ports import StoredObject
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
    watermark
        Returns a stream's watermark: what lies before it is closed.
    """

    def __init__(self, clock: Callable[[], dt.datetime], watermark: Callable[[str], str | None]) -> None:
        self._clock = clock
        self._watermark = watermark
        self._objects: dict[str, _Written] = {}
        self.violations: list[str] = []

    def get(self, key: str) -> StoredObject:
        body, last_modified = self._objects[key]
        return StoredObject(body=io.BytesIO(body), size=len(body), last_modified=last_modified)

    def put(self, key: str, body: IO[bytes]) -> None:
        self.write(key, body.read())

    def write(self, key: str, body: bytes) -> None:
        """Write an object; a table's object must not change, nor appear where the table is closed."""
        there = self._objects.get(key)
        if there and there.body != body:
            self.violations.append(f"{key} changed")
        level, stream, gen, *_ = key.split("/")
        closed_before = self._watermark(stream) if level == "hot" else None
        if closed_before and not there and gen < f"gen={closed_before}":
            self.violations.append(f"{key} appeared before the watermark {closed_before}")
        if not there:
            self._objects[key] = _Written(body, self._clock())

    def bodies(self, prefix: str) -> list[bytes]:
        """Return the bytes of the objects below a prefix."""
        return [self._objects[found.key].body for found in self.list(prefix)]

    def list(self, prefix: str) -> Iterator[ListedObject]:
        for key in sorted(self._objects):
            if key.startswith(prefix):
                yield ListedObject(key=key, last_modified=self._objects[key].last_modified)
