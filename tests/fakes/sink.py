from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from thermocline.errors import SinkUnavailable
from thermocline.events.frames import MAGIC, zstd
from thermocline.events.labels import label_length


def lines_of(records: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines of records, each with its newline; a record is one frame, perhaps behind a label."""
    for labelled in records:
        record = labelled[label_length(labelled) :]
        assert record.startswith(MAGIC)
        assert zstd.get_frame_size(record) == len(record)
        text = zstd.decompress(record)
        assert text.endswith(b"\n")
        yield from (line + b"\n" for line in text[:-1].split(b"\n"))


class FakeSink:
    """Keeps what is put; `failures` says how many of the next puts of a stream fail, and `error` how."""

    def __init__(
        self, failures: Mapping[str, int] | None = None, *, error: type[SinkUnavailable] = SinkUnavailable
    ) -> None:
        self.records: dict[str, list[bytes]] = {}
        self._failures = dict(failures or {})
        self._error = error

    def put(self, stream: str, records: Sequence[bytes]) -> None:
        if self._failures.get(stream, 0):
            self._failures[stream] -= 1
            raise self._error(len(records), "ServiceUnavailableException")
        self.records.setdefault(stream, []).extend(records)

    def rows(self, stream: str) -> list[dict[str, Any]]:
        """Return the events that were put to a stream, in order."""
        return [msgspec.json.decode(line) for line in lines_of(self.records.get(stream, []))]
