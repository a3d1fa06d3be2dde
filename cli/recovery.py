"""Brings rows of a table back from quarantine by calling the recover function until it has looked at all of them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from rich.table import Table

from cli.calls import Call
from cli.errors import CliError

PATIENCE_SECONDS: Final = 900.0
"""So long another writer of quarantine is waited for: longer than a function runs."""

_PAUSE_SECONDS: Final = 5.0
_FATES: Final = {
    "recovered": "come back",
    "waiting": "are written, and leave quarantine once convert has begun with them: run it again",
    "refused": "are refused again",
    "cut": "cannot come back: something was cut or withheld",
    "replayed": "belong to a replay from raw",
}

Row = tuple[str, str, str, str]
"""Source, the reason at first, fate, and why they are refused again."""


class Told(NamedTuple):
    """How many rows had which fate; `partial` if the time was up before all of them were looked at."""

    counts: Counter[Row]
    partial: bool


def recover_all(
    call: Call,
    choice: Mapping[str, str | None],
    *,
    dry_run: bool,
    show: Callable[[str], None],
    pause: Callable[[float], None] = time.sleep,
    patience: float = PATIENCE_SECONDS,
) -> Told:
    """Recover the chosen rows, and return how many had which fate.

    Parameters
    ----------
    show
        Told what is going on.
    patience
        Seconds to wait for other writers.

    Raises
    ------
    CliError
        The function failed; what it has done stays, and the next call goes on with it.
    """
    back: Counter[Row] = Counter()
    waited = 0.0
    while True:
        answer = call({"choice": {name: value for name, value in choice.items() if value}, "dry_run": dry_run})
        if problem := answer.get("problem"):
            if not answer["again"] or waited >= patience:
                kept = f"; {back.total():,} rows came back until then, run it again" if back else ""
                raise CliError(f"{problem}{kept}")
            show(problem)
            pause(_PAUSE_SECONDS)
            waited += _PAUSE_SECONDS
            continue
        counts = _rows(answer)
        came = Counter({row: rows for row, rows in counts.items() if row[2] == "recovered"})
        if not answer["more"] or dry_run or not came:  # a run that only met bad rows would meet them again
            return Told(back + counts, answer["more"])
        back += came
        show(f"{back.total():,} rows came back")


def _rows(answer: Mapping[str, Any]) -> Counter[Row]:
    counts: Counter[Row] = Counter()
    for each in answer["counts"]:
        counts[each["source"] or "", each["reason"], each["fate"], each.get("why", "")] += each["rows"]
    return counts


def as_json(told: Told, *, dry_run: bool) -> dict[str, Any]:
    """Return the counts in JSON's types."""
    counts = told.counts
    names = ("source", "reason", "fate", "why")
    rows = [dict(zip(names, row, strict=True)) | {"rows": count} for row, count in sorted(counts.items())]
    totals = {fate: sum(count for row, count in counts.items() if row[2] == fate) for fate in _FATES}
    return {"dry_run": dry_run, "partial": told.partial, **totals, "rows": rows}


def fates_table(counts: Counter[Row]) -> Table:
    """Return the table that a recovery ends with."""
    table = Table("source", "refused as", "rows that …")
    table.add_column("rows", justify="right")
    for (source, reason, fate, why), rows in sorted(counts.items()):
        table.add_row(source or "?", reason, f"{_FATES[fate]}{f' ({why})' if why else ''}", f"{rows:,}")
    return table
