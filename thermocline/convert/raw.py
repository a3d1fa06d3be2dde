"""What a raw object holds, in parts: its form is told by its bytes, because a name may be wrong.

Ingest's records are zstd frames. Until they were, an object was gzip of several members, or plain lines; while a
deployment changes one for the other, an object may mix lines and frames, and gzip may hold frames. All are read here,
a part at a time: no more than a few MiB of an object are in memory, whatever its size.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from thermocline.convert.frames import Part, read_frames
from thermocline.convert.ports import Body
from thermocline.events import gzipped

_READ_BYTES = 1024 * 1024
_WINDOW = 16 + zlib.MAX_WBITS


def read_raw(body: Body) -> Iterator[Part]:
    """Yield the object's text in parts, and its damaged frames, in order.

    Raises
    ------
    zlib.error
        A gzip member is damaged, or ends too early. Bytes after it cannot be read, so that the object ends in the
        dead-letter queue and not half in the lake.
    DamagedObject
        A frame so large that its lines were taken before its end turned out to be damaged.
    """
    return read_frames(_unzipped(_chunks(body)))


def _chunks(body: Body) -> Iterator[bytes]:
    """Yield the bytes in chunks of one size, so that the same object always makes the same file."""
    while chunk := body.read(_READ_BYTES):
        while len(chunk) < _READ_BYTES and (more := body.read(_READ_BYTES - len(chunk))):
            chunk += more
        yield chunk


def _unzipped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what gzip members at the beginning hold, as `gunzip` reads them, and the bytes behind them."""
    data = next(chunks, b"")
    while data.startswith(gzipped.MAGIC):
        member = zlib.decompressobj(_WINDOW)
        while not member.eof:
            content = member.decompress(data, _READ_BYTES)
            if content:
                yield content
            data = member.unconsumed_tail
            if not (data or member.eof or len(content) == _READ_BYTES or (data := next(chunks, b""))):
                raise zlib.error("it ends too early")
        data = member.unused_data.lstrip(b"\0")
        while len(data) < len(gzipped.MAGIC) and (more := next(chunks, b"")):
            data = (data + more).lstrip(b"\0")
    if data:
        yield data
    yield from chunks
