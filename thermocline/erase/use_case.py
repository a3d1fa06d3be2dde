"""Erase subjects, turn by turn: every turn may die, and the next one goes on (ADR 45)."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Collection, Sequence
from typing import Final

import msgspec

from thermocline.clock import Clock
from thermocline.erase.drain import seconds_to_drain
from thermocline.erase.findings import Findings
from thermocline.erase.model import MOST_SUBJECTS, Next, Run, Turn
from thermocline.erase.ports import Runs
from thermocline.erase.proof import report
from thermocline.erase.steps import Lake, Steps, names
from thermocline.errors import Terminal, Transient

logger = logging.getLogger(__name__)

_RETRY_SECONDS: Final = 30
_LONGEST_WAIT_SECONDS: Final = 3600


class Erase:
    """Erases batches of subjects.

    Parameters
    ----------
    longest_attempt
        How long an attempt of convert lives at most, with a margin.
    settle
        The second pass begins so long after the end of the first: longer than Firehose buffers, and than a promotion
        or an attempt takes that began before.
    """

    def __init__(
        self, *, lake: Lake, runs: Runs, clock: Clock, longest_attempt: dt.timedelta, settle: dt.timedelta
    ) -> None:
        self._lake = lake
        self._runs = runs
        self._clock = clock
        self._longest_attempt = longest_attempt
        self._settle = settle

    def start(self, digests: Collection[str], until: dt.datetime | None = None) -> Run:
        """Put subjects on the suppression list, and return their run; of the same batch the one that is not done.

        Raises
        ------
        Terminal
            There are no subjects, or too many for one run.
        """
        batch = tuple(sorted(set(digests)))
        if not 0 < len(batch) <= MOST_SUBJECTS:
            raise Terminal(f"a run erases 1 to {MOST_SUBJECTS} subjects, not {len(batch)}: name fewer at a time")
        version = self._lake.ledger.suppress(batch, until)
        for run in self._runs.all():
            if run.digests == batch and not run.done:
                return run
        now = self._clock()
        name = hashlib.sha256("".join(batch).encode()).hexdigest()[:8]
        run = Run(id=f"{now:%Y%m%dt%H%M%S}-{name}", digests=batch, version=version, started_at=now, due_at=now)
        Findings(self._lake.objects, run.id).remember("run", run)  # a restored ledger may not know of it
        self._runs.create(run)
        return run

    def runs(self) -> Sequence[Run]:
        """Return all runs, the finished ones, too."""
        return self._runs.all()

    def due(self, now: dt.datetime) -> Sequence[Run]:
        """Return the runs whose next turn is due."""
        return [run for run in self._runs.all() if not run.done and run.due_at <= now]

    def turn(self, run_id: str, deadline: dt.datetime) -> Turn:
        """Work on a run until a deadline; errors of ours are data in the result.

        Raises
        ------
        UnknownRun
            There is no such run.
        """
        run = self._runs.read(run_id)
        steps = Steps(self._lake, run, self._clock)
        try:
            while not run.done:
                now = self._clock()
                if now < run.due_at:
                    return _turn(run, "wait", seconds=_seconds(run.due_at - now))
                if now >= deadline:
                    return _turn(run, "again")
                run = self._runs.save(self._next(run, steps, deadline), read=run)
        except Transient as error:
            logger.warning("%s %s: %s: %s", run.id, run.step, type(error).__name__, error)
            return _turn(run, "wait", seconds=_RETRY_SECONDS, reason=f"{type(error).__name__}: {error}")
        except Terminal as error:
            logger.exception("%s %s", run.id, run.step)
            return _turn(run, "failed", reason=f"{type(error).__name__}: {error}")
        return _turn(run, "done")

    def _next(self, run: Run, steps: Steps, deadline: dt.datetime) -> Run:
        if run.step == "drain":
            return self._drained(run)
        if run.step == "proof":
            return self._proven(run)
        walked = steps.step(run.step)(run, deadline)
        run = msgspec.structs.replace(
            run,
            cursor=walked.cursor,
            removed=run.removed + walked.removed,
            rewritten=run.rewritten + walked.rewritten,
            deleted=run.deleted + walked.deleted,
        )
        return self._after(run) if walked.done else run

    def _drained(self, run: Run) -> Run:
        now, streams = self._clock(), tuple(self._lake.contracts)
        if seconds := seconds_to_drain(run, self._lake.ledger, streams=streams, longest=self._longest_attempt, now=now):
            return msgspec.structs.replace(run, due_at=now + dt.timedelta(seconds=seconds))
        return msgspec.structs.replace(run, drained_at=now, step=names(self._lake)[0])

    def _after(self, run: Run) -> Run:
        """Return the run at its next step: of the second pass after the first, and the proof after both."""
        order = names(self._lake)
        following = order[order.index(run.step) + 1 :]
        if following:
            return msgspec.structs.replace(run, step=following[0], cursor="")
        now, passes = self._clock(), run.passes + 1
        if passes == 1:
            due = now + self._settle
            return msgspec.structs.replace(run, step=order[0], cursor="", passes=passes, due_at=due, second_pass_at=due)
        return msgspec.structs.replace(run, step="proof", cursor="", passes=passes)

    def _proven(self, run: Run) -> Run:
        findings = Findings(self._lake.objects, run.id)
        if findings.report() is None:
            lake, results = self._lake.objects, self._lake.results
            findings.prove(report(run, findings.all(), lake=lake, results=results, now=self._clock()))
        findings.forget()  # while somebody comes back to the run: nobody does once it is done
        return msgspec.structs.replace(run, step="done")


def _turn(run: Run, then: Next, *, seconds: int = 0, reason: str = "") -> Turn:
    counts = {"removed": run.removed, "rewritten": run.rewritten, "deleted": run.deleted}
    return Turn(run=run, phase=run.step, next=then, wait_seconds=seconds, counts=counts, reason=reason)


def _seconds(left: dt.timedelta) -> int:
    return min(_LONGEST_WAIT_SECONDS, int(left.total_seconds()) + 1)
