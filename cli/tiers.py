"""The lake's tables by temperature, for the terminal and for scripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from rich.table import Table

from cli.deployment import Deployment
from cli.prices import AS_OF, REGION, storage_month
from thermocline.tiers.model import Level, TableLevels

TEMPERATURES: Final = ("raw", "hot", "settling", "warm", "cold")
_CLASS: Final = {"STANDARD": "standard", "INTELLIGENT_TIERING": "tiering", "GLACIER_IR": "glacier"}
_KIB: Final = 1024
_CENT: Final = 0.005  # what rounds to one


def tiers_of(lake: Deployment) -> dict[str, TableLevels]:
    """Return the levels of every table of a lake."""
    from thermocline.bootstrap.balance import tiers_of as wired

    return wired(**lake.parts())()


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
        "dollars_by_class": {name: round(storage_month({name: size}), 6) for name, size in level.by_class.items()},
    }


def tiers_tables(tables: Mapping[str, TableLevels]) -> Iterator[Table]:
    """Yield a table per table of the lake, of eighty columns; temperatures without files are left out."""
    for name, levels in tables.items():
        shown = [(each, level) for each in TEMPERATURES if (level := getattr(levels, each)).files]
        if shown:
            table = _columns(f"{name}, watermark {levels.watermark or 'none yet'}")
            for temperature, level in shown:
                table.add_row(*_row(temperature, level))
            yield table


def total_text(tables: Mapping[str, TableLevels]) -> str:
    """Return a line on what all files cost."""
    levels = [getattr(table, each) for table in tables.values() for each in TEMPERATURES]
    dollars = sum(storage_month(level.by_class) for level in levels)
    cost = f"${dollars:,.2f}" if dollars >= _CENT else "less than $0.01" if dollars else "$0"
    return f"{sum(level.files for level in levels):,} files, {cost} a month (S3 in {REGION}, prices of {AS_OF})"


def _columns(title: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    for name, width in (("", 8), ("files", 7), ("rows", 10), ("size", 9), ("class", 8), ("oldest", 13), ("newest", 13)):
        right = name in {"files", "rows", "size"}
        table.add_column(name, justify="right" if right else "left", min_width=width, no_wrap=True)
    table.add_column("$", justify="right", min_width=5, no_wrap=True)
    return table


def _row(temperature: str, level: Level) -> tuple[str, ...]:
    [kind, *others] = [_CLASS.get(name, name.lower()) for name in level.by_class]
    dollars = storage_month(level.by_class)
    return (
        temperature,
        f"{level.files:,}",
        "?" if level.rows is None else f"{level.rows:,}",
        _size(level.bytes),
        "mixed" if others else kind,
        _mark(level.oldest),
        _mark(level.newest),
        f"{dollars:.2f}" if dollars >= _CENT else "<0.01",
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
