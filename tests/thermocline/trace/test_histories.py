"""Whatever happened to some events, trace says of each where it is, and of each twin which arrival stayed."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.clock import NOW
from tests.thermocline.trace.lake import GEN, TracedLake, event
from thermocline.generations import moved

GENS = [moved(GEN, hours) for hours in (-2, -1, 0)]
arrivals = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(GENS), st.sampled_from(["done", "done", "pending"])), max_size=9
)


@given(arrivals, st.integers(0, len(GENS)))
def test_every_event_is_where_trace_says(sent: list[tuple[str, str, str]], promoted: int) -> None:
    lake = TracedLake()
    for number, (event_id, gen, status) in enumerate(sent):
        line = event(event_id, received_at=NOW + dt.timedelta(seconds=number))
        raw = lake.arrive(line)
        if status == "done":
            lake.convert(raw, line, gen=gen)
        else:
            lake.begin(raw, gen)
    for gen in GENS[:promoted]:
        lake.promote(gen)
    for event_id in "abc":
        done = sorted(
            (gen, at) for at, (sent_id, gen, status) in enumerate(sent) if (sent_id, status) == (event_id, "done")
        )
        story = lake.trace(event_id)
        if not done:
            waits = any(sent_id == event_id for sent_id, _, _ in sent)
            assert story.fate == ("stuck" if waits else "never arrived")
            continue
        in_warm = [(gen, at) for gen, at in done if gen in GENS[:promoted]]
        assert story.place == ("warm" if in_warm else "hot")
        first = in_warm[0][1] if in_warm else min(at for _, at in done)
        (raw,) = [step.facts["key"] for step in story.steps if step.step == "raw"]
        assert raw.rpartition("/")[2] == f"{first}.ndjson.zst"
        assert story.visible
