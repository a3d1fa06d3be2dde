"""The lines of a text object: decompressed by its extension, without header, footer and line ends."""

import bz2
import gzip
import io
import re
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, cast

import pyarrow as pa

from athena_local.formats.layout import Layout, MalformedError, UnreadableError

_CHUNK = 1 << 20
_MARK = b"\xef\xbb\xbf"
_END = re.compile(rb"\r\n|\r|\n")
# Hadoop's own framing, which no library here reads.
_NOT_READ = (".snappy", ".lz4", ".lzo", ".lzo_deflate")


def check_extension(key: str) -> None:
    """Refuse an object whose compression cannot be read.

    Raises
    ------
    UnreadableError
        No library here reads it.
    """
    for extension in _NOT_READ:
        if key.lower().endswith(extension):
            raise UnreadableError(f"text compressed as {extension} is not read offline: {key}")


def lines(content: bytes, key: str, layout: Layout) -> Iterator[bytes]:
    """Yield the lines of an object that hold rows.

    Parameters
    ----------
    key
        Its name; the extension tells the compression, as in Hive.

    Raises
    ------
    MalformedError
        It is not compressed as its extension says.
    """
    every = _all_lines(_chunks(content, key))
    rows = islice(every, layout.count("skip.header.line.count"), None)
    footer = layout.count("skip.footer.line.count")
    return _without_last(rows, footer) if footer else rows


def _without_last(rows: Iterable[bytes], count: int) -> Iterator[bytes]:
    held: deque[bytes] = deque()
    for row in rows:
        held.append(row)
        if len(held) > count:
            yield held.popleft()


def _all_lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines, which end with CR, LF or both; the last one may have no end."""
    rest = b""
    for number, chunk in enumerate(chunks):
        text = rest + (chunk.removeprefix(_MARK) if number == 0 else chunk)
        # A CR at the end of a chunk may be the first half of an end.
        whole, rest = (text[:-1], b"\r") if text.endswith(b"\r") else (text, b"")
        *complete, last = _END.split(whole)
        yield from complete
        rest = last + rest
    *complete, last = _END.split(rest)
    yield from complete
    if last:
        yield last


def _chunks(content: bytes, key: str) -> Iterator[bytes]:
    check_extension(key)
    try:
        with _stream(content, key.lower()) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except (OSError, EOFError, zlib.error, pa.ArrowException) as error:
        raise MalformedError(f"{error}: {key}") from error


def _stream(content: bytes, key: str) -> IO[bytes]:
    if key.endswith(".gz"):
        return cast(IO[bytes], gzip.GzipFile(fileobj=io.BytesIO(content)))
    if key.endswith(".bz2"):
        return cast(IO[bytes], bz2.BZ2File(io.BytesIO(content)))
    if key.endswith(".zst"):
        return cast(IO[bytes], pa.CompressedInputStream(pa.BufferReader(content), "zstd"))
    if key.endswith(".deflate"):
        return io.BytesIO(zlib.decompress(content))
    return io.BytesIO(content)
