"""How rows differ from those that they replace."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb

from thermocline.warm.engine import literal, quoted, reading
from thermocline.warm.identities import key
from thermocline.warm.work import Difference

_EXAMPLES: Final = 3
_KINDS: Final = {
    "appear": ("sum(greatest(after - before, 0))", "after > before"),
    "change": ("sum(least(after, before)) FILTER (differs)", "differs AND after > 0 AND before > 0"),
    "vanish": ("sum(greatest(before - after, 0))", "before > after"),
}
"""How rows are counted, and when an identity is an example of the kind."""


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
        SELECT gen, any_value(event_id) AS event_id,
            count(*) FILTER (old) AS before, count(*) FILTER (NOT old) AS after,
            sum(value) FILTER (old) IS DISTINCT FROM sum(value) FILTER (NOT old) AS differs
        FROM (
            SELECT gen, {key(present)} AS key, event_id, hash({values})::HUGEINT AS value,
                file_index < {len(old)} AS old
            FROM {source} WHERE gen IN ({", ".join(literal(gen) for gen in gens)})
        ) AS rows
        GROUP BY gen, key
    """)  # noqa: S608 - names and paths of ours
    counted = connection.execute(f"""
        SELECT gen, {", ".join(f"{rows}::BIGINT, {_examples(when)}" for rows, when in _KINDS.values())}
        FROM compared GROUP BY gen ORDER BY gen
    """).fetchall()  # noqa: S608 - ours
    return tuple(_difference(table, gen, counts) for gen, *counts in counted)


def _examples(when: str) -> str:
    return f"(list(event_id ORDER BY event_id) FILTER ({when}))[:{_EXAMPLES}]"


def _difference(table: str, gen: str, counts: Sequence[Any]) -> Difference:
    rows = {kind: count or 0 for kind, count in zip(_KINDS, counts[::2], strict=True)}
    examples = {kind: tuple(ids) for kind, ids in zip(_KINDS, counts[1::2], strict=True) if ids}
    return Difference(table=table, gen=gen, **rows, examples=examples)
