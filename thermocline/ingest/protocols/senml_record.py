"""One SenML record: its fields, each checked by itself, so that a wrong one does not hide the others.

Source: RFC 8428, sections 4.1 to 4.4; RFC 9100 for versions.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from thermocline.errors import RefusedEvent
from thermocline.ingest.protocols.json_body import JSON_ERRORS, refused
from thermocline.ingest.protocols.not_finite import masked

BASE_FIELDS = frozenset({"bn", "bt", "bu", "bv", "bs", "bver"})
VALUE_FIELDS = ("v", "vs", "vb", "vd")
_TEXT, _NUMBER, _BOOLEAN = (str,), (int, Decimal), (bool,)
_KIND_NAMES: dict[tuple[type, ...], str] = {_TEXT: "text", _NUMBER: "number", _BOOLEAN: "boolean"}
_KINDS: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("bn", "bu", "n", "u", "vs", "vd"), _TEXT),
    **dict.fromkeys(("bt", "bv", "bs", "bver", "v", "s", "t", "ut"), _NUMBER),
    "vb": _BOOLEAN,
}
LABELS = frozenset(_KINDS)
MUST_UNDERSTAND = "_"
"""The end of names that a reader must understand."""
# Beyond a double by far, and small enough that a sum has a bounded number of digits.
_LARGEST_EXPONENT = 1000
# Version 10, those of drafts before it, and 10 with RFC 9100's feature 4, secondary units, which are kept as sent.
_VERSIONS = frozenset({*range(1, 11), 10 + 2**4})
_MAY_SET_A_BASE = re.compile(rb'"b|\\u')
_decode = msgspec.json.Decoder(float_hook=Decimal).decode
_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


class Record(NamedTuple):
    """The fields that are right, why others are wrong, and members that RFC 8428 does not define."""

    fields: dict[str, Any]
    wrong: dict[str, RefusedEvent]
    others: dict[str, Any]


def read_record(raw: bytes) -> Record:
    """Read a record; what is wrong with it is in its `wrong`, and never raised."""
    fields: dict[str, Any] = {}
    wrong: dict[str, RefusedEvent] = {}
    others: dict[str, Any] = {}
    for name, value in _members(raw, wrong).items():
        if name in LABELS:
            try:
                if value is not None:
                    fields[name] = _checked(name, value)
            except RefusedEvent as error:
                wrong[name] = error
        elif name.endswith(MUST_UNDERSTAND):
            wrong[name] = RefusedEvent("unsupported", "a field whose name ends with _ must be understood")
        else:
            others[name] = value
    return Record(fields, wrong, others)


def _members(raw: bytes, wrong: dict[str, RefusedEvent]) -> dict[str, Any]:
    try:
        members = _decode(raw)
    except JSON_ERRORS as error:
        return _members_one_by_one(raw, refused(error), wrong)
    if isinstance(members, dict):
        return members
    wrong[""] = RefusedEvent("invalid", "a SenML record is an object")
    return {}


def _members_one_by_one(raw: bytes, error: RefusedEvent, wrong: dict[str, RefusedEvent]) -> dict[str, Any]:
    """Return the members of a broken record that can be read; if none can, any base field may be among them."""
    wrong[""] = error
    try:
        texts = _decode_members(masked(raw))
    except JSON_ERRORS:
        wrong.update(dict.fromkeys(BASE_FIELDS, error) if _MAY_SET_A_BASE.search(raw) else {})
        return {}
    members = {}
    for name, text in texts.items():
        try:
            members[name] = _decode(text)
        except JSON_ERRORS:
            wrong[name] = error
    return members


def _checked(name: str, value: object) -> object:
    kinds = _KINDS[name]
    if type(value) not in kinds:
        raise RefusedEvent("invalid", f"{name}: is no {_KIND_NAMES[kinds]}")
    if kinds is not _NUMBER:
        return value
    number = Decimal(value)  # type: ignore[arg-type]
    if number.adjusted() > _LARGEST_EXPONENT:
        raise RefusedEvent("invalid", f"{name}: is too large")
    return _version(number) if name == "bver" else number


def _version(number: Decimal) -> int:
    if number != number.to_integral_value() or number < 1:
        raise RefusedEvent("invalid", "bver: is no positive integer")
    if number not in _VERSIONS:
        raise RefusedEvent("unsupported", "bver: is a version of SenML that is not known; versions 10 and 26 are")
    return int(number)
