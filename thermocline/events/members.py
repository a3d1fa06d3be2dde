"""The one walker over open-ended JSON: it cuts members and texts at any depth, and keeps all else to the letter.

A text from which nothing is cut is returned as it came; numbers keep their digits, because only names and strings are
decoded. Strings that are JSON themselves are walked, too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import msgspec

from thermocline.events.addresses import is_address, mask_ip, read_address, without_addresses
from thermocline.events.names import is_address_name, is_masked_name, is_version_name, may_hold_version
from thermocline.events.redaction import MARK, is_url, redacted_url, url_without_userinfo
from thermocline.events.tokens import decoded

UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_GONE = msgspec.Raw(b"")
_EMPTY = msgspec.Raw(b'""')
_AROUND_JSON = " \t\r\n\ufeff"
_is_agent = re.compile(r"Mozilla/|Chrome/|Edg/|OPR/").search
_BOOLEANS = (b"true", b"false")
_NOTHING = (b"{}", b"[]")
_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_decode_items = msgspec.json.Decoder(list[msgspec.Raw]).decode
_decode_text = msgspec.json.Decoder(str).decode
_encode = msgspec.json.Encoder().encode


class Cuts(msgspec.Struct, frozen=True, kw_only=True):
    """Which members and texts are cut.

    Attributes
    ----------
    values
        True: also strings that are an IP address, whatever their member's name, but for versions.
    anywhere
        True: also IP addresses inside longer strings and names.
    versions
        True: the value of a member named version, build or the like stays, even if it reads as an address.
    secrets
        True: also what `redacted_url` takes out of URLs; user names and passwords go in any case.
    emptied
        True: members that go are emptied, so that readers see that they were there.
    names
        Further names of members that go.
    replaced
        What stands for a string, by the string.
    """

    values: bool = False
    anywhere: bool = False
    versions: bool = False
    secrets: bool = True
    emptied: bool = False
    names: frozenset[str] = frozenset()
    replaced: Mapping[str, str] = {}


def without(raw: bytes, cuts: Cuts) -> bytes:
    """Return JSON without what `cuts` names; b"" when nothing is left of a string.

    Raises
    ------
    msgspec.MsgspecError, UnicodeDecodeError, RecursionError
        It is not JSON.
    """
    text = msgspec.Raw(raw.strip())
    kept = _walked(text, "", cuts)
    return raw if kept is text else bytes(kept)


def text_without(text: str, cuts: Cuts) -> str | None:
    """Return `without` of a column's text, or None when nothing is left; what is not JSON is kept to the letter."""
    try:
        kept = without(text.encode(), cuts)
    except UNREADABLE:
        return text
    return kept.decode() if kept and kept not in _NOTHING else None


def is_unambiguous(raw: bytes) -> bool:
    """Tell whether a text is JSON without two members of one name in an object: a walker would see only one of them."""
    try:
        json.loads(raw, object_pairs_hook=_distinct)
    except (ValueError, RecursionError):
        return False
    return True


def _distinct(members: list[tuple[str, Any]]) -> None:
    if len({name for name, _ in members}) < len(members):
        raise ValueError


def _walked(raw: msgspec.Raw, name: str, cuts: Cuts) -> msgspec.Raw:
    match bytes(raw)[:1]:
        case b"{":
            return _object(raw, name, cuts)
        case b"[":
            return _array(raw, name, cuts)
        case b'"':
            return _string(raw, name, cuts)
    return raw


def _object(raw: msgspec.Raw, of: str, cuts: Cuts) -> msgspec.Raw:
    members = _decode_members(raw)
    kept: dict[str, msgspec.Raw] = {}
    changed = False
    for name, value in members.items():
        new_value = _GONE if _goes(name, value, cuts) else _walked(value, name, cuts)
        stored = _stored_name(name, of, cuts)
        changed = changed or new_value is not value or stored != name
        if bytes(new_value) or cuts.emptied:
            # Two names that become one must not lose a value.
            kept[f"{stored}_{len(kept)}" if stored in kept else stored] = new_value if bytes(new_value) else _EMPTY
    return msgspec.Raw(_encode(kept)) if changed else raw


def _stored_name(name: str, of: str, cuts: Cuts) -> str:
    """Return a member's name as it is stored; its object is itself named `of`."""
    if not (cuts.values or cuts.anywhere) or ("." not in name and ":" not in name and "%" not in name):
        return name
    if cuts.versions and is_version_name(of):
        return name
    if is_address(name):
        return MARK
    return anywhere(name, of) if cuts.anywhere else name


def _goes(name: str, value: msgspec.Raw, cuts: Cuts) -> bool:
    return (is_address_name(name) and bytes(value) not in _BOOLEANS and bytes(value) != b'""') or name in cuts.names


def _array(raw: msgspec.Raw, name: str, cuts: Cuts) -> msgspec.Raw:
    items = _decode_items(raw)
    new_items = [_walked(item, name, cuts) for item in items]
    if all(new is old for new, old in zip(new_items, items, strict=True)):
        return raw
    return msgspec.Raw(_encode([item if bytes(item) else _EMPTY for item in new_items if bytes(item) or cuts.emptied]))


def _string(raw: msgspec.Raw, name: str, cuts: Cuts) -> msgspec.Raw:
    text = _decode_text(raw)
    if not text:
        return raw
    if is_masked_name(name) and is_address(text):
        return _masked(raw, text)
    if cuts.values and not is_version_name(name) and is_address(text):
        return _GONE
    kept = _cut(text, name, cuts)
    return raw if kept == text else msgspec.Raw(_encode(kept)) if kept else _GONE


def _masked(raw: msgspec.Raw, text: str) -> msgspec.Raw:
    """Return an address that its member calls masked; it is masked here if it was not."""
    address = read_address(text)
    masked = mask_ip(address) if address else text
    return raw if masked == str(address) else msgspec.Raw(_encode(masked))


def _cut(text: str, name: str, cuts: Cuts) -> str:
    if text in cuts.replaced:
        return cuts.replaced[text]
    document = text.strip(_AROUND_JSON)
    if document and document[0] in '{["' and document[-1] in '}]"':
        kept = _cut_json(document, name, cuts)
        if kept is not None:
            return text.replace(document, kept, 1) if kept else ""
    if is_url(text):
        text = redacted_url(text) if cuts.secrets else url_without_userinfo(text)
    if not cuts.anywhere or (cuts.versions and is_version_name(name)):
        return text
    return anywhere(text, name, agents=cuts.versions)


def _cut_json(document: str, name: str, cuts: Cuts) -> str | None:
    """Return what is left of JSON, or of lines of JSON, in a string; None when the string holds neither."""
    try:
        raw = msgspec.Raw(document.encode())
        return bytes(_walked(raw, name, cuts)).decode()
    except UNREADABLE:
        lines = document.splitlines(keepends=True)
        return "".join(_cut(line, name, cuts) for line in lines) if len(lines) > 1 else None


def anywhere(text: str, name: str, *, agents: bool = False) -> str:
    """Return a member's text without the IP addresses in it; if one is percent-encoded, the mark replaces all of it.

    Parameters
    ----------
    agents
        True: a text that looks like a user agent keeps its versions, whatever its member's name.
    """
    versions = may_hold_version(name) or (agents and _is_agent(text) is not None)
    text = without_addresses(text, MARK, versions=versions)
    if "%" in text:
        plain = decoded(text)
        return text if without_addresses(plain, MARK, versions=versions) == plain else MARK
    return text
