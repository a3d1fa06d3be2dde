"""The SQL of a table's view: warm below the watermark, hot without twins from it on.

Each column comes from both sides with one type, and conditions on columns reach the files of both:

- Warm columns are as they are stored, so that a condition on one of them prunes files. Hot times have milliseconds in
  the catalog, and are cast to warm's microseconds: engines take such a cast off a comparison.
- Twins share source, event id and fingerprint. Of those within one object, generation and time of receipt one is taken
  by its number; a condition on these three passes the numbering, because they are part of its partition. Of the others
  the first is looked up among the identities of all hot rows, which are few columns.
- Quarantined rows have no twins: each tells of a refusal. But an attempt that died, or lost its object to another,
  leaves a file, with the same rows: of each raw object the files of one attempt are read, known by their path.
- A generation that may lack a typed column has a branch of its own, where the column is computed from the text. The
  branches of later generations never read the text for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final, NamedTuple

from thermocline.contracts import Column, Contract
from thermocline.generations import BEGINNING
from thermocline.layout import hot_table, warm_table
from thermocline.publish.from_text import from_text
from thermocline.publish.since import is_typed, since_of

FIRST: Final = "1970-01-01-00"
"""Where hot begins before the first promotion: engines compare it with the generations that they project."""

_END: Final = "9999"
_IDENTITY: Final = ("source", "event_id", "fingerprint")
_PLACE: Final = ("received_at", "_src", "gen")


class _Generations(NamedTuple):
    """The generations from `start` on and before `end`."""

    start: str
    end: str

    @property
    def condition(self) -> str:
        start = [f"gen >= '{self.start}'"] if self.start != BEGINNING else []
        end = [f"gen < '{self.end}'"] if self.end != _END else []
        return " AND ".join(start + end)


def view_sql(contract: Contract, watermark: str, since: Mapping[str, str]) -> str:
    """Return a view's query in Trino's SQL; its columns are the contract's, with ``gen`` last.

    Parameters
    ----------
    watermark
        The first generation that is read from hot.
    since
        The first generation that surely has a typed column, by `thermocline.publish.since.key_of`.
    """
    edges = {since_of(column, since, never=_END) for column in contract.stored if is_typed(column)}
    parts = [_Generations(*part) for part in pairwise(sorted({BEGINNING, *edges, _END}))]
    warm = [_warm(contract, part, since) for part in _cut(parts, BEGINNING, watermark)]
    hot = _Generations(max(watermark, FIRST), _END)
    return "\nUNION ALL\n".join([*warm, *(_hot(contract, part, hot, since) for part in _cut(parts, *hot))])


def view_columns(contract: Contract) -> tuple[Column, ...]:
    """Return a view's columns in order."""
    return (*contract.stored, *contract.partitions)


def _cut(parts: list[_Generations], start: str, end: str) -> Iterator[_Generations]:
    """Yield the parts of the parts that lie between two generations."""
    for part in parts:
        if max(part.start, start) < min(part.end, end):
            yield _Generations(max(part.start, start), min(part.end, end))


def _warm(contract: Contract, part: _Generations, since: Mapping[str, str]) -> str:
    columns = [_value(column, part, since) or f'"{column.name}"' for column in view_columns(contract)]
    return f'{_select(contract, columns)}\nFROM "{warm_table(contract.table)}"\nWHERE {part.condition}'


def _hot(contract: Contract, part: _Generations, hot: _Generations, since: Mapping[str, str]) -> str:
    columns = [_value(column, part, since) or _hot_value(column) for column in view_columns(contract)]
    table, select = f'"{hot_table(contract.table)}"', _select(contract, columns)
    names = {column.name for column in contract.columns}
    if not names.issuperset(_IDENTITY):
        return _hot_attempts(select, table, part, hot)
    identity, place = ", ".join(_IDENTITY), ", ".join(_PLACE)
    same = " AND ".join(f"twins.twin_{name} = {name}" for name in _IDENTITY)
    twins = ", ".join(f"{name} AS twin_{name}" for name in _IDENTITY)
    return f"""{select}
FROM (
  SELECT *, row_number() OVER (PARTITION BY {identity}, {place}) AS copy_number
  FROM {table}
  WHERE {part.condition}
) hot
LEFT JOIN (
  SELECT {twins}, min(ROW({place})) AS place
  FROM {table}
  WHERE {hot.condition}
  GROUP BY {identity}
  HAVING count(*) > 1
) twins ON {same}
WHERE copy_number = 1 AND (twins.place IS NULL OR twins.place = ROW({place}))"""  # noqa: S608 (names that contracts allow)


def _hot_attempts(select: str, table: str, part: _Generations, hot: _Generations) -> str:
    """Return the query of rows without identities: of each raw object those of one file."""
    return f"""{select}
FROM {table}
LEFT JOIN (
  SELECT _src AS attempted_src, min("$path") AS attempt_path
  FROM {table}
  WHERE {hot.condition}
  GROUP BY _src
  HAVING min("$path") < max("$path")
) attempts ON attempts.attempted_src = _src
WHERE {part.condition} AND (attempts.attempt_path IS NULL OR attempts.attempt_path = "$path")"""  # noqa: S608 (names that contracts allow)


def _select(contract: Contract, values: list[str]) -> str:
    columns = zip(view_columns(contract), values, strict=True)
    return "SELECT\n  " + ",\n  ".join(
        value if value == f'"{column.name}"' else f'{value} AS "{column.name}"' for column, value in columns
    )


def _value(column: Column, part: _Generations, since: Mapping[str, str]) -> str | None:
    """Return the expression that computes a column from the text, if files of these generations may lack it."""
    return from_text(column) if is_typed(column) and part.start < since_of(column, since, never=_END) else None


def _hot_value(column: Column) -> str:
    return f'CAST("{column.name}" AS timestamp(6))' if column.type == "timestamp" else f'"{column.name}"'
