"""An action of `lake replay` → a replay from raw → its result as data, or what was wrong."""

from __future__ import annotations

import logging
from typing import Any

import msgspec

from thermocline.bootstrap.replay import replay
from thermocline.errors import Terminal, Transient

logger = logging.getLogger("thermocline")
logger.setLevel(logging.INFO)


class _Plan(msgspec.Struct, frozen=True, tag_field="action", tag="plan"):
    """Begin a run of a table's generations, or go on with it."""

    table: str
    first: str
    last: str
    dry: bool = False


class _State(msgspec.Struct, frozen=True, tag_field="action", tag="state"):
    """How far a run is."""

    table: str
    run: str


class _Commit(msgspec.Struct, frozen=True, tag_field="action", tag="commit"):
    """Replace a generation."""

    table: str
    run: str
    gen: str


class _Finish(msgspec.Struct, frozen=True, tag_field="action", tag="finish"):
    """Remove what a run converted, and tell what it changed."""

    table: str
    run: str


class _Problem(msgspec.Struct, frozen=True):
    """Why an action did nothing; with `again` it may do so later."""

    problem: str
    again: bool


_Action = _Plan | _State | _Commit | _Finish


def handler(event: dict[str, Any], context: object) -> Any:
    """Do what an event's `action` says, and return its result; errors of ours are data."""
    try:
        answer = _act(msgspec.convert(event, _Action))
    except (Terminal, Transient) as error:
        logger.warning("%s: %s: %s", event.get("action"), type(error).__name__, error)
        answer = _Problem(problem=str(error), again=isinstance(error, Transient))
    return msgspec.to_builtins(answer)


def _act(action: _Action) -> object:
    match action:
        case _Plan(table=table, first=first, last=last, dry=dry):
            return replay().plan(table, first, last, dry=dry)
        case _State(table=table, run=run):
            return replay().progress(table, run)
        case _Commit(table=table, run=run, gen=gen):
            return replay().commit(table, run, gen)
        case _Finish(table=table, run=run):
            return replay().finish(table, run)
