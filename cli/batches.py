"""Cuts NDJSON into request bodies. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MAX_LINES = 500
MAX_BYTES = 1_000_000


@dataclass(frozen=True)
class Batch:
    """Whole lines of NDJSON."""

    body: bytes
    lines: int


def batches(lines: Iterable[bytes], *, max_lines: int = MAX_LINES, max_bytes: int = MAX_BYTES) -> Iterator[Batch]:
    """Yield batches within both limits. Blank lines are dropped; a line over the limit is a batch of its own."""
    pending: list[bytes] = []
    size = 0
    for line in (stripped + b"\n" for raw in lines if (stripped := raw.strip())):
        if pending and (len(pending) == max_lines or size + len(line) > max_bytes):
            yield Batch(b"".join(pending), len(pending))
            pending, size = [], 0
        pending.append(line)
        size += len(line)
    if pending:
        yield Batch(b"".join(pending), len(pending))
