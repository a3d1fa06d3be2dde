"""The runner's wire format to a worker: two lengths, a JSON header, then the payload's bytes untouched."""

import asyncio
import json
import struct
from typing import Any, BinaryIO

_LENGTHS = struct.Struct("!II")

END_OF_OUTPUT = b"\x1e"
"""First byte of the line by which a worker says that an invocation's output is complete."""


def encode_frame(header: dict[str, Any], payload: bytes = b"") -> bytes:
    """Return one frame as bytes."""
    head = json.dumps(header).encode()
    return _LENGTHS.pack(len(head), len(payload)) + head + payload


def read_frame(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """Return the next frame, or None when the other side is gone."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head, payload = _LENGTHS.unpack(lengths)
    return json.loads(stream.read(head)), stream.read(payload)


async def read_frame_async(reader: asyncio.StreamReader) -> tuple[dict[str, Any], bytes]:
    """Return the next frame; raise `asyncio.IncompleteReadError` when the worker is gone."""
    head, payload = _LENGTHS.unpack(await reader.readexactly(_LENGTHS.size))
    return json.loads(await reader.readexactly(head)), await reader.readexactly(payload)
