"""Text and zstd frames → text in parts, and the frames that are damaged.

A frame's lines count only when all of it was read and its checksum is right. A damaged one is one `Refused`, from its
first byte to where the next frame begins; nothing else is lost with it. Labels are passed over, damaged ones, too: they
have no events.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import pyarrow as pa

from thermocline.errors import DamagedObject
from thermocline.events import labels
from thermocline.events.batch import Refused
from thermocline.events.frames import MAGIC, zstd

Part: TypeAlias = bytes | Refused
"""A part of an object's text, or a part of the object that cannot be read."""

# Ingest's frames are at most 1,000 KiB, of as many bytes of lines.
_LONGEST_FRAME = 4 * 1024 * 1024
_LARGEST_CONTENT = 16 * 1024 * 1024


class _Window:
    """The bytes of an object from where its reader is, as far as they are in memory."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.data = b""
        self.start = 0  # the place of `data` in the object
        self._chunks = chunks

    def fill(self) -> bool:
        """Read more, and return whether there was more."""
        more = next(self._chunks, b"")
        self.data += more
        return bool(more)

    def fill_to(self, size: int) -> None:
        """Read until so many bytes are in memory, if there are so many."""
        while len(self.data) < size and self.fill():
            pass

    def take(self, size: int) -> bytes:
        """Return the first bytes, and go on behind them."""
        taken, self.data = self.data[:size], self.data[size:]
        self.start += size
        return taken

    def give_back(self, data: bytes) -> None:
        """Go back to before some bytes that were taken."""
        self.data = data + self.data
        self.start -= len(data)


def read_frames(chunks: Iterator[bytes]) -> Iterator[Part]:
    """Yield the text of an object of frames, of plain text, or of both."""
    window = _Window(chunks)
    while window.data or window.fill():
        if len(window.data) < len(MAGIC):
            window.fill()
        if size := _run_length(window.data):
            yield from _run(window, size)
        elif size := _label_length(window):
            window.take(size)
        elif not window.data.startswith(MAGIC):
            yield from _text(window)
        elif len(window.data) >= _LONGEST_FRAME or not window.fill():
            yield from _strange(window, len(window.data))


def _frame_size(data: bytes | memoryview) -> int:
    """Return the size of the frame or label at the beginning, or 0 if its end is not there or cannot be found."""
    if data[: len(MAGIC)] != MAGIC:
        return labels.whole_label(data)
    try:
        return zstd.get_frame_size(data)
    except zstd.ZstdError:
        return 0


def _label_length(window: _Window) -> int:
    """Return the length of the label at the beginning, damaged or not, or 0."""
    if not labels.label_length(window.data):
        return 0
    window.fill_to(labels.LONGEST)
    return labels.label_length(window.data)


def _run_length(data: bytes) -> int:
    """Return the length of the whole frames at the beginning."""
    view, end = memoryview(data), 0
    while size := _frame_size(view[end:]):
        end += size
    return end


def _run(window: _Window, size: int) -> Iterator[Part]:
    """Yield what whole frames hold: of all at once, because one by one takes five times as long for small ones."""
    content = _content(memoryview(window.data)[:size])
    if content is not None:
        window.take(size)
        yield content
        return
    end = window.start + size
    while window.start < end and (size := _frame_size(window.data)):
        yield from _strange(window, size)


def _content(frames: memoryview) -> bytes | None:
    """Return what frames hold, or None if one of them is damaged, or it is too much for one part."""
    try:
        with pa.CompressedInputStream(pa.BufferReader(frames), "zstd") as stream:
            content: bytes = stream.read(_LARGEST_CONTENT)
    except OSError:
        return None
    return content if len(content) < _LARGEST_CONTENT else None


def _strange(window: _Window, size: int) -> Iterator[Part]:
    """Yield the content of a frame that may be damaged, cut short, or large: so many bytes of it are in memory."""
    frame = zstd.ZstdDecompressor()
    try:
        content = frame.decompress(window.data[:size], _LARGEST_CONTENT)
        if frame.needs_input and size < _LONGEST_FRAME:
            raise zstd.ZstdError("it ends too early")
    except zstd.ZstdError as error:
        yield _damaged(window, str(error))
        return
    window.take(size)
    yield from _read_on(window, frame, content)


def _read_on(window: _Window, frame: zstd.ZstdDecompressor, content: bytes) -> Iterator[bytes]:
    """Yield a frame's content; when there is more than was read at once, it is nobody's record, and must be whole."""
    try:
        while not frame.eof:
            yield content
            if frame.needs_input and not (window.data or window.fill()):
                raise zstd.ZstdError("it ends too early")
            content = frame.decompress(window.take(len(window.data)) if frame.needs_input else b"", _LARGEST_CONTENT)
    except zstd.ZstdError as error:
        raise DamagedObject(f"its zstd frame before byte {window.start} cannot be read: {error}") from error
    window.give_back(frame.unused_data)
    yield content


def _damaged(window: _Window, why: str) -> Refused:
    """Take what is damaged: all before the next frame, because nothing that a damaged one says is sure."""
    window.fill_to(_LONGEST_FRAME)
    at, following = window.start, _next_record(window.data, 1)
    raw = window.take(following if following > 0 else len(window.data))
    detail = f"{len(raw)} bytes of the raw object, from byte {at}, are a zstd frame that cannot be read: {why}"
    return Refused(raw=raw, reason="malformed", detail=detail)


def _text(window: _Window) -> Iterator[Part]:
    """Yield plain text up to the first frame; what is in front of one and is no text was a frame, too."""
    if MAGIC not in window.data:
        window.fill_to(_LONGEST_FRAME)
    following = _next_record(window.data)
    if following < 0:
        yield window.take(_text_length(window))
    elif not _is_text(window.data[:following]):
        yield _damaged(window, "its first bytes are others")
    elif window.data[:following].endswith(b"\n"):
        yield window.take(following)
    else:  # frames begin where records do: these are the bytes of a line
        yield window.take(window.data.find(b"\n", following) + 1 or len(window.data))


def _next_record(data: bytes, start: int = 0) -> int:
    """Return where the next frame begins, or its label if it has one; -1 if there is none."""
    frame = data.find(MAGIC, start)
    return labels.record_start(data, frame) if frame > 0 else frame


def _text_length(window: _Window) -> int:
    """Return how much of the bytes without a frame's first ones is text; the last of them may be half of these."""
    length = len(window.data)
    if not window.fill():
        return length
    surely = length - len(MAGIC) + 1
    return window.data.rfind(b"\n", 0, surely) + 1 or surely


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
