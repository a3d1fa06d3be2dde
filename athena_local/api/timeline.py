"""The times of an execution, as the API's statistics."""

from math import ceil


def statistics(
    *, submitted: float, started: float | None, completed: float | None, now: float, scanned_bytes: int
) -> dict[str, object]:
    """Return the `QueryExecutionStatistics` structure.

    Parameters
    ----------
    submitted, started, completed, now
        Seconds since 1970; None for what has not happened. An execution that was stopped in the queue has no start.

    Returns
    -------
    dict
        Times in whole milliseconds. Each that has begun is at least 1, and the total is their sum, as on Athena.
    """
    ended = now if completed is None else completed
    left_queue = ended if started is None else started
    queued = _milliseconds(left_queue - submitted)
    engine = 0 if started is None else _milliseconds(ended - started)
    return {
        "DataScannedInBytes": scanned_bytes,
        "EngineExecutionTimeInMillis": engine,
        "TotalExecutionTimeInMillis": queued + engine,
        "QueryQueueTimeInMillis": queued,
        "QueryPlanningTimeInMillis": 0,
        "ServicePreProcessingTimeInMillis": 0,
        "ServiceProcessingTimeInMillis": 0,
        "ResultReuseInformation": {"ReusedPreviousResult": False},
    }


def _milliseconds(seconds: float) -> int:
    return max(1, ceil(seconds * 1000))
