"""The times of an execution, as the API's statistics."""

import time
from dataclasses import dataclass, field
from math import ceil


@dataclass(kw_only=True)
class Timeline:
    """When an execution reached each of its phases, in seconds since 1970; None for what has not happened.

    Attributes
    ----------
    received
        The request came.
    queued
        It was accepted.
    started
        It left the queue; one that was stopped there never does.
    planned, computed
        The engine knew what to read, and the result's last row.
    completed
        Its result was stored, or it ended otherwise.
    """

    received: float = field(default_factory=time.time)
    queued: float | None = None
    started: float | None = None
    planned: float | None = None
    computed: float | None = None
    completed: float | None = None

    def as_api(self, *, now: float) -> dict[str, object]:
        """Return the times of the `QueryExecutionStatistics` structure.

        Returns
        -------
        dict
            Whole milliseconds, at least 1 for each phase that has begun. The planning is part of the engine's time;
            the total is the sum of the others, as on Athena.
        """
        ended = now if self.completed is None else self.completed
        accepted = self.received if self.queued is None else self.queued
        left_queue = ended if self.started is None else self.started
        computed = ended if self.computed is None else self.computed
        before = _milliseconds(accepted - self.received)
        queue = _milliseconds(left_queue - accepted)
        engine = 0 if self.started is None else _milliseconds(computed - left_queue)
        after = 0 if self.computed is None else _milliseconds(ended - computed)
        planning = 0 if self.planned is None else min(_milliseconds(self.planned - left_queue), engine)
        return {
            "EngineExecutionTimeInMillis": engine,
            "TotalExecutionTimeInMillis": before + queue + engine + after,
            "QueryQueueTimeInMillis": queue,
            "QueryPlanningTimeInMillis": planning,
            "ServicePreProcessingTimeInMillis": before,
            "ServiceProcessingTimeInMillis": after,
        }


def _milliseconds(seconds: float) -> int:
    return max(1, ceil(seconds * 1000))
