"""The lake's tables by temperature, for the terminal and for scripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rich.table import Table

from cli.deployment import Deployment
from cli.prices import AS_OF, REGION, storage_month
from thermocline.tiers.model import Level, TableLevels

TEMPERATURES: Final = ("raw", "hot", "settling", "warm", "cold")
_CLASS: Final = {"STANDARD": "standard", "INTELLIGENT_TIERING": "tiering", "GLACIER_IR": "glacier"}
_KIB: Final = 1024


def tiers_of(lake: Deployment) -> dict[str, TableLevels]:
    """Return the levels of every table of a lake."""
    from thermocline.bootstrap.balance import tiers_of as wired

    tiers = wired(
        dynamodb=lake.client("dynamodb"),
        s3=lake.client("s3"),
        glue=lake.client("glue", attempts=1),
        ledger_table=lake.output("LedgerTable"),
        bucket=lake.output("LakeBucket"),
        database=lake.output("Database"),
    )
    return tiers()


def as_json(tables: Mapping[str, TableLevels]) -> dict[str, Any]:
    """Return the levels in JSON's types: what scripts rely on is hot, warm, cold and watermark of each table."""
    return {
        name: {temperature: _json(getattr(levels, temperature)) for temperature in TEMPERATURES}
        | {"watermark": levels.watermark}
        for name, levels in tables.items()
    }


def _json(level: Level) -> dict[str, Any]:
    return {
        "files": level.files,
        "rows": level.rows,
        "bytes": level.bytes,
        "oldest": level.oldest,
        "newest": level.newest,
        "storage_classes": dict(level.by_class),
        "dollars_a_month": round(storage_month(level.by_class), 6),
    }


def tiers_table(tables: Mapping[str, TableLevels]) -> Table:
    """Return a table of eighty columns; temperatures without files are left out."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim", caption_justify="left")
    table.caption = f"dollars a month for storage, {REGION}, prices of {AS_OF}"
    table.add_column("", no_wrap=True)
    for name in ("files", "rows", "size"):
        table.add_column(name, justify="right", no_wrap=True)
    for name in ("class", "oldest", "newest"):
        table.add_column(name, no_wrap=True)
    table.add_column("$/month", justify="right", no_wrap=True)
    for name, levels in tables.items():
        table.add_row(f"[bold]{name}[/]")
        for temperature in TEMPERATURES:
            if (level := getattr(levels, temperature)).files:
                table.add_row(*_row(temperature, level))
    return table


def watermarks_text(tables: Mapping[str, TableLevels]) -> str:
    """Return a line with every table's watermark."""
    marks = ", ".join(f"{name} {levels.watermark or 'none'}" for name, levels in tables.items())
    return f"watermarks: {marks}"


def _row(temperature: str, level: Level) -> tuple[str, ...]:
    classes = "+".join(_CLASS.get(name, name.lower()) for name in sorted(level.by_class))
    dollars = storage_month(level.by_class)
    return (
        f" {temperature}",
        f"{level.files:,}",
        "?" if level.rows is None else f"{level.rows:,}",
        _size(level.bytes),
        classes,
        _mark(level.oldest),
        _mark(level.newest),
        f"{dollars:.2f}" if dollars >= 0.005 else "<0.01",
    )


def _mark(mark: str | None) -> str:
    """Return a generation as it is, and the day of a time."""
    return (mark or "").partition("T")[0]


def _size(count: float) -> str:
    for unit in ("B", "KiB", "MiB", "GiB"):
        if count < _KIB:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= _KIB
    return f"{count:,.1f} TiB"
