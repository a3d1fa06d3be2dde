"""An action of the state machine, or of `lake promote` → promotion → its result as data."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import msgspec

from thermocline.bootstrap.promote import promote, promote_jobs, promote_settings, promoted_ledger
from thermocline.bootstrap.publish import publish
from thermocline.clock import utc_now
from thermocline.contracts import load_contracts
from thermocline.promote import executions
from thermocline.promote.jobs import job_state, start_job
from thermocline.promote.turns import Turn, take_turn
from thermocline.streams import contract_of, feeders

logging.getLogger("thermocline").setLevel(logging.INFO)


class _Input(msgspec.Struct, frozen=True):
    """What an execution may be started with: with `everything`, the open generations are closed and promoted, too."""

    everything: bool = False


class _Plan(msgspec.Struct, frozen=True, tag_field="action", tag="list"):
    """Which tables, in which order, up to which generation; `at` is when the execution started."""

    at: dt.datetime | None = None
    input: _Input = _Input()


class _Measure(msgspec.Struct, frozen=True, tag_field="action", tag="measure"):
    """How large a table's oldest generation is."""

    table: str
    before: str


class _Promote(msgspec.Struct, frozen=True, tag_field="action", tag="promote"):
    """Promote a table's oldest generation; `turn` is what the last one returned, or a table and `before`."""

    turn: Turn


class _StartJob(msgspec.Struct, frozen=True, tag_field="action", tag="start_job"):
    """Start the job of a table whose oldest generation is too large for this function."""

    turn: Turn


class _JobState(msgspec.Struct, frozen=True, tag_field="action", tag="job_state"):
    """Ask for the state of the job that `turn` waits for."""

    turn: Turn


class _Publish(msgspec.Struct, frozen=True, tag_field="action", tag="publish"):
    """Bring a table's view to its watermark."""

    table: str


class _Report(msgspec.Struct, frozen=True, tag_field="action", tag="report"):
    """What went wrong; `rounds` has the last turn of each table, by round."""

    rounds: list[list[Turn]]


_Action = _Plan | _Measure | _Promote | _StartJob | _JobState | _Publish | _Report


def handler(event: dict[str, Any], context: object) -> Any:
    """Do what an event's `action` says, and return its result."""
    return msgspec.to_builtins(_act(msgspec.convert(event, _Action)))


def _act(action: _Action) -> msgspec.Struct | None:
    match action:
        case _Plan(at=at, input=given):
            return executions.plan(load_contracts(), promoted_ledger(), at or utc_now(), everything=given.everything)
        case _Measure():
            return _measured(action)
        case _Promote(turn=turn) | _StartJob(turn=turn) | _JobState(turn=turn):
            return _turned(action, turn)
        case _Publish(table=table):
            publish()(table)
            return None
        case _Report(rounds=rounds):
            turns = [turn for tables in rounds for turn in tables]
            return executions.report(turns, stalled_hours=promote_settings().stalled_hours)


def _turned(action: _Promote | _StartJob | _JobState, turn: Turn) -> Turn:
    contracts = load_contracts()
    contract_of(turn.table, contracts)
    match action:
        case _Promote():
            return take_turn(turn, promote(), now=utc_now())
        case _StartJob():
            return start_job(turn, promote_jobs(), promoted_ledger())
        case _JobState():
            return job_state(turn, promote_jobs(), promoted_ledger(), feeders(turn.table, contracts))


def _measured(action: _Measure) -> executions.Measured:
    streams, most = feeders(action.table, load_contracts()), promote_settings().lambda_max_bytes
    return executions.measure(promoted_ledger(), streams, action.table, action.before, lambda_max=most)
