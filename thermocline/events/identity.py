"""Identities of events: ids and fingerprints, stable under every retry."""

from __future__ import annotations

from hashlib import blake2b, md5

from xxhash import xxh3_64_intdigest

_SIGN_BIT = 1 << 63


def fingerprint(identity: bytes) -> int:
    """Return a signed 64-bit hash of what the client sent, without its sending time."""
    digest = xxh3_64_intdigest(identity)
    return digest - 2 * _SIGN_BIT if digest >= _SIGN_BIT else digest


def digest_id(*parts: str | bytes) -> str:
    """Return a 128-bit hash of an ordered list of parts, as 32 hexadecimal digits."""
    digest = blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def identity_key(source: str | None, fingerprint_: int | None, event_id: str | None) -> bytes:
    """Return the 16 bytes by which promotion knows an event again, as `thermocline.warm.identities` has them in SQL."""
    parts = ("" if part is None else str(part) for part in (source, fingerprint_, event_id))
    return md5("\x1f".join(parts).encode(), usedforsecurity=False).digest()
