"""The bytes of a raw object without some of its lines: frames that have none of these stay as they are."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import Final

import msgspec

from thermocline.events import gzipped, labels
from thermocline.events.frames import MAGIC, framed, zstd

Owned = Callable[[bytes], bool]
"""Tells whether a line, without its end, is to go."""

_LINE: Final = re.compile(rb"[^\n]*\n|[^\n]+")


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of some bytes.

    Attributes
    ----------
    removed
        The lines that went.
    unreadable
        Why a part could not be read; it was kept.
    """

    body: bytes
    removed: tuple[bytes, ...] = ()
    unreadable: tuple[str, ...] = ()


def without(body: bytes, owned: Owned) -> Kept:
    """Return an object of frames, of gzip or of plain text without the lines that are owned.

    The others are byte for byte as they were. Frames that lost lines are packed anew; so is gzip, into a frame. A
    frame that lost all takes its label along.
    """
    if not body.startswith(gzipped.MAGIC):
        return _of_frames(body, owned)
    try:
        content, behind = gzipped.gunzip(body)
    except zlib.error as error:
        return Kept(body=body, unreadable=(f"its gzip cannot be read: {error}",))
    inner, rest = _of_frames(content, owned), _of_frames(behind, owned)
    if not inner.removed:
        kept = body[: len(body) - len(behind)]
    else:
        kept = inner.body if MAGIC in inner.body or not inner.body else framed(inner.body)
    return Kept(
        body=kept + rest.body,
        removed=inner.removed + rest.removed,
        unreadable=inner.unreadable + rest.unreadable,
    )


def _of_frames(body: bytes, owned: Owned) -> Kept:
    kept: list[bytes] = []
    removed: list[bytes] = []
    unreadable: list[str] = []
    start = 0
    while start < len(body):
        end, content = _part(body, start)
        part = body[start:end]
        if content is None:
            unreadable.append(f"{len(part)} bytes from byte {start} are a zstd frame that cannot be read")
            kept.append(part)
        else:
            others, gone = _split(content, owned)
            if gone and not others and kept and labels.whole_label(kept[-1]) == len(kept[-1]):
                kept.pop()  # it tells of a request of which nothing is left here
            kept.append(part if not gone else _packed(others, as_frame=part.startswith(MAGIC)))
            removed += gone
        start = end
    return Kept(body=b"".join(kept), removed=tuple(removed), unreadable=tuple(unreadable))


def _part(body: bytes, start: int) -> tuple[int, bytes | None]:
    """Return where the part that begins at `start` ends, and its text, or None if it is a damaged frame."""
    following = body.find(MAGIC, start + 1)
    end = following if following > 0 else len(body)
    if not body.startswith(MAGIC, start):
        return end, body[start:end]
    try:
        size = zstd.get_frame_size(memoryview(body)[start:])
        return start + size, zstd.decompress(body[start : start + size])
    except zstd.ZstdError:
        return end, None


def _split(text: bytes, owned: Owned) -> tuple[bytes, list[bytes]]:
    """Return a text without the lines that go, and these."""
    lines = _LINE.findall(text)
    gone = [line for line in lines if owned(line.rstrip(b"\n"))]
    dropped = set(gone)
    return b"".join(line for line in lines if line not in dropped), gone


def _packed(text: bytes, *, as_frame: bool) -> bytes:
    return framed(text) if text and as_frame else text
