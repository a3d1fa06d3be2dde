"""What a source's options remove from an event, or replace, before it is stored; good rows and bad alike."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Mapping
from typing import Any, Self

import msgspec

from thermocline.contracts import Contract
from thermocline.contracts.privacy import IDENTIFYING, holds_pseudonyms, pseudonyms_when_anonymous, selected
from thermocline.events.members import UNREADABLE, Cuts, anywhere, text_without
from thermocline.sources import Source

_PSEUDONYM_BYTES = 16
_MEMBER_NAME = re.compile(r"unknown field `.*`", re.DOTALL)
_NO_ADDRESS = Cuts(values=True, anywhere=True)
# Addresses in rows of a database are its data; what is masked already stays.
_KEPT_ADDRESSES = frozenset({"before", "after", "ip_masked"})


class Withheld(msgspec.Struct, frozen=True, kw_only=True):
    """Columns that are not stored as they came.

    Attributes
    ----------
    dropped, pseudonymised
        Columns that are not stored, and columns that hold pseudonyms.
    limited
        Patterns by column: a value that matches is stored as it is, although its column is dropped.
    """

    dropped: frozenset[str] = frozenset()
    pseudonymised: frozenset[str] = frozenset()
    limited: Mapping[str, re.Pattern[str]] = {}

    @classmethod
    def of_anonymous(cls, contract: Contract) -> Self:
        """Return the columns that are withheld so that an event does not say whose it is."""
        identifying, pseudonymised = selected(contract, IDENTIFYING), pseudonyms_when_anonymous(contract)
        limits = {c.name: re.compile(c.anonymous_pattern) for c in contract.ingested if c.anonymous_pattern}
        return cls(dropped=identifying - pseudonymised, pseudonymised=pseudonymised, limited=limits)

    @classmethod
    def by_options(cls, source: Source, contract: Contract) -> Self:
        """Return the columns that ``pseudonymise`` and ``drop`` withhold."""
        restricted = selected(contract, ("restricted",)) if source.pseudonymise else frozenset()
        # A pseudonym of a document would be of no use, and other types than text hold none.
        with_pseudonyms = {column.name for column in contract.ingested if holds_pseudonyms(column)}
        dropped = selected(contract, source.drop) | (restricted - with_pseudonyms)
        return cls(dropped=dropped, pseudonymised=restricted - dropped)


class Privacy(msgspec.Struct, frozen=True, kw_only=True):
    """What one source's options do to its events of one stream.

    Attributes
    ----------
    key
        Key of the pseudonyms: the same value has the same pseudonym in every column and source of a stage.
    asked, anonymous
        What is withheld of every event, and of one that is stored as if anonymous.
    always_anonymous
        True when that is every event.
    consent
        The category that an event must grant, or it is stored as if anonymous.
    known_names
        Names of events and metrics that have no pseudonym.
    texts
        Columns of free text.
    documents
        Columns of JSON text.
    only_asks
        True when the options leave events that grant `consent` as they are.
    """

    key: bytes
    asked: Withheld
    anonymous: Withheld
    always_anonymous: bool
    consent: str | None
    known_names: frozenset[str]
    texts: frozenset[str]
    documents: frozenset[str]
    only_asks: bool

    @classmethod
    def of(cls, source: Source, contract: Contract, secret: Callable[[], str]) -> Self | None:
        """Return what a source's options ask for, or None when they ask for nothing."""
        if not (source.pseudonymise or source.drop or source.anonymous or source.consent):
            return None
        identifying = selected(contract, IDENTIFYING)
        return cls(
            key=hmac.digest(secret().encode(), b"pseudonyms", "sha256"),
            asked=Withheld.by_options(source, contract),
            anonymous=Withheld.of_anonymous(contract),
            always_anonymous=source.anonymous,
            consent=source.consent,
            known_names=frozenset(source.known_names),
            texts=frozenset(c.name for c in contract.ingested if c.type == "string" and c.name in identifying)
            - _KEPT_ADDRESSES,
            documents=frozenset(c.name for c in contract.ingested if c.is_json),
            only_asks=not (source.pseudonymise or source.drop or source.anonymous),
        )

    def protected(self, columns: Mapping[str, Any]) -> dict[str, Any]:
        """Return a canonical event without what must not be stored, before it is validated."""
        stored = dict(columns)
        granted = _grants(columns.get("context"), self.consent)
        if granted and self.only_asks:
            return stored
        if self.always_anonymous or not granted:
            self._withhold(stored, self.anonymous)
        self._withhold(stored, self.asked)
        for name in self.texts & stored.keys():
            stored[name] = _without_address(name, stored[name], is_json=name in self.documents)
        # A made-up id and the fingerprint are hashes of all that was sent, against which guesses could be tested.
        stored["event_id"] = self.pseudonym(columns["event_id"])
        stored["fingerprint"] = self.keyed(columns["fingerprint"])
        return stored

    def protect_bad(self, row: dict[str, Any], raw: bytes) -> None:
        """Remove from a quarantine row what was sent: any part of an event that cannot be read may be personal."""
        if self.only_asks and row["reason"] != "malformed" and _grants(_context_of(raw), self.consent):
            return
        row["event_id"] = self.pseudonym(row["event_id"])
        row["detail"] = _MEMBER_NAME.sub("an unknown field", row["detail"])
        row["payload"] = row["context"] = None
        row["payload_encoding"] = "utf-8"
        row["payload_truncated"] = True
        row["replayable"] = False
        row["replay_event_id"] = row["replay_event_id"] and self.pseudonym(row["replay_event_id"])
        row["replay_fingerprint"] = self.keyed(row["replay_fingerprint"])

    def pseudonym(self, value: object) -> str:
        """Return the pseudonym of a value: 32 hexadecimal digits of an HMAC-SHA-256."""
        return self._digest(value)[:_PSEUDONYM_BYTES].hex()

    def keyed(self, fingerprint: int) -> int:
        """Return the fingerprint that is stored in place of one: 64 bits of an HMAC-SHA-256."""
        return int.from_bytes(self._digest(fingerprint)[:8], "big", signed=True)

    def _withhold(self, columns: dict[str, Any], what: Withheld) -> None:
        for name in what.dropped & columns.keys():
            limit = what.limited.get(name)
            if not (limit and isinstance(columns[name], str) and limit.fullmatch(columns[name])):
                del columns[name]
        if "traits" in what.dropped and columns.get("context"):
            columns["context"] = _without_traits(columns["context"])
        for name in what.pseudonymised & columns.keys():
            if columns[name] and columns[name] not in self.known_names:
                columns[name] = self.pseudonym(columns[name])

    def _digest(self, value: object) -> bytes:
        return hmac.digest(self.key, str(value).encode("utf-8", "surrogatepass"), "sha256")


def _without_traits(context: str) -> str | None:
    """Return a context without the user's traits, which clients put there beside those of a group."""
    try:
        members = _decode_members(context)
    except UNREADABLE:
        return None
    if "traits" not in members:
        return context
    del members["traits"]
    return msgspec.json.encode(members).decode() if members else None


def _without_address(name: str, value: object, *, is_json: bool) -> object:
    if not isinstance(value, str):
        return value
    return text_without(value, _NO_ADDRESS) if is_json else anywhere(value, name)


class _Consent(msgspec.Struct, frozen=True, rename="camel"):
    category_preferences: dict[str, object] = {}


class _Context(msgspec.Struct, frozen=True):
    consent: _Consent = _Consent()


class _Event(msgspec.Struct, frozen=True):
    context: msgspec.Raw = msgspec.Raw(b"")


_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_decode_context = msgspec.json.Decoder(_Context).decode
_decode_event = msgspec.json.Decoder(_Event).decode


def _grants(context: object, category: str | None) -> bool:
    """Tell whether a context grants a category; consent that cannot be read is not given."""
    if category is None:
        return True
    try:
        return _decode_context(str(context)).consent.category_preferences.get(category) is True
    except UNREADABLE:
        return False


def _context_of(raw: bytes) -> str | None:
    try:
        return bytes(_decode_event(raw).context).decode()
    except UNREADABLE:
        return None
