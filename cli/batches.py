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
    """Batches within both limits; blank lines are dropped, and a line over the limit goes alone."""
    held: list[bytes] = []
    size = 0
    for line in (stripped + b"\n" for raw in lines if (stripped := raw.strip())):
        if held and (len(held) == max_lines or size + len(line) > max_bytes):
            yield Batch(b"".join(held), len(held))
            held, size = [], 0
        held.append(line)
        size += len(line)
    if held:
        yield Batch(b"".join(held), len(held))
