"""Labels: which request a Firehose record came with, in a zstd *skippable* frame in front of the record's own frame.

Every reader of zstd passes over such a frame, so that only who looks for a label meets it (ADR 46).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import msgspec

from thermocline.events import frames
from thermocline.events.members import UNREADABLE

MAGIC: Final = b"\x5e\x2a\x4d\x18"
"""One of the sixteen magic numbers of skippable frames."""
LONGEST: Final = 512
"""Bytes that no label exceeds."""

_HEAD: Final = 8
_BEGINNING: Final = b'{"request":"'
_END: Final = b"}\n"
_LONGEST_TEXT: Final = 128
_ONLY: Final = (1, 1)


class Label(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a record says of its request.

    Attributes
    ----------
    request
        The id that API Gateway gave it, which the access log has, too.
    received
        When ingest got it.
    record
        Number of the record among those that the request put into this stream, and how many these are.
    """

    request: str
    received: dt.datetime
    protocol: str = ""
    record: tuple[int, int] = _ONLY


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Label).decode


def labelled(records: Sequence[bytes], *, request: str, received: dt.datetime, protocol: str) -> Sequence[bytes]:
    """Return the records of one request, each behind its label; without a request's id they stay as they are."""
    if not (request.isascii() and request.isprintable() and 0 < len(request) <= _LONGEST_TEXT):
        return records
    count = len(records)
    return [
        _labelled(
            record,
            Label(request=request, received=received, protocol=protocol, record=(at, count) if count > 1 else _ONLY),
        )
        for at, record in enumerate(records, start=1)
    ]


def whole_label(data: bytes | memoryview) -> int:
    """Return the length of the whole label that an object's part begins with, or 0."""
    size = _HEAD + int.from_bytes(data[4:_HEAD], "little")
    is_whole = size <= LONGEST and bytes(data[:size]).find(_END) + len(_END) == size
    return size if is_whole and data[:4] == MAGIC else 0


def label_length(data: bytes) -> int:
    """Return the length of the label that an object's part begins with, or 0.

    A damaged or cut one ends where its text does, or where the next label or frame begins: nothing beside it is lost.

    Parameters
    ----------
    data
        At least `LONGEST` bytes, or all that the object still has.
    """
    if not (data.startswith(MAGIC) or data.startswith(_BEGINNING, _HEAD)):
        return 0
    some = data[:LONGEST]
    ends = (some.find(_END) + len(_END), some.find(MAGIC, 1), some.find(frames.MAGIC))
    return min((end for end in ends if end >= len(_END)), default=len(some) if len(some) < LONGEST else 0)


def record_start(data: bytes, frame: int) -> int:
    """Return where the record begins whose frame begins at `frame`: at its label, if it has one."""
    start = data.rfind(MAGIC, max(0, frame - LONGEST), frame)
    return start if start >= 0 and start + label_length(data[start:]) == frame else frame


def label_in(data: bytes) -> Label | None:
    """Return the label that some bytes begin with, or None if there is none that can be read."""
    try:
        return _decode(data[_HEAD : label_length(data)])
    except UNREADABLE:
        return None


def _labelled(record: bytes, label: Label) -> bytes:
    text = _encode(label)
    return b"".join((MAGIC, (len(text) + 1).to_bytes(4, "little"), text, b"\n", record))
