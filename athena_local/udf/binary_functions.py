"""Trino's functions of varbinary, on one row."""

import base64
import binascii
import hashlib
import hmac
import struct
import zlib
from collections.abc import Callable

import xxhash

from athena_local.errors import QueryError
from athena_local.udf.murmur import murmur3
from athena_local.udf.python_functions import Functions, PythonFunction


def _invalid(message: str) -> QueryError:
    return QueryError("INVALID_FUNCTION_ARGUMENT", message)


def _from_base64(text: str, extra: bytes) -> bytes:
    data = text.encode().rstrip(b"=")
    padding = len(text) - len(data)
    if padding and (len(data) + padding) % 4:
        raise _invalid("Input byte array has wrong 4-byte ending unit")
    if len(data) % 4 == 1:
        raise _invalid("Input byte[] should at least have 2 bytes for base64 bytes")
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4), altchars=extra, validate=True)
    except binascii.Error as error:
        raise _invalid("Illegal base64 character") from error


def _from_base32(text: str) -> bytes:
    data = text.rstrip("=")
    if bad := next((letter for letter in data if letter not in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), ""):
        raise _invalid(f"Unrecognized character: {bad}")
    if len(data) % 8 in (1, 3, 6):
        raise _invalid(f"Invalid input length {len(data)}")
    return base64.b32decode(data + "=" * (-len(data) % 8))


def _from_hex(text: str) -> bytes:
    if len(text) % 2:
        raise _invalid(f"invalid input length {len(text)}")
    if any(digit not in "0123456789abcdefABCDEF" for digit in text):
        raise _invalid("invalid hexadecimal character")
    return bytes.fromhex(text)


def _from_utf8(data: bytes, replacement: str) -> str:
    if len(replacement) > 1:
        raise _invalid("Replacement character string must empty or a single character")
    return data.decode(errors="replace").replace("\ufffd", replacement) if _is_broken(data) else data.decode()


def _is_broken(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return True
    return False


def _unpack(form: str) -> Callable[[bytes], float]:
    size = struct.calcsize(form)

    def read(data: bytes) -> float:
        if len(data) != size:
            raise _invalid(f"expected {size}-byte input, but got instead: {len(data)}")
        value: float = struct.unpack(form, data)[0]
        return value

    return read


def _pack(form: str) -> Callable[[float], bytes]:
    return lambda value: struct.pack(form, value)


def _keyed(name: str) -> Callable[[bytes, bytes], bytes]:
    return lambda data, key: hmac.new(key, data, name).digest()


def _escaped(data: bytes) -> str:
    """Return bytes as the text that DuckDB casts to a BLOB."""
    return "".join(f"\\x{byte:02X}" for byte in data)


def _substr(data: str, start: int, length: int) -> str:
    """Return a part of bytes, which come as hexadecimal text."""
    given = bytes.fromhex(data)
    first = start - 1 if start > 0 else len(given) + start
    if start == 0 or first < 0 or length <= 0:
        return ""
    return _escaped(given[first : first + length])


def _pad(data: str, size: int, padding: str, side: str) -> str:
    given, fill = bytes.fromhex(data), bytes.fromhex(padding)
    if size < 0:
        raise _invalid("Target length must be in the range [0..2147483647]")
    if not fill:
        raise _invalid("Padding bytes must not be empty")
    missing = (fill * (size // len(fill) + 1))[: max(size - len(given), 0)]
    return _escaped(missing + given if side == "l" and missing else (given + missing)[:size])


def _function(row: object, takes: str, returns: str) -> PythonFunction:
    return PythonFunction(row=row, takes=takes.split(), returns=returns)  # type: ignore[arg-type]


BINARY_FUNCTIONS: Functions = {
    "java_crc32": _function(zlib.crc32, "BLOB", "BIGINT"),
    "java_sha512": _function(lambda data: hashlib.sha512(data).digest(), "BLOB", "BLOB"),
    "java_murmur3": _function(murmur3, "BLOB", "BLOB"),
    "java_xxhash64": _function(xxhash.xxh64_digest, "BLOB", "BLOB"),
    **{
        f"java_hmac_{name}": _function(_keyed(name), "BLOB BLOB", "BLOB")
        for name in ("md5", "sha1", "sha256", "sha512")
    },
    "java_from_base64": _function(lambda text: _from_base64(text, b"+/"), "VARCHAR", "BLOB"),
    "java_from_base64url": _function(lambda text: _from_base64(text, b"-_"), "VARCHAR", "BLOB"),
    "java_from_base32": _function(_from_base32, "VARCHAR", "BLOB"),
    "java_from_hex": _function(_from_hex, "VARCHAR", "BLOB"),
    "java_to_base64url": _function(lambda data: base64.urlsafe_b64encode(data).decode(), "BLOB", "VARCHAR"),
    "java_to_base32": _function(lambda data: base64.b32encode(data).decode(), "BLOB", "VARCHAR"),
    "java_from_utf8": _function(_from_utf8, "BLOB VARCHAR", "VARCHAR"),
    "java_from_big_endian_32": _function(_unpack(">i"), "BLOB", "INTEGER"),
    "java_from_big_endian_64": _function(_unpack(">q"), "BLOB", "BIGINT"),
    "java_from_ieee754_32": _function(_unpack(">f"), "BLOB", "FLOAT"),
    "java_from_ieee754_64": _function(_unpack(">d"), "BLOB", "DOUBLE"),
    "java_to_big_endian_32": _function(_pack(">i"), "INTEGER", "BLOB"),
    "java_to_big_endian_64": _function(_pack(">q"), "BIGINT", "BLOB"),
    "java_to_ieee754_32": _function(_pack(">f"), "FLOAT", "BLOB"),
    "java_to_ieee754_64": _function(_pack(">d"), "DOUBLE", "BLOB"),
    "java_blob_substr": _function(_substr, "VARCHAR BIGINT BIGINT", "VARCHAR"),
    "java_blob_pad": _function(_pad, "VARCHAR BIGINT VARCHAR VARCHAR", "VARCHAR"),
    "java_blob_reverse": _function(lambda data: _escaped(bytes.fromhex(data)[::-1]), "VARCHAR", "VARCHAR"),
}
