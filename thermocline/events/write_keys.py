"""Write keys: one a source, derived from the environment's secret, so that there is no table of keys to keep.

A key is ``<source>_<signature>``: the signature is an HMAC-SHA-256 of the source's name and key version.
"""

from __future__ import annotations

import hmac
from base64 import b32encode
from collections.abc import Mapping

from thermocline.settings import Source

_SIGNATURE_BYTES = 20
_SEPARATOR = "_"
# Keys had a dot here once, and are valid still. RudderStack's browser SDK names its stored queues after the key and
# splits the names at dots: with a dot in the key it never finds what it could not send before a reload.
_FORMER_SEPARATOR = "."


def derive_write_key(secret: str, source: str, version: int = 1) -> str:
    """Return the write key of a source; a higher version makes the earlier keys invalid."""
    digest = hmac.digest(secret.encode(), f"{source}:{version}".encode(), "sha256")
    return f"{source}{_SEPARATOR}{b32encode(digest[:_SIGNATURE_BYTES]).decode().lower()}"


def source_of(write_key: str, *, secret: str, sources: Mapping[str, Source]) -> str | None:
    """Return the name of the source that a write key belongs to, or None when it is not a valid key."""
    key = write_key.replace(_FORMER_SEPARATOR, _SEPARATOR)
    name = key.partition(_SEPARATOR)[0]
    source = sources.get(name)
    if source is None:
        return None
    expected = derive_write_key(secret, name, source.key_version)
    return name if hmac.compare_digest(key.encode(), expected.encode()) else None


def forms_of(write_key: str) -> tuple[str, str]:
    """Return a derived key as it is given out, and as it was given out before."""
    return write_key, write_key.replace(_SEPARATOR, _FORMER_SEPARATOR)
