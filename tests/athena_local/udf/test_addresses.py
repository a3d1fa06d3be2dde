"""IP addresses."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.errors import QueryError
from athena_local.udf.addresses import contains, from_bytes, read, text_of

OLD = st.integers(0, 2**32 - 1).map(IPv4Address)
NEW = st.integers(0, 2**128 - 1).map(IPv6Address)


@given(OLD)
def test_version_4(address: IPv4Address) -> None:
    assert text_of(read(str(address))) == text_of(from_bytes(address.packed)) == str(address)


@given(NEW)
def test_version_6(address: IPv6Address) -> None:
    mapped = address.ipv4_mapped
    assert text_of(read(str(address))) == (str(mapped) if mapped else str(address))


@given(OLD, OLD)
def test_bytes_are_in_the_order_of_addresses(a: IPv4Address, b: IPv4Address) -> None:
    assert (read(str(a)) < read(str(b))) == (a < b)


@pytest.mark.parametrize(
    ("network", "address", "within"),
    [
        ("10.0.0.0/8", "10.1.2.3", True),
        ("10.0.0.0/8", "11.1.2.3", False),
        ("10.1.1.1/8", "10.1.2.3", True),
        ("10.0.0.0/8", "::1", False),
        ("2001:db8::/32", "2001:db8::5", True),
    ],
)
def test_network(network: str, address: str, within: bool) -> None:
    assert contains(network, read(address)) is within


@pytest.mark.parametrize("network", ["10.0.0.0", "10.0.0.0/33", "x/8"])
def test_no_network(network: str) -> None:
    with pytest.raises(QueryError, match="Invalid CIDR"):
        contains(network, read("10.0.0.1"))


@pytest.mark.parametrize("refused", [lambda: read("x"), lambda: read("010.0.0.1"), lambda: from_bytes(b"abc")])
def test_no_address(refused: object) -> None:
    with pytest.raises(QueryError, match="INVALID_CAST_ARGUMENT"):
        refused()  # type: ignore[operator]
