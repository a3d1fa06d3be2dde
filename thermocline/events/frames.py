"""Zstd frames: what every Firehose record is, and what raw objects are made of.

Frames that follow each other are one valid zstd file, so that whatever Firehose joins can be read by ``zstdcat``.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Final

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["MAGIC", "framed", "largest_content", "zstd"]

MAGIC: Final = b"\x28\xb5\x2f\xfd"
"""The first bytes of a frame. No text has them: the second is not UTF-8 there."""

# The checksum tells a damaged frame, whose blocks may well be readable, from a whole one.
_OPTIONS: Final[Mapping[int, int]] = {
    zstd.CompressionParameter.compression_level: 1,
    zstd.CompressionParameter.checksum_flag: 1,
}
# Making a compressor takes three times as long as compressing one event.
_compressor = zstd.ZstdCompressor(options=_OPTIONS)


def framed(content: bytes | bytearray | memoryview) -> bytes:
    """Return a frame with some content. Threads may call it side by side."""
    return _compressor.compress(content, _compressor.FLUSH_FRAME)


def largest_content(frame_bytes: int) -> int:
    """Return how much content surely fits a frame of so many bytes, even if nothing of it can be compressed.

    The library promises ``ZSTD_COMPRESSBOUND``: a 256th more than the content, which is at least 128 KiB.
    """
    return frame_bytes * 256 // 257
