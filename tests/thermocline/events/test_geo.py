from __future__ import annotations

import ipaddress

import pytest

from thermocline.events.geo import country_code


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("8.8.8.8", "US"),
        ("2001:4860:4860::8888", "US"),
        ("10.0.0.1", None),
        ("127.0.0.1", None),
        ("::1", None),
        ("fe80::1%eth0", None),
    ],
)
def test_public_addresses_have_a_country(address: str, country: str | None) -> None:
    assert country_code(ipaddress.ip_address(address)) == country
