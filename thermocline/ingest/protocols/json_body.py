"""Split a body into single events without decoding them, so that one bad event cannot hurt its neighbours."""

from __future__ import annotations

import re

import msgspec

from thermocline.errors import RefusedEvent, RequestError
from thermocline.ingest.http.caps import check_count

# msgspec refuses text that is not UTF-8 with Python's own error.
JSON_ERRORS = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# The first bracket of JSON in two or four bytes, perhaps behind a byte order mark.
_OTHER_UNICODE = re.compile(rb"(?:\xff\xfe(?:\x00\x00)?)?[\[{]\x00|(?:(?:\x00\x00)?\xfe\xff)?\x00(?:\x00\x00)?[\[{]")
_HIGH = rb"u[dD][89abAB][0-9a-fA-F]{2}"
_LOW = rb"u[dD][c-fC-F][0-9a-fA-F]{2}"
# A half without its other half; or only the backslash before a whole character, whose first half it may escape.
_HALF = re.compile(rb"\\(?:%b(?!\\%b)|%b(?<!\\%b\\%b)|(?=\\%b\\%b))" % (_HIGH, _LOW, _LOW, _HIGH, _LOW, _HIGH, _LOW))
_REPLACEMENT = rb"\ufffd"
_BACKSLASH = ord("\\")

_decode_array = msgspec.json.Decoder(list[msgspec.Raw]).decode


def split_body(body: bytes) -> list[bytes]:
    """Return the raw events of a body that is one JSON object, an array, or NDJSON.

    Raises
    ------
    RequestError
        The body is empty, is not UTF-8 as a whole, or is an array whose JSON is broken (the ends of its events are then
        unknown).
    """
    check_encoding(body)
    text = body.strip()
    if not text:
        raise RequestError(400, "empty_body", "The body is empty; send a JSON object, an array, or NDJSON.")
    if text.startswith(b"["):
        return split_array(text)
    if _is_json(text):
        return [text]
    check_count(text.count(b"\n"))
    return [line for line in map(_stripped, text.split(b"\n")) if line]


def check_encoding(body: bytes) -> None:
    """Refuse JSON in UTF-16 or UTF-32, from which no event could be read.

    Raises
    ------
    RequestError
        With status 400.
    """
    if _OTHER_UNICODE.match(body):
        raise RequestError(400, "not_utf8", "The body is UTF-16 or UTF-32; send UTF-8.")


def without_lone_surrogates(body: bytes) -> bytes:
    """Return a body whose escaped half characters are U+FFFD.

    JavaScript escapes them when a text was cut inside an emoji. They are not valid Unicode, and a strict decoder would
    refuse every event of the request for one of them.
    """
    match = _HALF.search(body) if b"\\" in body else None
    if not match:
        return body
    text = bytearray(body)
    while match:
        start, end = match.span()
        whole_follows = end - start == 1
        if whole_follows and _is_escaped(body, end):
            start, end = end + len(_REPLACEMENT), end + 2 * len(_REPLACEMENT)
            text[start:end] = _REPLACEMENT
        elif not whole_follows and not _is_escaped(body, start):
            text[start:end] = _REPLACEMENT
        match = _HALF.search(body, end)
    return bytes(text)


def _is_escaped(body: bytes, at: int) -> bool:
    """Tell whether the backslash at a place is itself escaped: after an odd number of them."""
    first = at
    while first and body[first - 1] == _BACKSLASH:
        first -= 1
    return (at - first) % 2 == 1


def split_array(text: bytes) -> list[bytes]:
    """Return the raw elements of a JSON array (see `split_body` for errors)."""
    try:
        raws = _decode_array(text)
    except JSON_ERRORS as error:
        raise malformed(error) from error
    check_count(len(raws))
    return [bytes(raw) for raw in raws]


def malformed(error: Exception) -> RequestError:
    """Return the answer to a body whose JSON is broken as a whole."""
    return RequestError(400, "malformed_json", f"The body is not valid JSON: {_without_values(error)}.")


def refused(error: Exception) -> RefusedEvent:
    """Return the refusal of one event whose JSON is broken or whose members have the wrong type."""
    if isinstance(error, msgspec.ValidationError):
        return RefusedEvent("invalid", _without_values(error))
    return RefusedEvent("malformed", _without_values(error))


def _stripped(line: bytes) -> bytes:
    """Return a line without white space and byte order mark at its ends: joined files keep their marks."""
    return line.strip().removeprefix(_BYTE_ORDER_MARK).strip()


def _is_json(text: bytes) -> bool:
    try:
        msgspec.json.decode(text, type=msgspec.Raw)
    except JSON_ERRORS:
        return False
    return True


def _without_values(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "not valid UTF-8"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error).rstrip(".")
