from __future__ import annotations

import datetime as dt
import io
from typing import IO

from tests.fakes.clock import NOW
from thermocline.convert.ports import StoredObject


class MemoryStore:
    """Objects in memory; `writes` has every put that the code under test made."""

    def __init__(self, raw: dict[str, bytes] | None = None, last_modified: dt.datetime = NOW) -> None:
        self._raw = dict(raw or {})
        self._last_modified = last_modified
        self.writes: list[tuple[str, bytes]] = []

    def get(self, key: str) -> StoredObject:
        body = self._raw[key]
        return StoredObject(body=io.BytesIO(body), size=len(body), last_modified=self._last_modified)

    def put(self, key: str, body: IO[bytes]) -> None:
        self.writes.append((key, body.read()))

    @property
    def written(self) -> dict[str, bytes]:
        """The objects that the writes left behind."""
        return dict(self.writes)
