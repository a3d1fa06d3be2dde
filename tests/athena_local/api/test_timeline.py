from hypothesis import given
from hypothesis import strategies as st

from athena_local.api.timeline import Timeline

seconds = st.floats(0, 1e5)


@given(
    queue=seconds,
    run=seconds,
    store=seconds,
    share=st.floats(0, 1),
    phases=st.integers(0, 5),
)
def test_the_total_is_the_sum_of_the_phases_that_have_begun(
    queue: float, run: float, store: float, share: float, phases: int
) -> None:
    queued, started = 1e9 + 0.5, 1e9 + 0.5 + queue
    reached = {
        "queued": queued,
        "started": started,
        "planned": started + share * run,
        "computed": started + run,
        "completed": started + run + store,
    }
    timeline = Timeline(received=1e9, **dict(list(reached.items())[:phases]))
    now = max([1e9, *list(reached.values())[:phases]]) + (0 if phases == 5 else 7)
    times = timeline.as_api(now=now)
    before, queue_ms, engine, after, planning = (
        int(str(times[f"{name}InMillis"]))
        for name in (
            "ServicePreProcessingTime",
            "QueryQueueTime",
            "EngineExecutionTime",
            "ServiceProcessingTime",
            "QueryPlanningTime",
        )
    )
    assert times["TotalExecutionTimeInMillis"] == before + queue_ms + engine + after
    assert planning <= engine
    assert (before >= 1, engine >= 1, after >= 1) == (True, phases >= 2, phases >= 4)
    assert abs(before + queue_ms + engine + after - (now - 1e9) * 1000) <= 5


def test_an_execution_stopped_in_the_queue_ran_no_time() -> None:
    times = Timeline(received=10.0, queued=10.0, completed=10.5).as_api(now=99.0)
    assert (times["QueryQueueTimeInMillis"], times["EngineExecutionTimeInMillis"]) == (500, 0)
