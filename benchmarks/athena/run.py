"""The benchmark ``athena``: everything from the sample to the report."""

import os
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

import psutil

from benchmarks.athena.compare import QUERIES, Report, clocked, plain_duckdb, timed
from benchmarks.athena.lake import running
from benchmarks.athena.sample import made

_ROWS = 10_000_000
_COUNT = "SELECT count(*) FROM hours"


def report(say: Callable[[str], None]) -> Report:
    """Measure the offline Athena beside DuckDB; the environment's ``ROWS`` says over how many rows."""
    rows = int(os.environ.get("ROWS", _ROWS))
    files = made(rows, say)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), files) as athena:
        say("fetching the objects")
        athena.rows("SELECT count(*) FROM hits")
        _, first_ms = clocked(lambda: athena.rows(_COUNT))
        projection_ms = statistics.median(clocked(lambda: athena.rows(_COUNT))[1] for _ in range(3))
        peer = plain_duckdb(files)
        queries = []
        for number, sql in enumerate(QUERIES, 1):
            say(f"query {number} of {len(QUERIES)}")
            queries.append(timed(sql, athena, peer))
        return Report(
            rows=rows,
            queries=tuple(queries),
            overhead_ms=statistics.median(each.overhead_ms for each in queries),
            projection_ms=projection_ms,
            projection_first_ms=first_ms,
            peak_rss_mb=psutil.Process(athena.pid).memory_info().rss / 1e6,
        )
