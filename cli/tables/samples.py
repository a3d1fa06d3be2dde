"""What a sample is: rows, or a schema, or both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

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
