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
    """Return the part of an event as sent that may be stored, to the letter if nothing is cut; it need not be JSON."""
    if is_unambiguous(raw):
        try:
            return without(raw, _cuts(redact))
        except UNREADABLE:
            pass
    return _cleaned_text(raw, redact=redact)


def _cuts(redact: bool) -> Cuts:
    return Cuts(values=True, anywhere=True, versions=True, emptied=True, secrets=redact, names=_WRITE_KEYS)


def _cleaned_text(raw: bytes, *, redact: bool) -> bytes:
    """Return a text that no walker can read, cleaned; escapes are read first, because they may hide what is cut."""
    text = _ESCAPED.sub(_unescaped, raw.decode("utf-8", "surrogateescape"))
    clean = _STRING_MEMBER.sub(_emptied, text)
    clean = _NUMBER_MEMBER.sub(_emptied, clean)
    clean = _URL.sub(_redacted if redact else _without_userinfo, clean)
    clean = without_addresses(clean, "")
    return raw if clean == text else clean.encode("utf-8", "surrogateescape")


def _emptied(member: re.Match[str]) -> str:
    return member[1] if is_address_name(member[2]) or member[2] in _WRITE_KEYS else member[0]


def _redacted(url: re.Match[str]) -> str:
    clean = redacted_url(url[0])
    # A text that was cut off may end in half a secret, which nothing recognises.
    return _LAST_PIECE.sub(MARK, clean) if url.end() == len(url.string) else clean


def _without_userinfo(url: re.Match[str]) -> str:
    return url_without_userinfo(url[0])


def _unescaped(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16)) if escape[1] else "/"
    return escape[0] if character in '"\\' else character
