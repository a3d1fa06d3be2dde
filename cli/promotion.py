"""Promotes tables by calling the promote function turn after turn, as the state machine does, without its limits."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import msgspec

from cli.calls import Call, function_call
from cli.deployment import Deployment
from cli.errors import CliError
from thermocline.bootstrap.ledger import ledger_of

PATIENCE_SECONDS: Final = 300.0
_LONGEST_PAUSE_SECONDS: Final = 5.0


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one table.

    Attributes
    ----------
    generations
        Those that were promoted.
    rows, dropped
        Of these: rows that are in warm now, and twins that are not.
    watermark
        The first generation that is not in warm.
    problem
        Why it stopped early; "" if it did not.
    """

    table: str
    generations: tuple[str, ...] = ()
    rows: int = 0
    dropped: int = 0
    watermark: str = ""
    problem: str = ""


def promote_function(lake: Deployment) -> Call:
    """Return what calls a lake's promote function with an event (see `function_call` for errors)."""
    return function_call(lake, "promote")


def promote_all(
    call: Call,
    tables: Sequence[str],
    *,
    everything: bool,
    show: Callable[[str], None],
    pause: Callable[[float], None] = time.sleep,
    patience: float = PATIENCE_SECONDS,
) -> Iterator[Outcome]:
    """Promote tables, streams first, and yield what became of each.

    Parameters
    ----------
    tables
        None of them: all.
    everything
        The open generations, too.
    show
        Told what is going on.
    patience
        Seconds to wait for entries of a generation that are not done.

    Raises
    ------
    CliError
        There is no such table, or the function failed before the first of them. A later failure is a table's problem.
    """
    plan = call({"action": "list", "input": {"everything": everything}})
    known = [table for tables_of_round in plan["rounds"] for table in tables_of_round]
    if unknown := [table for table in tables if table not in known]:
        raise CliError(f"there is no table {unknown[0]!r}; there are {', '.join(known)}")
    for table in [table for table in known if table in tables or not tables]:
        yield _promote(call, table, plan["before"], show=show, pause=pause, patience=patience)


def _promote(
    call: Call,
    table: str,
    before: str,
    *,
    show: Callable[[str], None],
    pause: Callable[[float], None],
    patience: float,
) -> Outcome:
    outcome, waited, problem = Outcome(table=table), 0.0, ""
    try:
        while True:
            show(f"{table}: {len(outcome.generations)} generations promoted")
            turn = call({"action": "promote", "turn": {"table": table, "before": before}})
            outcome = _added(outcome, turn)
            if turn["next"] == "again":
                waited = 0.0
            elif turn["next"] == "wait" and waited < patience:
                show(f"{table}: {turn['reason']}")
                seconds = min(turn["wait_seconds"], _LONGEST_PAUSE_SECONDS)
                pause(seconds)
                waited += seconds
            else:
                problem = "" if turn["next"] == "done" else turn["reason"]
                break
        call({"action": "publish", "table": table})
    except CliError as error:
        problem = str(error)
    return msgspec.structs.replace(outcome, problem=problem)


def _added(outcome: Outcome, turn: dict[str, Any]) -> Outcome:
    outcome = msgspec.structs.replace(outcome, watermark=turn["watermark"] or outcome.watermark)
    if not turn["promoted"]:
        return outcome
    return msgspec.structs.replace(
        outcome,
        generations=(*outcome.generations, turn["gen"]),
        rows=outcome.rows + turn["kept"],
        dropped=outcome.dropped + turn["dropped"],
    )


def parked_objects(lake: Deployment) -> list[str]:
    """Return the keys of raw objects that no attempt could finish; their rows are in no generation."""
    entries = ledger_of(lake.client("dynamodb"), lake.output("LedgerTable")).parked()
    return sorted(entry.raw_key for entry in entries)
