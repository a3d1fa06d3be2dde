"""Country of an address, from the database that the geoip2fast package carries."""

from __future__ import annotations

import ipaddress
from functools import cache
from typing import Any


def country_code(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str | None:
    """Return the ISO 3166 code of a public address's country, or None when it is private or unknown."""
    if not address.is_global:
        return None
    code = _database().lookup(str(address)).country_code
    return code if len(code) == 2 and code.isalpha() else None


@cache
def _database() -> Any:
    # Loading takes a tenth of a second and only requests with a public address need it.
    from geoip2fast import GeoIP2Fast

    return GeoIP2Fast(geoip2fast_data_file="geoip2fast-ipv6.dat.gz")
