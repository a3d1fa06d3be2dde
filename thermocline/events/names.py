"""Names of members and parameters, split into their words: ``x-client_ipAddress``."""

from __future__ import annotations

import re
from functools import lru_cache

# Longer names are not split.
_LONGEST = 128
_WORD = re.compile(r"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+")
_IP_WORDS = frozenset(("ip", "ips", "ipv4", "ipv6", "ipaddr", "ipaddress", "ipaddresses"))
_AFTER_IP = frozenset(("address", "addresses", "addr", "addrs", "v4", "v6", "list", "4", "6"))
# Written without a break, or of words that mean an address only together.
_IP_NAMES = re.compile(
    r"x?(?:remote|client|peer|viewer|visitor|user|source|src|origin|host|device|local|public|private|external|envoyexternal"
    r"|wan|lan|real|last|login|signup|registration|request|caller|sender|inet)(?:ip(?:v?[46])?|ip(?:addr|address)|addr|inetaddress)"
    r"|(?:remote|client|peer|viewer|visitor|caller|sender|xremote|xclient|cloudfrontviewer|xenvoyexternal)address"
    r"|xoriginalforwardedfor|xforwardedfor|forwardedfor|xforwarded|forwarded|httpforwarded|httpxforwardedfor"
    r"|(?:true|xtrue)clientip|cfconnectingip(?:v6)?|fastlyclientip|xclusterclientip|xappengineuserip|flyclientip|ip(?:v?[46])?s?"
)
_VERSION_WORDS = frozenset(("version", "versions", "ver", "build", "release", "firmware", "revision"))
_AGENT_WORDS = frozenset(("agent", "ua", "useragent"))


def words_of(name: str) -> tuple[str, ...]:
    """Return a name's words in lower case: those between its separators and humps."""
    return _words_of(name) if len(name) <= _LONGEST else ()


@lru_cache(maxsize=8192)
def _words_of(name: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORD.findall(name))


def is_address_name(name: str) -> bool:
    """Tell whether a member of this name holds an IP address: ``ip``, ``$ip``, ``clientIp``, ``X-Forwarded-For``, …."""
    words = words_of(name)
    return bool(words) and _mean_address(words)


@lru_cache(maxsize=8192)
def _mean_address(words: tuple[str, ...]) -> bool:
    last = words[-2] if len(words) > 1 and words[-1] in _AFTER_IP else words[-1]
    return last in _IP_WORDS or words[-1] in _IP_WORDS or _IP_NAMES.fullmatch("".join(words)) is not None


def is_version_name(name: str) -> bool:
    """Tell whether four numbers in a member of this name are a version and no address."""
    return not _VERSION_WORDS.isdisjoint(words_of(name))


def may_hold_version(name: str) -> bool:
    """Tell whether a member of this name may hold a version: as a version, or in a user agent."""
    return is_version_name(name) or not _AGENT_WORDS.isdisjoint(words_of(name))


def is_masked_name(name: str) -> bool:
    """Tell whether a member of this name holds an address that was masked already."""
    return "masked" in words_of(name)
