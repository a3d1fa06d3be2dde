"""What is removed from an event, or replaced, before it is stored: by a source's options, good rows and bad alike."""

from __future__ import annotations

import hmac
import ipaddress
import re
from collections.abc import Callable
from typing import Any, Self

import msgspec

from thermocline.contracts import Contract
from thermocline.contracts.privacy import IDENTIFYING, selected
from thermocline.settings import Source

_OPEN_JSON = frozenset({"properties", "traits", "context", "extra", "before", "after"})
_PSEUDONYM_BYTES = 16
_KEPT_BITS = {4: 24, 6: 48}
_IP_MEMBER = re.compile(rb'("(?:ip|writeKey)"\s*:\s*")[^"]*')
_MEMBER_NAME = re.compile(r"unknown field `.*`", re.DOTALL)


def mask_ip(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    """Return the address with its last octet (IPv4) or its last 80 bits (IPv6) zeroed."""
    network = ipaddress.ip_network((address, _KEPT_BITS[address.version]), strict=False)
    return str(network.network_address)


def without_ip(raw: bytes) -> bytes:
    """Return an event as sent but with every ``ip`` and ``writeKey`` emptied; it need not be valid JSON."""
    return _IP_MEMBER.sub(rb"\1", raw)


class Privacy(msgspec.Struct, frozen=True, kw_only=True):
    """What one source's options do to its events of one stream.

    Attributes
    ----------
    key
        Key of the pseudonyms: the same value has the same pseudonym in every column and source of a stage.
    dropped, pseudonymised
        Columns that are not stored, and columns that hold pseudonyms.
    without_consent
        Columns that are not stored of an event that does not grant `consent`.
    only_asks
        True when the options leave events that grant `consent` as they are.
    """

    key: bytes
    dropped: frozenset[str]
    pseudonymised: frozenset[str]
    without_consent: frozenset[str]
    consent: str | None
    only_asks: bool

    @classmethod
    def of(cls, source: Source, contract: Contract, secret: Callable[[], str]) -> Self | None:
        """Return what a source's options ask for, or None when they ask for nothing."""
        if not (source.pseudonymise or source.drop or source.anonymous or source.consent):
            return None
        restricted = selected(contract, ("restricted",)) if source.pseudonymise else frozenset()
        return cls(
            key=hmac.digest(secret().encode(), b"pseudonyms", "sha256"),
            # A pseudonym of a document would be of no use.
            dropped=selected(contract, (*source.drop, *(IDENTIFYING if source.anonymous else ())))
            | (restricted & _OPEN_JSON),
            pseudonymised=restricted - _OPEN_JSON,
            without_consent=selected(contract, IDENTIFYING),
            consent=source.consent,
            only_asks=not (source.pseudonymise or source.drop or source.anonymous),
        )

    def protect(self, columns: dict[str, Any]) -> None:
        """Take out of a canonical event what must not be stored, before it is validated."""
        granted = _grants(columns.get("context"), self.consent)
        dropped = self.dropped if granted else self.dropped | self.without_consent
        for name in dropped:
            columns.pop(name, None)
        if "traits" in dropped and columns.get("context"):
            columns["context"] = _without_traits(columns["context"])
        if granted and self.only_asks:
            return
        for name in self.pseudonymised:
            if columns.get(name):
                columns[name] = self.pseudonym(columns[name])
        # A made-up id and the fingerprint are hashes of all that was sent, so that guesses could be tried.
        columns["event_id"] = self.pseudonym(columns["event_id"])
        columns["fingerprint"] = int.from_bytes(self._digest(columns["fingerprint"])[:8], "big", signed=True)

    def protect_bad(self, row: dict[str, Any], raw: bytes) -> None:
        """Take the payload out of a quarantine row: of what cannot be read, no part can be told to be harmless."""
        if self.only_asks and row["reason"] != "malformed" and _grants(_context_of(raw), self.consent):
            return
        row["event_id"] = self.pseudonym(row["event_id"])
        row["detail"] = _MEMBER_NAME.sub("an unknown field", row["detail"])
        row["payload"] = None
        row["payload_encoding"] = "utf-8"
        row["payload_truncated"] = True

    def pseudonym(self, value: object) -> str:
        """Return the pseudonym of a value: 32 hexadecimal digits of an HMAC-SHA-256."""
        return self._digest(value)[:_PSEUDONYM_BYTES].hex()

    def _digest(self, value: object) -> bytes:
        return hmac.digest(self.key, str(value).encode("utf-8", "surrogatepass"), "sha256")


def _without_traits(context: str) -> str | None:
    """Take the user's traits out of a context, where clients put them beside those of a group."""
    try:
        members = _decode_members(context)
    except _UNREADABLE:
        return None
    if "traits" not in members:
        return context
    del members["traits"]
    return msgspec.json.encode(members).decode() if members else None


class _Consent(msgspec.Struct, frozen=True, rename="camel"):
    category_preferences: dict[str, object] = {}


class _Context(msgspec.Struct, frozen=True):
    consent: _Consent = _Consent()


class _Event(msgspec.Struct, frozen=True):
    context: msgspec.Raw = msgspec.Raw(b"")


_UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_decode_context = msgspec.json.Decoder(_Context).decode
_decode_event = msgspec.json.Decoder(_Event).decode


def _grants(context: object, category: str | None) -> bool:
    """Tell whether a context grants a category; consent that cannot be read is not given."""
    if category is None:
        return True
    try:
        return _decode_context(str(context)).consent.category_preferences.get(category) is True
    except _UNREADABLE:
        return False


def _context_of(raw: bytes) -> str | None:
    try:
        return bytes(_decode_event(raw).context).decode()
    except _UNREADABLE:
        return None
