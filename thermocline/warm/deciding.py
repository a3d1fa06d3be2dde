"""Which rows of later generations are decided otherwise once a generation has other identities (ADR 43)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from thermocline.generations import moved
from thermocline.warm.engine import literal, reading
from thermocline.warm.work import Decision


def find_changed(connection: duckdb.DuckDBPyConnection, before: Path, after: Path) -> bool:
    """Make the table ``changed``, the identities that only one of two files has; True if there are any."""
    connection.execute(f"""
        CREATE TEMP TABLE changed AS
        SELECT key FROM ({_present("", before)} UNION ALL {_present("x", after)})
        GROUP BY key HAVING count(DISTINCT gen) = 1
    """)  # noqa: S608 - paths of ours
    return len(connection.table("changed")) > 0


def decide(
    connection: duckdb.DuckDBPyConnection, ids: Mapping[str, Path], gen: str, *, window: int
) -> tuple[Decision, ...]:
    """Return what changes after a generation, by the identities in ``changed``: presence decides, kept or dropped.

    Parameters
    ----------
    ids
        Files of identities by generation, `gen` with its new one: of all in the windows of those that are decided.
    window
        Hours for which an identity is remembered.
    """
    present = " UNION ALL ".join(_present(each, path) for each, path in ids.items())
    connection.execute(f"CREATE TEMP TABLE present AS SELECT * FROM ({present}) SEMI JOIN changed USING (key)")  # noqa: S608 - paths of ours
    later = [each for each in sorted(ids) if each > gen]
    return tuple(decision for each in later if (decision := _decide(connection, each, moved(each, -window))))


def _present(gen: str, path: Path) -> str:
    told = f'SELECT {literal(gen)} AS gen, "key"::UUID AS key, "_src" AS src, kept FROM {reading([path])}'  # noqa: S608 - paths of ours
    return f"{told} WHERE kept IS NOT NULL"


def _decide(connection: duckdb.DuckDBPyConnection, gen: str, first: str) -> Decision | None:
    rows = connection.execute(
        """
        WITH own AS (SELECT key, bool_or(kept) AS shown, list(DISTINCT src) AS sources
                     FROM present WHERE gen = $gen GROUP BY key),
            judged AS (SELECT *, key IN (SELECT key FROM present WHERE gen >= $first AND gen < $gen) AS twin FROM own)
        SELECT shown, key::VARCHAR, sources FROM judged WHERE shown = twin ORDER BY key
        """,
        {"gen": gen, "first": first},
    ).fetchall()
    if not rows:
        return None
    back = [(key, sources) for shown, key, sources in rows if not shown]
    return Decision(
        gen=gen,
        gone=tuple(key for shown, key, _ in rows if shown),
        back=tuple(key for key, _ in back),
        sources=tuple(sorted({source for _, sources in back for source in sources})),
    )
