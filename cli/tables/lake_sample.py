"""A sample of a table in the lake: one column of its newest events."""

from __future__ import annotations

from collections.abc import Callable

from cli.athena import QueryResult
from cli.errors import CliError

Query = Callable[[str], QueryResult]


def newest_values(query: Query, table: str, column: str, rows: int) -> list[str | None]:
    """Return a column's values in at most `rows` events of the newest generations.

    Only as many generations are read as are needed; of the oldest one, some events may be left out.

    Parameters
    ----------
    query
        Runs a statement on the lake.
    table
        Name of the stream's table.

    Raises
    ------
    CliError
        The table is empty.
    """
    counts = query(f"SELECT gen, count(*) FROM {table} GROUP BY gen ORDER BY gen DESC").rows  # noqa: S608 - ours
    if not counts:
        raise CliError(f"{table} holds no events yet: send some, then ask again")
    oldest, total = "", 0
    for gen, count in counts:
        oldest, total = str(gen), total + int(count or 0)
        if total >= rows:
            break
    statement = f"SELECT {column} FROM {table} WHERE gen >= '{oldest}' LIMIT {rows}"  # noqa: S608 - ours
    return [value for (value,) in query(statement).rows]
