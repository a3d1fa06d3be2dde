"""What is asked of who sorts and writes the rows of generations, and what that one answers."""

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


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What changes in a generation.

    Attributes
    ----------
    gone
        Identities (UUIDs as text) whose row is another's twin now.
    back
        Identities whose row is no twin any more.
    sources
        Raw keys of the lines that `back` may come from.
    """

    gen: str
    gone: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Amendment(msgspec.Struct, frozen=True, kw_only=True):
    """What changes in a generation.

    Attributes
    ----------
    files
        The files of the warm table that may hold rows of it.
    ids
        Key of its identities.
    hot
        Keys of the files with rows that come.
    gone
        Identities (UUIDs as text) of rows that leave, and are twins from now on.
    back
        Identities of the rows that come, each once, and are no twins any more; None: all rows come.
    sources
        Raw keys whose rows leave, with the identities that were kept.
    stay
        Rows of them that stay all the same: raw keys and event ids.
    """

    table: str
    gen: str
    files: tuple[WarmFile, ...]
    ids: str
    hot: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    back: tuple[str, ...] | None = None
    sources: tuple[str, ...] = ()
    stay: tuple[tuple[str, str], ...] = ()


class Amended(msgspec.Struct, frozen=True, kw_only=True):
    """The files of a generation as it is now, and the key of its identities."""

    files: tuple[WarmFile, ...]
    ids: str


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of the rows of a generation.

    Attributes
    ----------
    appear, vanish
        Rows whose identity was not there, or is not there any more.
    change
        Rows with the same identity and another value.
    examples
        Some of their event ids, by kind.
    """

    table: str
    gen: str
    appear: int = 0
    change: int = 0
    vanish: int = 0
    examples: dict[str, tuple[str, ...]] = {}
