"""Packing: many events into few Firehose records, because Firehose bills each record rounded up to 5 KB."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

MAX_RECORD_BYTES = 1_000 * 1024
MAX_CALL_BYTES = 4 * 1024 * 1024
MAX_CALL_RECORDS = 500


def pack(lines: Iterable[bytes], *, max_bytes: int = MAX_RECORD_BYTES) -> Iterator[bytes]:
    """Join NDJSON lines, in order, into records of at most `max_bytes`.

    Raises
    ------
    ValueError
        A single line is larger than a record; lines are checked before they get here.
    """
    parts: list[bytes] = []
    size = 0
    for line in lines:
        if len(line) > max_bytes:
            raise ValueError(f"a line of {len(line)} bytes does not fit a record of {max_bytes}")
        if size + len(line) > max_bytes:
            yield b"".join(parts)
            parts, size = [], 0
        parts.append(line)
        size += len(line)
    if parts:
        yield b"".join(parts)


def unpack(records: Iterable[bytes]) -> Iterator[bytes]:
    """Return the lines of records, each with its newline: the inverse of `pack`."""
    for record in records:
        yield from io.BytesIO(record)


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
