"""JSON in which a number is written as NaN or Infinity, as many writers do: only that message is broken."""

from __future__ import annotations

import re

import msgspec

from thermocline.errors import RequestError
from thermocline.ingest.http.caps import check_count
from thermocline.ingest.protocols.json_body import JSON_ERRORS, split_body

_STRING_OR_WORD = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|-?\b(?:nan|inf|infinity)\b', re.IGNORECASE | re.DOTALL)
_decode_array = msgspec.json.Decoder(list[msgspec.Raw]).decode


def masked(text: bytes) -> bytes:
    """Return a text of the same length, with an empty list in place of every NaN or infinity."""
    return _STRING_OR_WORD.sub(_mask, text)


def split_messages(body: bytes) -> list[bytes]:
    """Return the raw messages of a body as `split_body` does, also those of an array with NaN or infinities.

    Raises
    ------
    RequestError
        As of `split_body`.
    """
    try:
        return split_body(body)
    except RequestError as error:
        if messages := _split_array(body.strip()):
            check_count(len(messages))
            return messages
        raise error from None


def _mask(match: re.Match[bytes]) -> bytes:
    text = match[0]
    return text if text.startswith(b'"') else b"[" + b" " * (len(text) - 2) + b"]"


def _split_array(text: bytes) -> list[bytes]:
    mask = masked(text)
    try:
        elements = _decode_array(mask) if mask != text else []
    except JSON_ERRORS:
        return []
    messages, end = [], 0
    for element in map(bytes, elements):
        start = mask.index(element, end)
        end = start + len(element)
        messages.append(text[start:end])
    return messages
