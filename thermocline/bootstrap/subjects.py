"""Wires the digests of subjects."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thermocline.subjects import SubjectHasher


@cache
def subject_hasher(secret: str) -> SubjectHasher:
    """Return what gives digests by a secret's name or ARN; it is read with the first digest."""
    from thermocline.adapters.clients import client
    from thermocline.adapters.secrets import CachedSecret
    from thermocline.subjects import SubjectHasher

    return SubjectHasher(CachedSecret(client("secretsmanager"), secret))
