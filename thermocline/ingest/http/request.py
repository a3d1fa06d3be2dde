"""An HTTP request and its answer, as every protocol sees them."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Mapping

import msgspec

from thermocline.errors import RequestError
from thermocline.events.gzipped import MAGIC, gunzip
from thermocline.ingest.http.caps import (
    ALWAYS_ALLOWED_BYTES,
    MAX_BODY_BYTES,
    MAX_GZIP_MEMBERS,
    MAX_RATIO,
    MAX_SENT_BYTES,
    MAX_VALUES,
)

# Gzip and zstd that a gateway took for text: their bytes above 127 became U+FFFD, and their content is lost.
_COMPRESSED_AS_TEXT = (b"\x1f\xef\xbf\xbd", b"(\xef\xbf\xbd/\xef\xbf\xbd")
_COMPRESSED_AS_TEXT_ADVICE = (
    "The API took the compressed body for text and destroyed it: send it with Content-Type application/octet-stream, "
    "or uncompressed; with Content-Encoding: gzip it may have any type where the stage has the edge on."
)
_GZIP_NAMES = ("gzip", "x-gzip")  # one coding (RFC 9110, section 8.4.1.3)
_UTF_8_MARK = b"\xef\xbb\xbf"


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One HTTP request.

    Attributes
    ----------
    path
        The path, percent-encoded or not: gateways differ.
    query
        The query string, percent-encoded.
    headers
        Header values by lower-case name.
    body
        The body as sent: still compressed, no longer base64.
    id
        What API Gateway calls the request, in its access log, too; "" if it did not come that way.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    source_ip: str | None
    received_at: dt.datetime
    query: str = ""
    id: str = ""


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a request; `body` is encoded as JSON."""

    status: int
    body: Mapping[str, object]
    headers: Mapping[str, str] = {}


def decoded_body(request: Request) -> bytes:
    """Return the request's body, decompressed and within the limits of `thermocline.ingest.http.caps`.

    Raises
    ------
    RequestError
        The body is too large, its gzip is damaged, or its encoding is unknown.
    """
    _check_encoding(request.headers.get("content-encoding", ""))
    body = request.body
    if len(body) > MAX_SENT_BYTES:
        raise _too_large(MAX_SENT_BYTES)
    if body.startswith(_COMPRESSED_AS_TEXT):
        raise RequestError(415, "compressed_as_text", _COMPRESSED_AS_TEXT_ADVICE)
    # The bytes decide, not the header: some clients gzip without it, and some gateways unpack and keep it.
    if body.startswith(MAGIC):
        body = _gunzip(body)
        if body.startswith(MAGIC):
            raise RequestError(400, "gzip_twice", "The body is gzip of gzip; compress it once.")
    body = body.removeprefix(_UTF_8_MARK)
    if len(body) > MAX_VALUES and body.count(b",") > MAX_VALUES:
        raise RequestError(400, "too_many_values", f"The body holds more than {MAX_VALUES} values.")
    return body


def _check_encoding(header: str) -> None:
    codings = [name for name in (part.strip().lower() for part in header.split(",")) if name not in ("", "identity")]
    if any(name not in _GZIP_NAMES for name in codings):
        raise RequestError(
            415, "unsupported_encoding", "Content-Encoding must be gzip or identity; compress with gzip."
        )
    if len(codings) > 1:
        raise RequestError(400, "gzip_twice", "Content-Encoding names gzip twice; compress the body once.")


def _gunzip(data: bytes) -> bytes:
    allowed = min(MAX_BODY_BYTES, max(ALWAYS_ALLOWED_BYTES, MAX_RATIO * len(data)))
    try:
        body, rest = gunzip(data, most=allowed, most_members=MAX_GZIP_MEMBERS)
    except zlib.error as error:
        raise RequestError(400, "malformed_gzip", f"The body is not valid gzip: {error}.") from error
    if len(body) > allowed:
        raise _too_large(allowed)
    if rest:
        raise RequestError(400, "malformed_gzip", "The body is not valid gzip: other bytes follow it.")
    return body


def _too_large(allowed: int) -> RequestError:
    return RequestError(400, "body_too_large", f"The body holds more than {allowed} bytes; send smaller batches.")
