from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.events.privacy import mask_ip, without_ip


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_loses_its_last_octet(address: ipaddress.IPv4Address) -> None:
    assert mask_ip(address) == str(address).rpartition(".")[0] + ".0"


@given(st.ip_addresses(v=6), st.integers(0, 2**80 - 1))
def test_an_ipv6_address_loses_its_last_80_bits(address: ipaddress.IPv6Address, interface: int) -> None:
    neighbour = ipaddress.IPv6Address(int(address) >> 80 << 80 | interface)
    assert mask_ip(address) == mask_ip(neighbour) == str(ipaddress.IPv6Address(int(address) >> 80 << 80))


def test_a_scope_is_not_kept() -> None:
    assert mask_ip(ipaddress.ip_address("fe80::1%eth0")) == "fe80::"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'{"context":{"ip":"203.0.113.7","a":1}}', b'{"context":{"ip":"","a":1}}'),
        (b'{"ip" : "2001:db8::1"}', b'{"ip" : ""}'),
        (b'{"ip":"203.0.113.7", broken', b'{"ip":"", broken'),
        (b'{"ip":"203.0', b'{"ip":"'),
        (b'{"writeKey": "shop.abc","a":1}', b'{"writeKey": "","a":1}'),
        (b'{"zip":"10115","ip_masked":"203.0.113.0"}', b'{"zip":"10115","ip_masked":"203.0.113.0"}'),
    ],
)
def test_addresses_are_emptied_even_in_broken_json(raw: bytes, expected: bytes) -> None:
    assert without_ip(raw) == expected
