"""Packing: many events into few Firehose records, because Firehose bills each record rounded up to 5 KB.

Every record is one zstd frame of NDJSON lines, which `thermocline.events.labels` may label.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from thermocline.errors import RefusedEvent
from thermocline.events.frames import framed, largest_content
from thermocline.events.labels import LONGEST

MAX_RECORD_BYTES = 1_000 * 1024
MAX_LINES_BYTES = largest_content(MAX_RECORD_BYTES - LONGEST)
"""Lines of one record, before they are compressed and labelled."""
MAX_CALL_BYTES = 4 * 1024 * 1024
MAX_CALL_RECORDS = 500


AppendLine = Callable[[dict[str, Any], bytearray], None]
"""Appends an event as one NDJSON line, or raises RefusedEvent and leaves the buffer as it was."""


class Packer:
    """Joins NDJSON lines, in order, into records: frames of at most `max_bytes` of lines.

    Lines are written one after the other into a single buffer: a bytes object per line would cost as much again as
    encoding it.
    """

    def __init__(self, append_line: AppendLine, *, max_bytes: int = MAX_LINES_BYTES) -> None:
        self.lines = 0
        self._append_line = append_line
        self._max_bytes = max_bytes
        self._full: list[bytes] = []
        self._open = bytearray()

    def add(self, event: dict[str, Any]) -> None:
        """Add an event's line.

        Raises
        ------
        RefusedEvent
            The event breaks its contract, or its line fits no record; nothing was added.
        """
        start = len(self._open)
        self._append_line(event, self._open)
        size = len(self._open) - start
        if size > self._max_bytes:
            del self._open[start:]
            raise RefusedEvent("too_large", f"it takes {size} bytes, more than a record's {self._max_bytes}")
        if start and start + size > self._max_bytes:
            self._full.append(framed(self._open[:start]))
            del self._open[:start]
        self.lines += 1

    def records(self) -> list[bytes]:
        """Return the records so far."""
        return [*self._full, framed(self._open)] if self._open else self._full


def calls(
    records: Iterable[bytes], *, max_records: int = MAX_CALL_RECORDS, max_bytes: int = MAX_CALL_BYTES
) -> Iterator[list[bytes]]:
    """Group records, in order, into ``PutRecordBatch`` calls within Firehose's limits."""
    group: list[bytes] = []
    size = 0
    for record in records:
        if group and (len(group) == max_records or size + len(record) > max_bytes):
            yield group
            group, size = [], 0
        group.append(record)
        size += len(record)
    if group:
        yield group
