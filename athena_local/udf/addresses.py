"""Trino's IP addresses: sixteen bytes, an address of version 4 as ``::ffff:10.0.0.1``."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from athena_local.errors import QueryError
from athena_local.udf.python_functions import Functions, PythonFunction

_MAPPED = bytes(10) + b"\xff\xff"


def read(text: str) -> bytes:
    """Return an address's bytes.

    Raises
    ------
    QueryError
        ``INVALID_CAST_ARGUMENT``
    """
    try:
        return _packed(ip_address(text))
    except ValueError as error:
        raise QueryError("INVALID_CAST_ARGUMENT", f"Cannot cast value to IPADDRESS: {text}") from error


def _packed(address: IPv4Address | IPv6Address) -> bytes:
    return _MAPPED + address.packed if isinstance(address, IPv4Address) else address.packed


def from_bytes(data: bytes) -> bytes:
    """Return the address of four or sixteen bytes."""
    if len(data) not in (4, 16):
        raise QueryError("INVALID_CAST_ARGUMENT", f"Invalid InetAddress binary length: {len(data)}")
    return _MAPPED + data if len(data) == 4 else data


def text_of(data: bytes) -> str:
    """Return an address as text."""
    return str(IPv4Address(data[12:]) if data.startswith(_MAPPED) else IPv6Address(data))


def contains(network: str, data: bytes) -> bool:
    """Tell whether an address lies in a network such as ``10.0.0.0/8``."""
    if "/" not in network:
        raise QueryError("INVALID_FUNCTION_ARGUMENT", "Invalid CIDR")
    try:
        within = ip_network(network, strict=False)
    except ValueError as error:
        raise QueryError("INVALID_FUNCTION_ARGUMENT", "Invalid CIDR") from error
    return ip_address(text_of(data)) in within


ADDRESS_FUNCTIONS: Functions = {
    "ip_read": PythonFunction(row=read, takes=["VARCHAR"], returns="BLOB"),
    "ip_from_bytes": PythonFunction(row=from_bytes, takes=["BLOB"], returns="BLOB"),
    "ip_text": PythonFunction(row=text_of, takes=["BLOB"], returns="VARCHAR"),
    "ip_contains": PythonFunction(row=contains, takes=["VARCHAR", "BLOB"], returns="BOOLEAN"),
}
