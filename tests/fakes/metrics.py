from __future__ import annotations

from typing import NamedTuple


class Count(NamedTuple):
    stream: str
    source: str
    accepted: int
    quarantined: int


class FakeMetrics:
    """Keeps what was counted."""

    def __init__(self) -> None:
        self.counts: list[Count] = []
        self.parked_objects: list[int] = []

    def count(self, *, stream: str, source: str, accepted: int, quarantined: int) -> None:
        self.counts.append(Count(stream, source, accepted, quarantined))

    def parked(self, objects: int) -> None:
        self.parked_objects.append(objects)
