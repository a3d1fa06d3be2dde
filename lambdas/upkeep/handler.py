"""A schedule's or a person's event, which says what to do → a use case for each table → their counts."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any, Literal

import msgspec

from thermocline.bootstrap.upkeep import clean, compact, orphans, retain, seal
from thermocline.clock import utc_now
from thermocline.contracts import load_contracts
from thermocline.errors import UpkeepFailed

logger = logging.getLogger(__name__)
logger.setLevel(logging.INFO)

_SHOWN_KEYS = 20


class Task(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to do.

    Attributes
    ----------
    table
        None: every table, one after the other.
    dry_run
        The orphan sweep only: false deletes what it finds.
    """

    do: Literal["compact", "seal", "clean", "orphans", "retain"]
    table: str | None = None
    dry_run: bool = True


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Do what the event says, and return the counts of each table.

    Raises
    ------
    UpkeepFailed
        Not all tables were done; the others were, and doing it again does no harm.
    """
    task = msgspec.convert(event, Task)
    do = _action(task, _half_time(context))
    counts, failures = {}, {}
    for table in [task.table] if task.table else load_contracts():
        try:
            counts[table] = _shortened(msgspec.to_builtins(do(table)))
        except Exception as error:
            logger.exception("%s %s failed", task.do, table)
            failures[table] = error
        else:
            logger.info("%s %s", task.do, counts[table])
    if failures:
        raise UpkeepFailed(task.do, failures)
    return counts


def _action(task: Task, half_time: dt.datetime | None) -> Callable[[str], msgspec.Struct]:
    if task.do == "seal":
        return lambda table: seal()(table, until=half_time)
    if task.do == "orphans":
        return lambda table: orphans()(table, dry_run=task.dry_run)
    use_cases: dict[str, Callable[[], Callable[[str], msgspec.Struct]]]
    use_cases = {"compact": compact, "clean": clean, "retain": retain}
    return use_cases[task.do]()


def _half_time(context: object) -> dt.datetime | None:
    """Return when half of the function's time is over; None: nothing limits it."""
    remaining = getattr(context, "get_remaining_time_in_millis", None)
    return utc_now() + dt.timedelta(milliseconds=remaining() / 2) if remaining else None


def _shortened(counts: dict[str, Any]) -> dict[str, Any]:
    """Return the counts with some keys only: an answer has 6 MB at most."""
    if "keys" not in counts:
        return counts
    return counts | {"orphans": len(counts["keys"]), "keys": counts["keys"][:_SHOWN_KEYS]}
