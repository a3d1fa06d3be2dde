"""The records of a raw object one by one: what each says of its request, where it lies, and its lines."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from thermocline.events import gzipped
from thermocline.events.frames import MAGIC, zstd
from thermocline.events.labels import LONGEST, Label, label_in, label_length, record_start


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A record of Firehose, or the text between records.

    Attributes
    ----------
    number
        Its place in the object, from 1 on.
    at, size
        Its first byte in the object and how many it has, with its label.
    label
        None for what came without one.
    first_line
        Number of its first line in the object, from 1 on.
    content
        Its lines; None when it is damaged, which counts as one line.
    """

    number: int
    at: int
    size: int
    label: Label | None
    first_line: int
    content: bytes | None


def records_of(body: bytes) -> Iterator[Record]:
    """Yield the records of an object that is in memory as a whole; gzip is unpacked, and places are then behind it.

    Raises
    ------
    zlib.error
        A gzip member is damaged.
    """
    if body.startswith(gzipped.MAGIC):
        body = b"".join(gzipped.gunzip(body))
    at, line, number = 0, 1, 0
    while at < len(body):
        frame = at + label_length(body[at : at + LONGEST])
        end, content = _content(body, frame)
        number += 1
        label = label_in(body[at:frame]) if frame > at else None
        yield Record(number=number, at=at, size=end - at, label=label, first_line=line, content=content)
        line += content.count(b"\n") if content is not None else 1
        at = end


def _content(body: bytes, at: int) -> tuple[int, bytes | None]:
    """Return where a frame, or text, that begins at a place ends, and what it holds."""
    following = body.find(MAGIC, at + 1)
    end = record_start(body, following) if following > 0 else len(body)
    if not body.startswith(MAGIC, at):
        return end, body[at:end]
    try:
        size = zstd.get_frame_size(memoryview(body)[at:])
        return at + size, zstd.decompress(body[at : at + size])
    except zstd.ZstdError:
        return end, None
