"""From which generation on files surely have a typed column, such as ``price`` out of ``properties.price``.

Attempts that began with the convert function of before a deploy do not write its new columns. A deploy's end therefore
notes the first generation that none of them can enter. Rows of earlier ones are computed from the text, which gives the
same values and only takes longer; so are rows of all generations, as long as nothing is noted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from thermocline.contracts import Column, Contract
from thermocline.generations import following, hour_of
from thermocline.ledger import Marks

LONGEST_ATTEMPT: Final = dt.timedelta(minutes=15)
"""Lambda's longest timeout: an attempt that began with earlier code has entered its generation by then."""


def is_typed(column: Column) -> bool:
    """Tell whether convert computes a column from a column of JSON text."""
    return column.written_by == "convert" and column.path is not None


def key_of(column: Column) -> str:
    """Return what a generation is noted for: a column of another type or path is another one."""
    return f"{column.name} {column.encoding or column.type} {column.path}"


def since_of(column: Column, since: Mapping[str, str], *, never: str) -> str:
    """Return the first generation that surely has a column; `never` when nothing is noted."""
    return since.get(key_of(column), never)


def noted(contract: Contract, before: Mapping[str, str], *, first: str) -> dict[str, str]:
    """Return the notes at a deploy's end: `first` for columns that are new, and none for those that are gone."""
    return {key_of(column): before.get(key_of(column), first) for column in contract.stored if is_typed(column)}


def first_sure_generation(now: dt.datetime, *marks: Marks) -> str:
    """Return the generation after every one that an attempt with the code of before a deploy can have entered.

    Parameters
    ----------
    marks
        Of the stream, and of quarantine.
    """
    return following(max(hour_of(now + LONGEST_ATTEMPT), *(mark.closing for mark in marks)))
