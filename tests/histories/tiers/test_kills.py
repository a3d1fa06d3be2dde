"""A step that is killed at any of its calls and run again leaves the lake that a clean run leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.histories.tiers.actors import Actor, Answer
from tests.histories.tiers.lake import STREAMS, TABLES, TieredLake
from thermocline.streams import QUARANTINE

CLICKS = STREAMS[0]
Step = Callable[[TieredLake], Actor]


def prepared() -> TieredLake:
    """Return a lake with two promoted generations, one that is not, and an object that nobody has converted."""
    lake = TieredLake()
    for events in (("a", "bad a"), ("b", "c"), ("a", "d", "bad b")):
        lake.run(lake.converts(lake.arrive(CLICKS, events)))
        if "d" not in events:
            for table in TABLES:
                lake.run(lake.promotes(table, ahead=1))
                lake.run(lake.cleans(table))
        lake.clock.advance(hours=1)
    lake.arrive(CLICKS, ("d", "e", "bad c"))
    return lake


def promotes_quarantine(lake: TieredLake) -> Actor:
    for stream in STREAMS:
        lake.run(lake.promotes(stream))
    return lake.promotes(QUARANTINE)


STEPS: dict[str, tuple[Step, str]] = {
    "convert": (lambda lake: lake.converts([*lake.oracle.raw][-1]), "finish"),
    "promote": (lambda lake: lake.promotes(CLICKS), "commit"),
    "pass over": (lambda lake: lake.promotes(STREAMS[1]), "advance"),
    "promote quarantine": (promotes_quarantine, "commit"),
    "publish": (lambda lake: lake.publishes(CLICKS), "write"),
    "clean": (lambda lake: lake.cleans(CLICKS), "delete"),
    "compact": (lambda lake: lake.compacts(CLICKS), "commit"),
    "seal": (lambda lake: lake.seals(CLICKS), "commit"),
}


def shown(lake: TieredLake) -> dict[str, list[str]]:
    """Let the lake end its work, and return the events of each table."""
    lake.calm_down(kill=False)
    lake.check_end()
    return {table: sorted(row.event for row in lake.catalog.rows(table)) for table in TABLES}


def calls(step: Step) -> Iterator[int]:
    """Yield the numbers of the calls that a step makes in a clean run."""
    lake = prepared()
    actor, number = step(lake), 0
    while actor.alive:
        yield number
        lake.step(actor)
        number += 1


@pytest.mark.parametrize("answer", [Answer.KILLED, Answer.KILLED_AFTER])
@pytest.mark.parametrize("name", STEPS)
def test_a_step_killed_at_any_call_and_run_again_shows_the_same(name: str, answer: Answer) -> None:
    (step, call), clean = STEPS[name], prepared()
    before = clean.happened[f"{call}: TRUE"]
    clean.run(step(clean))
    assert clean.happened[f"{call}: TRUE"] > before, "a clean run does something"
    expected = shown(clean)
    for number in calls(step):
        lake = prepared()
        actor = step(lake)
        for _ in range(number):
            lake.step(actor)
        lake.step(actor, answer)
        for table in TABLES:
            lake.leases.expire(table)
        assert lake.run(step(lake)).failure is None
        assert shown(lake) == expected, f"{name}: {answer.value}, {number}"
