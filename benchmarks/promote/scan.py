"""``python -m benchmarks.promote.scan``: answers and bytes scanned of queries through the views, before and after.

``ROWS=400000`` for a quick one. The offline Athena counts whole files: row groups that Athena would skip count, too.
Approximate percentiles depend on the order of rows, in Athena as well.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.athena.lake import Athena, started
from benchmarks.measure import ROOT
from benchmarks.promote import measurements
from benchmarks.promote.data import EVENTS_PER_FILE, write_hot
from benchmarks.promote.lake import Lake

_GENERATIONS = 5
_DAY = "event_time >= TIMESTAMP '2026-11-22 00:00:00' AND event_time < TIMESTAMP '2026-11-23 00:00:00'"
_BOUNDED = {
    "pages of a day": "SELECT page_path, count(*) FROM clickstream WHERE {day} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 9",
    "events of a day": "SELECT event_name, count(*), sum(revenue) FROM clickstream WHERE {day} GROUP BY 1 ORDER BY 1",
    "a visitor": "SELECT event_id, page_url, properties FROM clickstream WHERE user_id = 'user-4711' ORDER BY event_id",
    "a day at a station": "SELECT metric, avg(value_double) FROM telemetry "
    "WHERE device_id = 'station-7' AND {day} GROUP BY 1 ORDER BY 1",
}


class Scan(NamedTuple):
    """Rows of an answer, and bytes scanned."""

    rows: list[list[str | None]]
    scanned: int


def main() -> None:
    """Print them."""
    console, events = Console(), int(os.environ.get("ROWS") or 5_000_000)
    (ROOT / ".lake").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / ".lake") as temporary, console.status("hot files") as status:
        folder = Path(temporary)
        hot = {
            "clickstream": write_hot(ROOT / ".lake" / "bench-promote", events),
            "telemetry": measurements.write_hot(folder / "telemetry", max(1, events // EVENTS_PER_FILE // 5)),
        }
        lakes: list[Lake] = []
        fill = lambda url: lakes.append(Lake(url, folder, hot, _GENERATIONS))  # noqa: E731
        with started(folder, fill) as athena:
            (lake,) = lakes
            status.update("hot")
            levels = {"hot": _scans(athena)}
            files = {"hot": {table: len(paths) for table, paths in hot.items()}}
            for level, step in {"warm": lake.promote, "compacted": lake.compact}.items():
                status.update(level)
                for table in hot:
                    step(table)
                levels[level] = _scans(athena)
                files[level] = {table: lake.files(table) for table in hot}
    console.print(_table(levels))
    console.print(f"files: {files}")
    for name, hot_scan in levels["hot"].items():
        for level, scans in levels.items():
            pairs = zip(hot_scan.rows, scans[name].rows, strict=True)
            if different := [(before, after) for before, after in pairs if before != after]:
                console.print(
                    f"{name}, {level}: {len(different)} of {len(hot_scan.rows)} rows differ, e.g. {different[0]}"
                )


def _scans(athena: Athena) -> dict[str, Scan]:
    queries = {path.stem: path.read_text() for path in sorted((ROOT / "sql" / "queries").glob("*.sql"))}
    bounded = {name: sql.format(day=_DAY) for name, sql in _BOUNDED.items()}
    return {name: Scan(*athena.scan(sql)) for name, sql in {**queries, **bounded}.items()}


def _table(levels: Mapping[str, Mapping[str, Scan]]) -> Table:
    table = Table("", *(f"{level}, MB" for level in levels), "times less")
    for name, hot in levels["hot"].items():
        scanned = [scans[name].scanned for scans in levels.values()]
        table.add_row(name, *(f"{each / 1e6:,.2f}" for each in scanned), f"{hot.scanned / max(1, scanned[-1]):,.1f}")
    return table


if __name__ == "__main__":
    main()
