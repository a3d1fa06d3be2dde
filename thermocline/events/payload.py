"""What a quarantine row keeps of an event as sent: all of it but IP addresses, write keys and secrets in URLs."""

from __future__ import annotations

import re

from thermocline.events.addresses import without_addresses
from thermocline.events.members import UNREADABLE, Cuts, is_unambiguous, without
from thermocline.events.names import is_address_name
from thermocline.events.redaction import MARK, redacted_url, url_without_userinfo

_WRITE_KEYS = frozenset({"writeKey", "write_key"})
_ESCAPED = re.compile(r"\\(?:u00([2-7][0-9a-fA-F])|/)")
_STRING_MEMBER = re.compile(r'("((?:[^"\\]|\\.){1,128})"\s*:\s*")((?:[^"\\]|\\.)*)')
_NUMBER_MEMBER = re.compile(r'("((?:[^"\\]|\\.){1,128})"\s*:\s*)([0-9]+)')
_LAST_PIECE = re.compile(r"[^/?&#=]+$")
_URL = re.compile(r"""(?<![A-Za-z0-9+.\-])[A-Za-z][A-Za-z0-9+.\-]{0,31}:/[^\s"<>]*|(?<=")[/?#][^\s"<>]*""")


def cleaned(raw: bytes, *, redact: bool) -> bytes:
    """Return what may be stored of an event as sent, which need not be JSON; to the letter if nothing is cut."""
    if is_unambiguous(raw):
        try:
            return without(raw, _cuts(redact))
        except UNREADABLE:
            pass
    return _cleaned_text(raw, redact=redact)


def _cuts(redact: bool) -> Cuts:
    return Cuts(values=True, anywhere=True, versions=True, emptied=True, secrets=redact, names=_WRITE_KEYS)


def _cleaned_text(raw: bytes, *, redact: bool) -> bytes:
    """Search a text that no walker can read; escapes are read first, because they may hide what is searched for."""
    text = _ESCAPED.sub(_unescaped, raw.decode("utf-8", "surrogateescape"))
    found = _STRING_MEMBER.sub(_emptied, text)
    found = _NUMBER_MEMBER.sub(_emptied, found)
    found = _URL.sub(_redacted if redact else _without_userinfo, found)
    found = without_addresses(found, "")
    return raw if found == text else found.encode("utf-8", "surrogateescape")


def _emptied(member: re.Match[str]) -> str:
    return member[1] if is_address_name(member[2]) or member[2] in _WRITE_KEYS else member[0]


def _redacted(url: re.Match[str]) -> str:
    found = redacted_url(url[0])
    # What is cut off in the middle may be half a secret, which nobody can tell.
    return _LAST_PIECE.sub(MARK, found) if url.end() == len(url.string) else found


def _without_userinfo(url: re.Match[str]) -> str:
    return url_without_userinfo(url[0])


def _unescaped(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16)) if escape[1] else "/"
    return escape[0] if character in '"\\' else character
