"""How rows differ from those that they replace."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

import duckdb
import msgspec

from thermocline.warm.engine import literal, quoted, reading
from thermocline.warm.identities import key

_EXAMPLES: Final = 3
_KINDS: Final = ("appear", "change", "vanish")


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


def differences(
    connection: duckdb.DuckDBPyConnection, table: str, old: Sequence[Path], new: Sequence[Path], gens: Collection[str]
) -> tuple[Difference, ...]:
    """Return how the rows of generations in new files differ from those in old ones."""
    if not (old or new):
        return ()
    source = reading([*old, *new])
    present = connection.sql(f"SELECT * FROM {source}").columns  # noqa: S608 - paths of ours
    values = ", ".join(quoted(name) for name in present)
    connection.execute(f"""
        CREATE TEMP TABLE compared AS
        SELECT gen, key, any_value(event_id) AS event_id, count(*) FILTER (old) AS before,
            count(*) FILTER (NOT old) AS after,
            sum(value) FILTER (old) IS DISTINCT FROM sum(value) FILTER (NOT old) AS differs
        FROM (SELECT gen, {key(present)} AS key, event_id, hash({values})::HUGEINT AS value, file_index < {len(old)} AS old
              FROM {source} WHERE gen IN ({", ".join(literal(gen) for gen in gens)}))
        GROUP BY gen, key
    """)  # noqa: S608 - names and paths of ours
    counted = connection.execute(f"""
        SELECT gen, sum(greatest(after - before, 0)), sum(least(after, before)) FILTER (differs), sum(greatest(before - after, 0)),
            list(event_id ORDER BY event_id) FILTER (after > before)[:{_EXAMPLES}],
            list(event_id ORDER BY event_id) FILTER (differs AND after > 0 AND before > 0)[:{_EXAMPLES}],
            list(event_id ORDER BY event_id) FILTER (before > after)[:{_EXAMPLES}]
        FROM compared GROUP BY gen ORDER BY gen
    """).fetchall()  # noqa: S608 - a number
    return tuple(_difference(table, gen, row) for gen, *row in counted)


def _difference(table: str, gen: str, row: Sequence[object]) -> Difference:
    appear, change, vanish = (int(count or 0) for count in row[:3])  # type: ignore[call-overload]
    examples = {kind: tuple(ids) for kind, ids in zip(_KINDS, row[3:], strict=True) if ids}  # type: ignore[call-overload,arg-type]
    return Difference(table=table, gen=gen, appear=appear, change=change, vanish=vanish, examples=examples)
