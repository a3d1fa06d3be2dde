"""MurmurHash3 of 128 bits for 64-bit machines, with the seed 0: Trino's `murmur3`."""

import struct
from typing import Final

_MASK: Final = 2**64 - 1
_C1: Final = 0x87C37B91114253D5
_C2: Final = 0x4CF5AD432745937F


def _rotated(number: int, bits: int) -> int:
    return (number << bits | number >> (64 - bits)) & _MASK


def _first(k: int) -> int:
    return _rotated(k * _C1 & _MASK, 31) * _C2 & _MASK


def _second(k: int) -> int:
    return _rotated(k * _C2 & _MASK, 33) * _C1 & _MASK


def _final(k: int) -> int:
    k = (k ^ k >> 33) * 0xFF51AFD7ED558CCD & _MASK
    k = (k ^ k >> 33) * 0xC4CEB9FE1A85EC53 & _MASK
    return k ^ k >> 33


def murmur3(data: bytes) -> bytes:
    """Return the hash's sixteen bytes."""
    a = b = 0
    whole = len(data) // 16 * 16
    for low, high in struct.iter_unpack("<QQ", data[:whole]):
        a = ((_rotated(a ^ _first(low), 27) + b) * 5 + 0x52DCE729) & _MASK
        b = ((_rotated(b ^ _second(high), 31) + a) * 5 + 0x38495AB5) & _MASK
    low, high = struct.unpack("<QQ", data[whole:].ljust(16, b"\0"))
    a, b = a ^ _first(low) ^ len(data), b ^ _second(high) ^ len(data)
    a = (a + b) & _MASK
    b = (b + a) & _MASK
    a, b = _final(a), _final(b)
    a = (a + b) & _MASK
    return struct.pack("<QQ", a, (b + a) & _MASK)
