"""Gzip of one member or of several, as clients, gateways and Firehose make it."""

from __future__ import annotations

import sys
import zlib
from typing import Final

MAGIC: Final = b"\x1f\x8b"
_WINDOW: Final = 16 + zlib.MAX_WBITS


def gunzip(data: bytes, *, most: int = sys.maxsize - 1, most_members: int | None = None) -> tuple[bytes, bytes]:
    """Return what the gzip members at the beginning of `data` hold, and the bytes behind them.

    Zeros behind a member are padding to whole blocks. They are passed over, as gzip does.

    Parameters
    ----------
    most
        Bytes of content after which to stop. One byte more is returned when the content is longer.
    most_members
        Members after which to give up: each copies the rest of the data, so that very many would take hours.

    Raises
    ------
    zlib.error
        A member is damaged or ends too early, or there are too many members.
    """
    parts: list[bytes] = []
    room = most + 1
    while room and data.startswith(MAGIC):
        if len(parts) == most_members:
            raise zlib.error(f"it has more than {most_members} members")
        member = zlib.decompressobj(_WINDOW)
        parts.append(member.decompress(data, room))
        room -= len(parts[-1])
        if room and not member.eof:
            raise zlib.error("it ends too early")
        data = member.unused_data.lstrip(b"\0")
    return b"".join(parts), data
