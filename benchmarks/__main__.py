"""``make bench``: measures this project and its peers in one run, prints a table and writes .lake/bench.json."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from benchmarks.athena.compare import Report
from benchmarks.athena.run import report as athena
from benchmarks.convert import data
from benchmarks.measure import ROOT, ContenderFailedError, Figures, cold_import_ms, run_contender
from benchmarks.promote.data import write_hot
from benchmarks.promote.small import write_small

RESULTS = ROOT / ".lake" / "bench.json"
_CONVERT_PEERS = {
    "polars": "polars_ndjson",
    "duckdb": "duckdb_copy",
    "pyspark local[2]": "pyspark_local",
    "pandas + awswrangler": "pandas_wrangler",
}
_PROMOTE_PEERS = {
    "duckdb COPY … ORDER BY": "duckdb_copy",
    "duckdb without twins": "duckdb_without_twins",
    "polars": "polars_sort",
    "pyarrow": "pyarrow_sort",
    "pyspark local[2], Iceberg": "spark_iceberg",
}


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one benchmark."""

    ours: Figures
    peers: dict[str, Figures]


def ingest(_say: Callable[[str], None]) -> Comparison:
    """Measure Segment batches of 100 events on the handler's own path, on one core."""
    peer = _with_import("benchmarks.ingest.pydantic_powertools", "benchmarks.ingest.pydantic_powertools")
    ours = _with_import("benchmarks.ingest.ours", "lambdas.ingest.handler")
    return Comparison(ours=ours, peers={"json + pydantic + powertools": peer})


def convert(say: Callable[[str], None]) -> Comparison:
    """Measure a million events of about 600 bytes to Parquet, one file per object."""
    say("writing the input")
    source = ROOT / ".lake" / "bench"
    data.write_objects(source)
    with tempfile.TemporaryDirectory(dir=ROOT / ".lake") as folder:
        ours = _convert("ours", source, Path(folder) / "ours", say)
        expected = _contents(Path(folder) / "ours")
        peers = {}
        for name, module in _CONVERT_PEERS.items():
            target = Path(folder) / module
            peers[name] = _convert(module, source, target, say)
            if _contents(target) != expected:
                raise ContenderFailedError(f"{name} wrote other rows than ours")
            shutil.rmtree(target)
    return Comparison(ours=ours, peers=peers)


def typed(say: Callable[[str], None]) -> Comparison:
    """Measure an object's events to Parquet, with three typed columns and without."""
    say("writing the input")
    source = ROOT / ".lake" / "bench"
    data.write_objects(source)
    with tempfile.TemporaryDirectory(dir=ROOT / ".lake") as folder:
        runs = {
            name: run_contender("benchmarks.convert.ours_typed", name, str(source), folder)
            for name in ("with", "without")
        }
    return Comparison(ours=runs["with"], peers={"without typed columns": runs["without"]})


def promote(say: Callable[[str], None]) -> Comparison:
    """Measure hot files of 10M events (or ``ROWS``) to sorted warm files without twins."""
    say("writing the input")
    source = ROOT / ".lake" / "bench-promote"
    write_hot(source, int(os.environ.get("ROWS") or 10_000_000))
    runs = {}
    for name, module in {"ours": "ours", **_PROMOTE_PEERS}.items():
        say(name)
        with tempfile.TemporaryDirectory(dir=ROOT / ".lake") as folder:
            try:
                runs[name] = run_contender(f"benchmarks.promote.{module}", str(source), folder)
            except ContenderFailedError as error:
                if name == "ours":
                    raise
                print(f"promote: {name} is left out, it failed: {error}", file=sys.stderr)  # e.g. for want of memory
    return Comparison(ours=runs.pop("ours"), peers=runs)


def compact(say: Callable[[str], None]) -> Comparison:
    """Measure a hundred small warm files of 1M events (or a tenth of ``ROWS``) to few, beside Spark's own procedure."""
    say("writing the input")
    events = int(os.environ.get("ROWS") or 10_000_000) // 10
    source = ROOT / ".lake" / "bench-compact"
    write_small(source, ROOT / ".lake" / "bench-promote-tenth", events)
    runs = {}
    for name, module in {"ours": "ours_compact", "pyspark rewrite_data_files": "spark_compact"}.items():
        say(name)
        with tempfile.TemporaryDirectory(dir=ROOT / ".lake") as folder:
            runs[name] = run_contender(f"benchmarks.promote.{module}", str(source), folder)
    return Comparison(ours=runs.pop("ours"), peers=runs)


BENCHMARKS: dict[str, Callable[[Callable[[str], None]], Comparison | Report]] = {
    "ingest": ingest,
    "convert": convert,
    "typed": typed,
    "promote": promote,
    "compact": compact,
    "athena": athena,
}


def main(names: list[str]) -> int:
    """Run benchmarks by name, all of them when none is given."""
    console = Console()
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        console.print(f"There is no benchmark {unknown[0]!r}; there are {', '.join(BENCHMARKS)}.")
        return 2
    comparisons: dict[str, Comparison | Report] = {}
    for name in names or BENCHMARKS:
        with console.status(name) as status:
            comparisons[name] = BENCHMARKS[name](lambda text, name=name: status.update(f"{name}: {text}"))  # type: ignore[misc]
        console.print(_table(name, comparisons[name]))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_bytes(msgspec.json.format(msgspec.json.encode(comparisons)) + b"\n")
    console.print(f"Written to {RESULTS.relative_to(ROOT)}")
    return 0


def _with_import(module: str, handler: str) -> Figures:
    return msgspec.structs.replace(run_contender(module), cold_import_ms=cold_import_ms(handler))


def _convert(module: str, source: Path, target: Path, say: Callable[[str], None]) -> Figures:
    say(module)
    target.mkdir()
    return run_contender(f"benchmarks.convert.{module}", str(source), str(target))


def _contents(folder: Path) -> tuple[object, ...]:
    """Return what every contender's files must agree on: column names, rows, sums, extremes."""
    names = sorted(pq.read_schema(next(folder.glob("*.parquet"))).names)
    table = pq.read_table(
        sorted(folder.glob("*.parquet")), columns=["revenue", "event_time", "event_id", "fingerprint"]
    )
    # awswrangler writes naive nanoseconds, which are UTC too.
    times = table["event_time"].cast(pa.timestamp("us"))
    checksum = pc.sum(pc.bit_wise_and(table["fingerprint"], 0xFFFF)).as_py()
    revenue = pc.sum(table["revenue"]).as_py()
    return tuple(names), table.num_rows, revenue, pc.min(times).as_py(), pc.max(times).as_py(), checksum


def _table(name: str, comparison: Comparison | Report) -> Table:
    if isinstance(comparison, Report):
        return comparison.table(name)
    table = Table("", "events/s", "MB/s", "peak memory, MB", "import, ms", "ours is", title=name, title_justify="left")
    for contender, figures in {"ours": comparison.ours, **comparison.peers}.items():
        ratio = comparison.ours.events_per_s / figures.events_per_s
        shown = "" if contender == "ours" else f"{ratio:.1f} x"
        table.add_row(
            contender,
            f"{figures.events_per_s:,.0f}",
            f"{figures.mb_per_s:,.1f}",
            f"{figures.peak_rss_mb:,.0f}",
            f"{figures.cold_import_ms:,.0f}" if figures.cold_import_ms else "",
            shown,
        )
    return table


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ContenderFailedError as error:
        sys.exit(f"bench: {error}")
