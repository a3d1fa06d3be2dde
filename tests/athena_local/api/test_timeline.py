from hypothesis import given
from hypothesis import strategies as st

from athena_local.api.timeline import statistics

seconds = st.floats(0, 1e5)


@given(queue=seconds, run=seconds, ended=st.booleans())
def test_every_time_that_has_begun_counts_and_the_total_is_their_sum(queue: float, run: float, ended: bool) -> None:
    start, end = 1e9 + queue, 1e9 + queue + run
    times = statistics(
        submitted=1e9, started=start, completed=end if ended else None, now=end + (5 if ended else 0), scanned_bytes=7
    )
    queued, engine = times["QueryQueueTimeInMillis"], times["EngineExecutionTimeInMillis"]
    assert isinstance(queued, int)
    assert isinstance(engine, int)
    assert queued >= 1
    assert abs(engine - run * 1000) <= 2
    assert times["TotalExecutionTimeInMillis"] == queued + engine


def test_an_execution_stopped_in_the_queue_ran_no_time() -> None:
    times = statistics(submitted=10.0, started=None, completed=10.5, now=99.0, scanned_bytes=0)
    assert (times["QueryQueueTimeInMillis"], times["EngineExecutionTimeInMillis"]) == (500, 0)
    assert times["ResultReuseInformation"] == {"ReusedPreviousResult": False}
