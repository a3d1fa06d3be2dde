from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.events.addresses import is_address, mask_ip, read_address, without_addresses

CLIENT = ipaddress.ip_address("81.2.69.142")
FORMS = (
    "81.2.69.142",
    " 81.2.69.142\t",
    '"81.2.69.142"',
    "081.002.069.142",
    "81.2.69.142/32",
    "81.2.69.142:52314",
    "[81.2.69.142]:52314",
    "::ffff:81.2.69.142",
    "::FFFF:5102:458e",
    "0:0:0:0:0:ffff:5102:458e",
    "[::ffff:81.2.69.142]:443",
    "::ffff:0:81.2.69.142",
    "::81.2.69.142",
    "2002:5102:458e::1",
    "[2002:5102:458e::1%eth0]:443",
    "64:ff9b::81.2.69.142",
    "64:ff9b::5102:458e",
    "2001:0:4136:e378:8000:63bf:aefd:ba71",
    "81.2.69.142, 70.41.3.18",
    "81.2.69.142,10.0.0.1",
    "10.0.0.1, 192.168.1.5, 81.2.69.142, 70.41.3.18",
    "unknown, 81.2.69.142",
    "for=81.2.69.142",
    "For=81.2.69.142;proto=https;by=203.0.113.43",
    'for="81.2.69.142:4711", for="[2001:4860:4860::8888]"',
    "for=unknown, for=81.2.69.142",
)


@pytest.mark.parametrize("text", FORMS)
def test_every_form_is_the_clients_address(text: str) -> None:
    assert read_address(text) == CLIENT
    assert is_address(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2a01:4f8::7", "2a01:4f8::7"),
        ("[2a01:4f8::7]:8443", "2a01:4f8::7"),
        ("fe80::1%en0", "fe80::1%en0".partition("%")[0]),
        ('for="[2a01:4f8::7]:4711"', "2a01:4f8::7"),
        ("10.0.0.1, 192.168.1.5", "10.0.0.1"),
        ("::1", "::1"),
    ],
)
def test_other_addresses(text: str, expected: str) -> None:
    assert read_address(text) == ipaddress.ip_address(expected)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            ",",
            "unknown",
            "localhost",
            "1.2.3",
            "1.2.3.4.5",
            "256.1.1.1",
            "12:30:45",
            "12:30",
            "aa:bb:cc:dd:ee:ff",
        ),
        *(
            "8.8.8.8:99999999",
            "by=81.2.69.142",
            "x" * 100_000,
            "1" * 5_000,
            "81.2.69.142 " * 1_000,
            "1.2.3.x",
            "²1.2.3.4",
        ),
    ],
)
def test_what_is_no_address(text: str) -> None:
    assert read_address(text) is None
    assert not is_address(text)


def test_a_text_with_an_address_in_it_is_none() -> None:
    assert not is_address("seen from 81.2.69.142")


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_loses_its_last_octet(address: ipaddress.IPv4Address) -> None:
    assert mask_ip(address) == str(address).rpartition(".")[0] + ".0"


@given(st.ip_addresses(v=6), st.integers(0, 2**80 - 1))
def test_an_ipv6_address_loses_its_last_80_bits(address: ipaddress.IPv6Address, interface: int) -> None:
    neighbour = ipaddress.IPv6Address(int(address) >> 80 << 80 | interface)
    assert mask_ip(address) == mask_ip(neighbour) == str(ipaddress.IPv6Address(int(address) >> 80 << 80))


@given(
    st.ip_addresses(v=4),
    st.sampled_from(["{}", "::ffff:{}", "[{}]:80", "{}:80", "64:ff9b::{}", "for={}", "{}, 10.0.0.1"]),
)
def test_no_form_leaks_a_whole_address(address: ipaddress.IPv4Address, form: str) -> None:
    found = read_address(form.format(address))
    assert found is not None
    assert found in (address, ipaddress.ip_address("10.0.0.1")) or int(address) <= 1


@given(st.ip_addresses(), st.sampled_from(["{}", "at {}.", "({})", "ip={}", "{} {}", "\n{}", "http://[{}]/"]))
def test_addresses_anywhere_in_a_text_are_cut(address: ipaddress.IPv4Address, form: str) -> None:
    assert str(address) not in without_addresses(form.format(address, address), "")


@pytest.mark.parametrize(
    ("text", "versions", "expected"),
    [
        ("Chrome/96.0.0.0 for 81.2.69.142:80", True, "Chrome/96.0.0.0 for X:80"),
        ("v1.2.3.4 1.2.3.4", True, "v1.2.3.4 X"),
        ("v1.2.3.4 1.2.3.4", False, "vX X"),
        ("at 12:30:45, aa:bb:cc:dd:ee:ff, 1.2.3.4.5", False, "at 12:30:45, aa:bb:cc:dd:ee:ff, 1.2.3.4.5"),
        ("::ffff:81.2.69.142", True, "X"),
    ],
)
def test_versions_stay_where_they_may_be(text: str, versions: bool, expected: str) -> None:
    assert without_addresses(text, "X", versions=versions) == expected
