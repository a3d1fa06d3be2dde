"""Write keys: one per source, derived from the environment's secret, so that no table of keys is needed.

A key is ``<source>_<signature>``: the signature is an HMAC-SHA-256 of the source's name and key version.
"""

from __future__ import annotations

import hmac
from base64 import b32encode
from collections.abc import Mapping

from thermocline.sources import Source

_SIGNATURE_BYTES = 20
# Never a dot: RudderStack's browser SDK splits the names of its stored queues, which hold the key, at dots, and would
# never find the events that it could not send before a reload.
_SEPARATOR = "_"


def derive_write_key(secret: str, source: str, version: int = 1) -> str:
    """Return the write key of a source; a higher version makes the earlier keys invalid."""
    digest = hmac.digest(secret.encode(), f"{source}:{version}".encode(), "sha256")
    return f"{source}{_SEPARATOR}{b32encode(digest[:_SIGNATURE_BYTES]).decode().lower()}"


def source_of(write_key: str, *, secret: str, sources: Mapping[str, Source]) -> str | None:
    """Return the name of the source that a write key belongs to, or None when it is not a valid key."""
    name = write_key.partition(_SEPARATOR)[0]
    source = sources.get(name)
    if source is None:
        return None
    expected = derive_write_key(secret, name, source.key_version)
    return name if hmac.compare_digest(write_key.encode(), expected.encode()) else None
