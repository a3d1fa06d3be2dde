"""What a sample is: rows, or a schema, or both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from cli.errors import CliError
from thermocline.errors import RefusedEvent
from thermocline.ingest.http.caps import MAX_KEYS, check_event

Row = Mapping[str, Any]
Advance = Callable[[int], None]
"""Called with the number of bytes that were read since the last call."""


class Format(StrEnum):
    """What a sample can be."""

    NDJSON = "ndjson"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"
    JSON_SCHEMA = "json-schema"


class UnknownMembers(StrEnum):
    """What happens to members that a contract does not name."""

    EXTRA = "extra"
    REFUSE = "refuse"
    DROP = "drop"


@dataclass(frozen=True, kw_only=True)
class Declared:
    """What a sample's own schema says about a member.

    Attributes
    ----------
    types
        Physical types in order of preference; the first that holds every value is taken, JSON text when none does.
    why
        What the types were read from, e.g. ``timestamp[ns]``.
    json_text
        True: the member may hold any JSON.
    look
        What the schema says about personal data, e.g. by the format ``email``: a classification and the kind of data.
    """

    types: tuple[str, ...]
    why: str
    json_text: bool = False
    required: bool = False
    description: str | None = None
    enum: tuple[str, ...] = ()
    min_length: int | None = None
    max_length: int | None = None
    look: tuple[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Sample:
    """An opened sample.

    Attributes
    ----------
    rows
        Yields rows: values by member. JSON values have the types of Python, fractions Decimal; CSV values are text.
    declared
        What the sample's own schema says about its members.
    members
        Members that are known before any row is read, in order.
    unknown_members
        What the sample's own schema says about members that it does not name, or None.
    """

    format: Format
    rows: Callable[[Advance], Iterator[Row]]
    declared: Mapping[str, Declared] = field(default_factory=dict)
    members: tuple[str, ...] = ()
    unknown_members: UnknownMembers | None = None


def check_row(text: bytes, where: str, path: Path) -> None:
    """Refuse a row that the front door would refuse: one over a limit, or with two members of one name.

    Raises
    ------
    CliError
        Says where the row is.
    """
    try:
        check_event(text)
    except RefusedEvent as error:
        raise CliError(f"{path.name}, {where}: {error.detail}") from None


def check_names(names: Sequence[str], path: Path) -> None:
    """Refuse columns of which no row could be sent: too many, or two of one name.

    Raises
    ------
    CliError
        Says what is wrong.
    """
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        raise CliError(f"{path.name}: two columns are named {twice[0]!r}: rename one")
    if len(names) > MAX_KEYS:
        raise CliError(f"{path.name} has {len(names):,} columns, and a row may have {MAX_KEYS:,}: leave some out")
