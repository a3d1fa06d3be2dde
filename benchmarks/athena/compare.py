"""ClickBench's queries on the offline Athena and on DuckDB, in turn."""

import math
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import msgspec
from rich.table import Table

from benchmarks.athena.lake import Athena

ROUNDS = 3
QUERIES = Path(__file__).with_name("queries.sql").read_text(encoding="utf-8").splitlines()


class Timed(msgspec.Struct, frozen=True, kw_only=True):
    """One query on both, in milliseconds: the medians of the rounds.

    Attributes
    ----------
    rows
        ``equal``; ``ties`` when a LIMIT took other rows, of which a column is the same; ``other`` rows.
    """

    sql: str
    athena_ms: float
    duckdb_ms: float
    rows: str

    @property
    def overhead_ms(self) -> float:
        """What the endpoint adds."""
        return self.athena_ms - self.duckdb_ms


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All queries, and the unfiltered count over a year of hourly partitions, in milliseconds."""

    rows: int
    queries: tuple[Timed, ...]
    overhead_ms: float
    projection_ms: float
    projection_first_ms: float
    peak_rss_mb: float

    def table(self, name: str) -> Table:
        """Return the figures to print."""
        table = Table("", "query", "DuckDB, ms", "ours, ms", "more", "ratio", "rows", title=name, title_justify="left")
        table.columns[1].no_wrap = True
        for number, timed in enumerate(self.queries, 1):
            ratio = f"{timed.athena_ms / timed.duckdb_ms:.1f}"
            figures = (f"{timed.duckdb_ms:,.0f}", f"{timed.athena_ms:,.0f}", f"{timed.overhead_ms:,.0f}", ratio)
            table.add_row(str(number), timed.sql.removeprefix("SELECT ")[:24], *figures, timed.rows)
        table.caption = (
            f"Median over {self.rows:,} rows: {self.overhead_ms:,.0f} ms more than DuckDB.\n"
            f"count(*) over a year of hours: {self.projection_ms:,.0f} ms, "
            f"{self.projection_first_ms:,.0f} ms the first time.\n"
            f"Resident memory of the endpoint: {self.peak_rss_mb:,.0f} MB."
        )
        table.caption_justify = "left"
        return table


def plain_duckdb(files: Sequence[Path]) -> duckdb.DuckDBPyConnection:
    """Return a DuckDB with the endpoint's settings and the same files as ``hits``."""
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "1GB"})
    connection.execute("SET parquet_metadata_cache = true")
    connection.read_parquet([str(file) for file in files]).create_view("hits")
    return connection


def timed(sql: str, athena: Athena, peer: duckdb.DuckDBPyConnection, *, rounds: int = ROUNDS) -> Timed:
    """Run a query on both, in turn."""
    theirs = sql.replace("'$1'", "'\\1'")
    ours_ms, theirs_ms = [], []
    for _ in range(rounds):
        answer, milliseconds = clocked(lambda: athena.rows(sql))
        ours_ms.append(milliseconds)
        expected, milliseconds = clocked(lambda: peer.execute(theirs).fetchall())
        theirs_ms.append(milliseconds)
    return Timed(
        sql=sql,
        athena_ms=statistics.median(ours_ms),
        duckdb_ms=statistics.median(theirs_ms),
        rows=_judged(answer, [[_text(value) for value in row] for row in expected]),
    )


def clocked(run: Callable[[], Any]) -> tuple[Any, float]:
    """Return what a call returns, and its milliseconds."""
    start = time.perf_counter()
    answer = run()
    return answer, (time.perf_counter() - start) * 1000


def _judged(ours: list[list[str | None]], theirs: list[list[str]]) -> str:
    if len(ours) != len(theirs):
        return "other"
    if all(map(_same, sorted(ours, key=str), sorted(theirs, key=str))):
        return "equal"
    columns = zip(zip(*ours, strict=True), zip(*theirs, strict=True), strict=True)
    return "ties" if any(_same(mine, other) for mine, other in columns) else "other"


def _same(ours: Sequence[str | None], theirs: Sequence[str]) -> bool:
    return len(ours) == len(theirs) and all(map(_close, ours, theirs))


def _close(ours: str | None, theirs: str) -> bool:
    if ours == theirs:
        return True
    try:
        return math.isclose(float(ours or ""), float(theirs), rel_tol=1e-9)
    except ValueError:
        return False


def _text(value: Any) -> str:
    text = str(value)
    return f"{text}.000" if text.count(":") == 2 and "-" in text and "." not in text else text
