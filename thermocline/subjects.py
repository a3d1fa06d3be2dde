"""Subjects: persons and devices that may ask for erasure, known by keyed digests of their values (ADR 40)."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from typing import Final

DIGEST_BYTES: Final = 16
_SEPARATOR: Final = "\x1f"


class SubjectHasher:
    """Digests of values of erasure keys, by a secret that no rotation of write keys touches.

    Parameters
    ----------
    secret
        Returns the secret; it is asked for with the first digest, and must stay the same for ever: with another one
        no digest that was stored would be found again.
    """

    def __init__(self, secret: Callable[[], str]) -> None:
        self._secret = secret
        self._keyed: hmac.HMAC | None = None

    def digest(self, column: str, value: object) -> str:
        """Return the digest of a column's value, as 32 hexadecimal digits.

        The column is part of it: the device 42 is not the user 42.
        """
        if self._keyed is None:
            self._keyed = hmac.new(self._secret().encode(), digestmod="sha256")
        keyed = self._keyed.copy()  # the key's own two rounds are done once
        keyed.update(f"{column}{_SEPARATOR}{value}".encode(errors="surrogatepass"))
        return keyed.hexdigest()[: 2 * DIGEST_BYTES]


def encode_digests(digests: Iterable[str]) -> bytes:
    """Return digests as bytes: sorted, each once, one after the other."""
    return bytes.fromhex("".join(sorted(set(digests))))


def decode_digests(encoded: bytes) -> frozenset[str]:
    """Return the digests that `encode_digests` wrote.

    Raises
    ------
    ValueError
        It is not a whole number of digests.
    """
    if len(encoded) % DIGEST_BYTES:
        raise ValueError(f"{len(encoded)} bytes are not a whole number of digests")
    return frozenset(encoded[at : at + DIGEST_BYTES].hex() for at in range(0, len(encoded), DIGEST_BYTES))
