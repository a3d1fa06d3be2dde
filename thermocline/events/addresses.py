"""The one reader of IP addresses, in every form in which clients and proxies write them."""

from __future__ import annotations

import ipaddress
import re
from typing import TypeAlias

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

# Far longer than any list of proxies; a longer text holds no address.
LONGEST_LIST = 1024
_KEPT_BITS = {4: 24, 6: 48}
_WITH_PORT = re.compile(r"([0-9.]+):[0-9]{1,5}")
_BRACKETED = re.compile(r"\[([^\]]*)\](?::[0-9]{1,5})?")
_BETWEEN_ITEMS = re.compile(r"[,;\s]+")
_NETWORK = re.compile(r"/[0-9]{1,3}$")
_QUOTES = "\"'"
# IPv6 networks whose last 32 bits are an IPv4 address: mapped, translated (SIIT), compatible, NAT64.
_EMBEDDING = tuple(
    ipaddress.IPv6Network(text) for text in ("::ffff:0:0/96", "::ffff:0:0:0/96", "::/96", "64:ff9b::/96")
)
_LAST_32_BITS = 2**32 - 1
_V4 = r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9]|\.[0-9])"
_V6 = rf"(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{{0,4}}:){{2,7}}(?:{_V4}|[0-9A-Fa-f]{{0,4}})(?![0-9A-Za-z:])"
_ANYWHERE = re.compile(rf"{_V6}|(?<![0-9.]){_V4}")
# "Chrome/96.0.0.0" and "v1.2.3.4" are versions.
_BUT_VERSIONS = re.compile(rf"{_V6}|(?<![0-9A-Za-z.])(?<![0-9A-Za-z]/){_V4}")


def read_address(text: str) -> Address | None:
    """Return the client's address in a text, or None when there is none.

    The text is an address with or without a port, brackets, a zone or quotes, a list of them (``X-Forwarded-For``), or
    elements ``for=…`` (``Forwarded``, RFC 7239). Of several, the first public one is the client's, or else the first.
    Of an IPv6 address that holds an IPv4 one (mapped, 6to4, NAT64, Teredo), the IPv4 address is returned.
    """
    addresses = [address for item in _items(text) if (address := _read_one(item))]
    return next((address for address in addresses if address.is_global), addresses[0] if addresses else None)


def is_address(text: str) -> bool:
    """Tell whether a text is an address or a list of them, and nothing else."""
    items = _items(text)
    return any(map(_read_one, items)) and all(_read_one(item) or item.lower() == "unknown" for item in items)


def mask_ip(address: Address) -> str:
    """Return the address with its last octet (IPv4) or its last 80 bits (IPv6) zeroed."""
    network = ipaddress.ip_network((address, _KEPT_BITS[address.version]), strict=False)
    return str(network.network_address)


def without_addresses(text: str, mark: str, *, versions: bool = False) -> str:
    """Return a text with everything in it that reads as an address replaced by `mark`.

    Parameters
    ----------
    versions
        True: four numbers after a letter, or after a name and a slash (``Chrome/96.0.0.0``), are a version and stay.
    """
    if "." not in text and ":" not in text:
        return text
    pattern = _BUT_VERSIONS if versions else _ANYWHERE
    return pattern.sub(lambda match: mark if _read_one(match[0]) else match[0], text)


def _items(text: str) -> list[str]:
    """Return the texts that may be addresses; in an element of ``Forwarded`` (``for=…;proto=https``), only ``for``."""
    if len(text) > LONGEST_LIST:
        return []
    items = []
    for part in _BETWEEN_ITEMS.split(text):
        name, equals, value = part.strip(_QUOTES).partition("=")
        if not equals or name.lower() == "for":
            items.append((value if equals else name).strip(_QUOTES))
    return [item for item in items if item]


def _read_one(item: str) -> Address | None:
    match = _BRACKETED.fullmatch(item) or _WITH_PORT.fullmatch(item)
    text = _NETWORK.sub("", (match[1] if match else item).partition("%")[0])
    try:
        return _unwrapped(ipaddress.ip_address(_decimal(text) if "." in text else text))
    except ValueError:
        return None


def _decimal(text: str) -> str:
    """Return dotted parts without leading zeros, which Python refuses."""
    head, colon, tail = text.rpartition(":")
    return head + colon + ".".join(part.lstrip("0") or part[-1:] for part in tail.split("."))


def _unwrapped(address: Address) -> Address:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if any(address in network for network in _EMBEDDING) and int(address) & _LAST_32_BITS > 1:
        return ipaddress.IPv4Address(int(address) & _LAST_32_BITS)
    return address
