"""Lines of a raw object that are rows elsewhere by now: they were recovered from quarantine (ADR 43)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from thermocline.convert.frames import Part
from thermocline.convert.lines import said_of
from thermocline.events.batch import Refused
from thermocline.events.identity import digest_id


class LeftOut:
    """Leaves lines out before they are read.

    Parameters
    ----------
    stream
        The object's stream.
    event_ids
        Of the quarantine rows that the lines were.

    Attributes
    ----------
    lines
        How many were left out.
    """

    def __init__(self, stream: str, event_ids: Collection[str]) -> None:
        self.lines = 0
        self._stream = stream
        self._event_ids = frozenset(event_ids)

    def __call__(self, parts: Iterator[Part]) -> Iterator[Part]:
        """Yield the other lines of an object's parts."""
        return self._others(parts) if self._event_ids else parts

    def _others(self, parts: Iterator[Part]) -> Iterator[Part]:
        begun = b""
        for part in parts:
            if isinstance(part, Refused):
                yield self._kept(begun)
                yield part
                begun = b""
            else:
                whole, end, begun = (begun + part).rpartition(b"\n")
                yield self._kept(whole + end)
        yield self._kept(begun)

    def _kept(self, text: bytes) -> bytes:
        return b"\n".join(line for line in text.split(b"\n") if not self._is_left_out(line))

    def _is_left_out(self, line: bytes) -> bool:
        source, _ = said_of(line)
        out = digest_id(source or "", self._stream, line) in self._event_ids
        self.lines += out
        return out
