"""An HTTP request and its answer, as every protocol sees them."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Mapping

import msgspec

from thermocline.errors import RequestError

# Decompressed. As sent, a body is bounded by Lambda's 6 MB event.
MAX_BODY_BYTES = 10 * 1024 * 1024
_GZIP_MAGIC = b"\x1f\x8b"
# Gzip that a gateway took for text: its second byte became U+FFFD, and what it held cannot be had back.
_GZIP_AS_TEXT = b"\x1f\xef\xbf\xbd"
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One HTTP request.

    Attributes
    ----------
    path
        The path, percent-encoded or not: gateways differ.
    headers
        Header values by lower-case name.
    body
        The body as sent: still compressed, no longer base64.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    source_ip: str | None
    received_at: dt.datetime


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a request; `body` is encoded as JSON."""

    status: int
    body: Mapping[str, object]
    headers: Mapping[str, str] = {}


def decoded_body(request: Request) -> bytes:
    """Return the request's body, decompressed, never more than ``MAX_BODY_BYTES``.

    Raises
    ------
    RequestError
        The body is too large, its gzip is damaged, or its encoding is unknown.
    """
    encoding = request.headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip"):
        raise RequestError(415, "unsupported_encoding", "Content-Encoding must be gzip or identity.")
    body = request.body
    if body.startswith(_GZIP_AS_TEXT):
        raise RequestError(400, "gzip_as_text", "Send gzip as application/x-ndjson or application/octet-stream.")
    # The bytes tell, not the header: clients gzip without saying so, and gateways unpack without taking it back.
    if body.startswith(_GZIP_MAGIC):
        body = _gunzip(body)
    if len(body) > MAX_BODY_BYTES:
        raise _too_large()
    return body


def _gunzip(data: bytes) -> bytes:
    members: list[bytes] = []
    room = MAX_BODY_BYTES
    while data:
        member = zlib.decompressobj(_GZIP_WINDOW)
        try:
            plain = member.decompress(data, room + 1)
        except zlib.error as error:
            raise RequestError(400, "malformed_gzip", "The body is not valid gzip.") from error
        room -= len(plain)
        if room < 0:
            raise _too_large()
        if not member.eof:
            raise RequestError(400, "malformed_gzip", "The gzip body ends too early.")
        members.append(plain)
        data = member.unused_data
    return b"".join(members)


def _too_large() -> RequestError:
    return RequestError(
        400, "body_too_large", f"The body holds more than {MAX_BODY_BYTES} bytes; send smaller batches."
    )
