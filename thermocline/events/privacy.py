"""What is removed from an event before it is stored."""

from __future__ import annotations

import ipaddress
import re

_KEPT_BITS = {4: 24, 6: 48}
_IP_MEMBER = re.compile(rb'("ip"\s*:\s*")[^"]*')


def mask_ip(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    """Return the address with its last octet (IPv4) or its last 80 bits (IPv6) zeroed."""
    network = ipaddress.ip_network((address, _KEPT_BITS[address.version]), strict=False)
    return str(network.network_address)


def without_ip(raw: bytes) -> bytes:
    """Return an event as sent but with every ``ip`` member emptied; it need not be valid JSON."""
    return _IP_MEMBER.sub(rb"\1", raw)
