"""A run of an erasure: its state between turns, and what a turn answers."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

Next = Literal["again", "wait", "done", "failed"]

MOST_SUBJECTS = 1000
"""Digests of one run: its state is one item of the ledger's table."""


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """The state of a run; it is saved after each step, so that a turn that died is taken again.

    Attributes
    ----------
    digests
        Of its subjects, sorted; nothing else of them is known.
    version
        Of the suppression list that has them.
    step
        What it does next, e.g. ``drain``, ``raw clickstream`` or ``warm clickstream``; ``done`` at the end.
    cursor
        The last key that the step has done.
    passes
        How often all places were searched.
    due_at
        It has nothing to do before.
    revision
        How often its state was saved.
    """

    id: str
    digests: tuple[str, ...]
    version: int
    started_at: dt.datetime
    due_at: dt.datetime
    step: str = "drain"
    cursor: str = ""
    passes: int = 0
    drained_at: dt.datetime | None = None
    second_pass_at: dt.datetime | None = None
    removed: int = 0
    rewritten: int = 0
    deleted: int = 0
    revision: int = 0

    @property
    def done(self) -> bool:
        """True once its proof is written."""
        return self.step == "done"


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """What a turn did, and what whoever called it does next.

    Attributes
    ----------
    phase
        The step that the run stands at.
    next
        ``again``: call at once. ``wait``: call after `wait_seconds`. ``done``: the proof is written. ``failed``:
        somebody must look; the next turn tries it again.
    counts
        Of the run so far: ``removed`` rows and lines, objects ``rewritten``, objects ``deleted``.
    """

    run: Run
    phase: str
    next: Next
    wait_seconds: int = 0
    counts: dict[str, int] = {}
    reason: str = ""
