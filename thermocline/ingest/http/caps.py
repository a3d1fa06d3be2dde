"""Limits on requests and events, so that no input can cost much memory or time.

A request over a limit is refused as a whole, because its events cannot be separated safely; an event over a limit is a
bad row, and its neighbours go on. ADR 0013 has the reasons and what the check costs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

import msgspec

from thermocline.errors import RefusedEvent, RequestError
from thermocline.events.batch import Batch, Event, Refused
from thermocline.events.pack import MAX_RECORD_BYTES
from thermocline.ingest.identity import encode_sorted, identity_of, identity_of_value
from thermocline.ingest.ids import REPLACEMENT, check_ids

# Lambda's own limit of an invocation; the offline front door has none.
MAX_SENT_BYTES = 6 * 1024 * 1024
MAX_BODY_BYTES = 10 * 1024 * 1024
# Deflate reaches at most about 1,030 : 1, and only a bomb comes near; a small body may have any ratio.
MAX_RATIO = 200
ALWAYS_ALLOWED_BYTES = 1024 * 1024
# Each member of a gzip body copies the rest of it, so that very many tiny ones would take hours.
MAX_GZIP_MEMBERS = 100
# Commas, in fact: a list of 5 million numbers fits 10 MiB, and 500 MB once it is taken apart.
MAX_VALUES = 400_000
# Four times Segment's own limit.
MAX_EVENTS = 10_000
# Beyond it the event fits no Firehose record.
MAX_EVENT_BYTES = MAX_RECORD_BYTES
# Far below where readers give up: Python, msgspec, Jackson (Trino) and Arrow at about 1,000.
MAX_DEPTH = 200
# AWS's clickstream SDKs send at most 500 attributes.
MAX_KEYS = 1_000
MAX_STRING_BYTES = 256 * 1024
# Every double written out in full fits, the smallest too.
MAX_NUMBER_CHARACTERS = 1_100

_GROUP_BYTES = 8 * 1024
# The escapes that could be taken for the end of a string, or for another escape's beginning.
_ESCAPE = re.compile(rb'\\["\\]')
_STRING = re.compile(rb'"[^"]*"')
_NUMBER = re.compile(rb"[-+.0-9eE]*")
_NUMERIC = frozenset(b"-+.0123456789eE")
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_decode = msgspec.json.Decoder().decode


def check_count(events: int) -> None:
    """Refuse a request with too many events."""
    if events > MAX_EVENTS:
        raise RequestError(400, "too_many_events", f"A request may hold {MAX_EVENTS} events; send smaller batches.")


def capped(batch: Batch) -> Batch:
    """Return the batch with every event over a limit refused, and the identity of the others.

    Both need the event decoded and encoded again, so they are done together.

    Raises
    ------
    RequestError
        There are too many events.
    """
    check_count(len(batch.events))
    # A message can be many events, all with its text. Comparing or hashing the texts would take as long as decoding.
    events = {id(event.raw): event for event in batch.events if isinstance(event, Event)}
    checked = _checked(list(events.values()), batch.changed_on_retry)
    if not (checked.wrong or checked.suspects):
        return batch
    return msgspec.structs.replace(batch, events=[_replaced(event, checked) for event in batch.events])


def check_event(raw: bytes) -> None:
    """Check one event exactly.

    Raises
    ------
    RefusedEvent
        It is over a limit, or an object in it has two members of one name; nothing of the event is quoted.
    """
    if len(raw) > MAX_EVENT_BYTES:
        _refuse(f"it has {len(raw)} bytes, more than {MAX_EVENT_BYTES}")
    text = _without_escapes(raw)
    if any(len(string) > MAX_STRING_BYTES + 2 for string in _STRING.findall(text)):
        _refuse(f"a string is longer than {MAX_STRING_BYTES} bytes")
    if _depth(text) > MAX_DEPTH:
        _refuse(f"nested deeper than {MAX_DEPTH} levels")
    try:
        json.loads(raw.decode(), object_pairs_hook=_object, parse_int=_number, parse_float=_number)
    except (ValueError, RecursionError):
        return  # broken JSON is its protocol's to refuse, with the place


class _Checked(msgspec.Struct, frozen=True, gc=False):
    """The result of checking events, by the ids of their texts.

    Attributes
    ----------
    wrong
        Refusals.
    suspects
        Texts in which characters may have been lost.
    """

    wrong: dict[int, RefusedEvent] = {}
    suspects: set[int] = set()


def _replaced(event: Event | Refused, checked: _Checked) -> Event | Refused:
    if isinstance(event, Refused):
        return event
    try:
        if error := checked.wrong.get(id(event.raw)):
            raise error
        if id(event.raw) in checked.suspects:
            check_ids(event.columns)
    except RefusedEvent as refusal:
        return Refused.event(event, refusal)
    return event


def _checked(events: Sequence[Event], left_out: frozenset[str]) -> _Checked:
    """Set the identities of events whose text is their identity, and return what is wrong with the others."""
    checked = _Checked()
    for group in _groups(events):
        if identities := _identities([event.raw for event in group], left_out):
            for event, identity in zip(group, identities, strict=True):
                if event.identity is event.raw:
                    event.identity = identity
                if not identity.isascii() and REPLACEMENT in identity:
                    checked.suspects.add(id(event.raw))
        else:
            for event in group:
                _check_alone(event, left_out, checked)
    return checked


def _check_alone(event: Event, left_out: frozenset[str], checked: _Checked) -> None:
    checked.suspects.add(id(event.raw))
    try:
        identity = _identity_alone(event.raw, left_out)
    except RefusedEvent as error:
        checked.wrong[id(event.raw)] = error
        return
    if event.identity is event.raw:
        event.identity = identity


def _identity_alone(raw: bytes, left_out: frozenset[str]) -> bytes:
    if identities := _identities([raw], left_out):
        return identities[0]
    check_event(raw)
    return identity_of(raw, left_out)


def _groups(events: Sequence[Event]) -> Iterator[Sequence[Event]]:
    """Yield a few events at a time: checking eight together takes two thirds of the time of checking each alone."""
    start = size = 0
    for end, event in enumerate(events):
        length = len(event.raw)
        if size and size + length > _GROUP_BYTES:
            yield events[start:end]
            start, size = end, 0
        size += length
    if size:
        yield events[start:]


def _identities(group: Sequence[bytes], left_out: frozenset[str]) -> list[bytes] | None:
    """Return what the events' fingerprints hash, or None unless a cheap check is certain that they break no limit.

    When JSON is decoded, the second member of a name takes the first one's place, so the text made of the result has
    fewer colons. Nothing else changes their number but an escape sequence.
    """
    text = b"[" + b",".join(group) + b"]"
    if len(text) > MAX_STRING_BYTES or _opened(text) > MAX_DEPTH:
        return None
    colons = text.count(b":")
    if colons > MAX_KEYS or _may_hide_a_colon(text) or _may_hold_a_long_number(text):
        return None
    try:
        values = _decode(text)
        texts = list(map(encode_sorted, values))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    written = b",".join(texts)
    if len(texts) != len(group) or written.count(b":") != colons:
        return None
    for number, value in enumerate(values):
        if isinstance(value, dict) and not left_out.isdisjoint(value):
            texts[number] = identity_of_value(value, texts[number], left_out)
    return texts


def _opened(text: bytes) -> int:
    # Looking whether there are arrays at all is twenty times faster than counting.
    return text.count(b"{") + (text.count(b"[") if b"[" in text[1:] else 1)


def _may_hide_a_colon(text: bytes) -> bool:
    return b"\\" in text and b"\\u003a" in text.lower()


def _may_hold_a_long_number(text: bytes) -> bool:
    """Tell whether a number may be too long, looking only at every 550th character and what follows it."""
    half = MAX_NUMBER_CHARACTERS // 2
    return any(_run(text, at * half) >= half for at, character in enumerate(text[::half]) if character in _NUMERIC)


def _run(text: bytes, start: int) -> int:
    match = _NUMBER.match(text, start)
    return match.end() - start if match else 0


def _without_escapes(raw: bytes) -> bytes:
    """Return text of the same length in which a quotation mark always begins or ends a string.

    A single expression for strings with escapes would take quadratic time on a string without an end.
    """
    return _ESCAPE.sub(b"__", raw) if b"\\" in raw else raw


def _depth(text: bytes) -> int:
    deepest = depth = 0
    for bracket in _STRING.sub(b"", text).translate(None, _NOT_BRACKETS):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _object(members: list[tuple[str, Any]]) -> None:
    if len(members) > MAX_KEYS:
        _refuse(f"an object has more than {MAX_KEYS} members")
    if len({name for name, _ in members}) < len(members):
        raise RefusedEvent("malformed", "an object has two members of one name")


def _number(text: str) -> None:
    if len(text) > MAX_NUMBER_CHARACTERS:
        _refuse(f"a number has more than {MAX_NUMBER_CHARACTERS} characters")


def _refuse(detail: str) -> NoReturn:
    raise RefusedEvent("too_large", detail)
