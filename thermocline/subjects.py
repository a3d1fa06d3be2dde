"""Subjects: persons and devices that may ask for erasure, known by keyed digests of their values (ADR 40)."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from thermocline.contracts import Contract
from thermocline.mentions import values

DIGEST_BYTES: Final = 16
_SEPARATOR: Final = "\x1f"
_MOST_REMEMBERED: Final = 200_000


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

    def looked_at(self, columns: Iterable[str]) -> frozenset[str]:
        """Return what tells, among the digests of a raw object, that these columns of it were looked at."""
        return frozenset(self.digest("", column) for column in columns)


class Subjects:
    """Some subjects; a value that was asked for once is remembered.

    Parameters
    ----------
    digests
        Of the subjects.
    columns
        All erasure keys of the lake: a text does not say which of them a value in it is of.
    """

    def __init__(self, hasher: SubjectHasher, digests: Iterable[str], columns: Sequence[str]) -> None:
        self._hasher = hasher
        self._digests = frozenset(digests)
        self._columns = columns
        self._known: dict[tuple[str, str], bool] = {}

    def owns(self, column: str, value: object) -> bool:
        """Tell whether a column's value is a subject's."""
        if value is None:
            return False
        asked = (column, str(value))
        if asked not in self._known:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            self._known[asked] = self.holds(column, value)
        return self._known[asked]

    def holds(self, column: str, value: object) -> bool:
        """Tell the same of a value that is asked for once; the answer is not remembered."""
        return self._hasher.digest(column, value) in self._digests

    def named_in(self, text: str) -> bool:
        """Tell whether a text has the value of a subject, under any erasure key."""
        distinct = set(values(text))
        return any(self.owns(column, value) for column in self._columns for value in distinct)

    def may_be_in(self, digests: frozenset[str], columns: Iterable[str]) -> bool:
        """Tell whether digests have a subject's, or are of a time when not all of some columns were looked at."""
        return bool(self.among(digests)) or not self._hasher.looked_at(columns) <= digests

    def among(self, digests: Iterable[str]) -> frozenset[str]:
        """Return those of some digests that are a subject's."""
        return self._digests.intersection(digests)


def erasure_keys(contracts: Mapping[str, Contract]) -> tuple[str, ...]:
    """Return the erasure keys of all contracts, each once."""
    return tuple(dict.fromkeys(key for contract in contracts.values() for key in contract.erasure_keys))


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
