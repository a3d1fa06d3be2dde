"""What is asked of who sorts and writes a generation's rows, and what that one answers."""

from __future__ import annotations

import msgspec

from thermocline.ledger import Suppression
from thermocline.warm.model import WarmFile


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """A generation to sort, deduplicate and write.

    Attributes
    ----------
    hot
        Keys of the files to read: all of them, and no others.
    earlier
        Keys of the identities of the generations in the window before it.
    rest
        Files of the warm table that hold the generation beside others: their other rows are written anew.
    """

    table: str
    gen: str
    hot: tuple[str, ...]
    earlier: tuple[str, ...]
    rest: tuple[WarmFile, ...]
    suppression: Suppression


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What was written for a generation, and not committed yet.

    Attributes
    ----------
    ids
        Key of the identities of all its rows, kept and dropped.
    read, kept, dropped, suppressed
        Rows: ``read = kept + dropped + suppressed``.
    """

    files: tuple[WarmFile, ...]
    ids: str
    read: int
    kept: int
    dropped: int = 0
    suppressed: int = 0
