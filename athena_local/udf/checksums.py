"""Trino's `checksum`: a sum of the hashes of all values, whatever their order."""

import struct
from collections.abc import Callable
from datetime import date

import xxhash

from athena_local.udf.python_functions import Functions, PythonFunction

_PRIME = 0x9E3779B185EBCA87
_LONG = struct.Struct("<q")
_DAY_ZERO = date(1970, 1, 1).toordinal()


def checksum(values: list[str | None], encode: Callable[[str], bytes]) -> bytes:
    """Return the checksum of values that are given as texts.

    Parameters
    ----------
    encode
        What Trino hashes of a value.
    """
    hashes = (1 if value is None else xxhash.xxh64_intdigest(encode(value)) for value in values)
    return (sum(hashes) * _PRIME % 2**64).to_bytes(8, "little")


def _double(text: str) -> bytes:
    return struct.pack("<d", float(text) or 0.0)


_ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "whole": lambda text: _LONG.pack(int(text)),
    "text": str.encode,
    "double": _double,
    "boolean": lambda text: _LONG.pack(int(text == "true")),
    "date": lambda text: _LONG.pack(date.fromisoformat(text).toordinal() - _DAY_ZERO),
}


def _function(encode: Callable[[str], bytes]) -> PythonFunction:
    return PythonFunction(row=lambda values: checksum(values, encode), takes=("VARCHAR[]",), returns="BLOB")


CHECKSUM_FUNCTIONS: Functions = {f"checksum_of_{kind}": _function(encode) for kind, encode in _ENCODINGS.items()}
