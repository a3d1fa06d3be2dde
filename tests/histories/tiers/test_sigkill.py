"""A process of production may be killed at any call: each view shows what it showed, or what it is to show.

When it has run again, everything shows what a clean run shows, and the books balance.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.athena_local.endpoint.tables import CREDENTIALS, Endpoint
from tests.histories.tiers.deployed import DeployedLake, started
from tests.histories.tiers.lake_state import State
from tests.histories.tiers.processes import Step
from tests.histories.tiers.traffic import BAD, arrivals, click, refused_by_strict
from tests.histories.tiers.trials import Trial
from tests.histories.tiers.upkeep import in_order
from thermocline.streams import QUARANTINE

CLICKS = "clickstream"


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in CREDENTIALS.items():
            patch.setenv(name, value)
        with started(tmp_path_factory.mktemp("emulator")) as endpoint:
            yield endpoint


class Prepared(NamedTuple):
    """A lake with two promoted hours, one that is closed, and a raw object that is not converted.

    An older contract refused the users of the first hour; the last attempt to convert an object died.
    """

    lake: DeployedLake
    state: State
    raw_key: str


@pytest.fixture(scope="module")
def prepared(endpoint: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    now = dt.datetime.now(dt.UTC).replace(minute=0, second=0, microsecond=0)
    lake = DeployedLake(endpoint, now, tmp_path_factory.mktemp("steps"))
    lake.run(lake.step("end deploy"))
    strict = lake.arrive(CLICKS, "strict", refused_by_strict(now))
    lake.run(lake.step("convert strictly", strict, hours_ago=3))
    for hours_ago in (3, 2, 1):
        lake.run(*(lake.step("convert", key, hours_ago=hours_ago) for key in arrivals(lake, hours_ago)))
        if hours_ago == 2:
            lake.run(lake.step("promote all", hours_ago=1))
    lake.run(lake.step("clean", CLICKS), lake.step("clean", QUARANTINE))  # it sees the watermarks for the first time
    key = lake.arrive(CLICKS, "last", [*(click(number, now) for number in range(25, 35)), *BAD])
    return Prepared(lake, lake.states.read(), key)


def convert(prepared: Prepared) -> Step:
    return prepared.lake.step("convert", prepared.raw_key, hours_ago=1)


def trial(prepared: Prepared, name: str, *, briefly: bool = False) -> Trial:
    """Return the trial of a step."""
    lake, state, _ = prepared
    promotions = [lake.step("promote", table) for table in in_order()]  # quarantine's is the last
    if name == "convert":
        return Trial(lake, state, convert(prepared))
    if name == "promote quarantine":
        return Trial(lake, after(lake, state, *promotions[:-1]), promotions[-1])
    if name == "publish":
        promoted = after(lake, state, lake.step("promote", CLICKS))
        unpublished = promoted._replace(tables={**promoted.tables, CLICKS: state.tables[CLICKS]})
        return Trial(lake, unpublished, lake.step("publish", CLICKS))
    if name == "erase":
        state = after_death(prepared)
    two_hours = f"{CLICKS}/{lake.gen(hours_ago=3)}/{lake.gen(hours_ago=2)}"
    steps = {
        "pass over": lake.step("promote", "cdc_log"),
        "end deploy": lake.step("end deploy"),
        "replay": lake.step("replay", two_hours),
    }
    return Trial(lake, state, steps.get(name) or lake.step(name, CLICKS), briefly=briefly)


def after(lake: DeployedLake, state: State, *steps: Step) -> State:
    """Return what a state becomes by some steps."""
    lake.states.write(state)
    lake.run(*steps)
    return lake.states.read()


def after_death(prepared: Prepared) -> State:
    """Return the state after an attempt to convert the last raw object died, which had written its hot files."""
    lake, state, _ = prepared
    lake.states.write(state)
    assert lake.dies(convert(prepared), before=3)
    return lake.states.read()


@pytest.mark.parametrize(("name", "call"), [("convert", 3), ("promote", 10)], ids=["not finished", "not advanced"])
def test_killed_before_its_result_is_in_the_ledger(prepared: Prepared, name: str, call: int) -> None:
    step = convert(prepared) if name == "convert" else prepared.lake.step(name, CLICKS)
    assert Trial(prepared.lake, prepared.state, step, briefly=True).dies(before=call)


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("convert", 4), ("promote", 12), ("pass over", 3), ("promote quarantine", 12), ("publish", 1), ("compact", 7),
        ("seal", 7),
        ("end deploy", 4),
    ],
)  # fmt: skip
def test_killed_before_any_call(prepared: Prepared, name: str, least: int) -> None:
    killed = trial(prepared, name)
    calls = next(call for call in itertools.count() if not killed.dies(before=call))
    assert calls >= least, "a clean run changes something"


@pytest.mark.long
@pytest.mark.timeout(600)
def test_killed_at_any_moment(prepared: Prepared) -> None:
    lake, state, _ = prepared
    steps = (convert(prepared), lake.step("promote all"), lake.step("compact", CLICKS), lake.step("seal", CLICKS))
    killed, moments = Trial(lake, state, *steps), random.Random(11)
    assert sum(killed.dies(after=moments.uniform(0.1, 2)) for _ in range(15)) > 5


UPKEEP = {"replay": 80, "recover": 15, "erase": 250}
"""How many calls each has at least."""


OVERTAKEN = ("replay", "recover")
"""An erasure that wakes after another has ended it leaves notes of its own, which say nothing of a subject."""


def some_calls(name: str, calls: int, number: int) -> list[int]:
    """Return some calls: others for each name, and the same every time."""
    return sorted(random.Random(name).sample(range(calls), number))


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", ["replay", "recover"])  # an erasure, which has more calls, is a long test
def test_upkeep_is_killed_before_a_call(prepared: Prepared, name: str) -> None:
    killed = trial(prepared, name, briefly=True)
    assert all(killed.dies(before=call) for call in some_calls(name, killed.calls, 1))


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", UPKEEP)
def test_upkeep_is_killed_before_some_calls_and_overtaken_before_others(prepared: Prepared, name: str) -> None:
    tried = trial(prepared, name)
    assert tried.calls >= UPKEEP[name], "a clean run changes something"
    assert all(tried.dies(before=call) for call in some_calls(f"{name} dies", tried.calls, 5))
    if name in OVERTAKEN:
        assert all(tried.overtaken(call) for call in some_calls(f"{name} sleeps", tried.calls, 3))


@pytest.mark.nightly
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("name", UPKEEP)
def test_upkeep_is_killed_before_each_call(prepared: Prepared, name: str) -> None:
    killed = trial(prepared, name)
    assert all(killed.dies(before=call) for call in range(killed.calls))


@pytest.mark.nightly
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("name", OVERTAKEN)
def test_upkeep_is_overtaken_before_many_calls(prepared: Prepared, name: str) -> None:
    asleep = trial(prepared, name)
    assert all(asleep.overtaken(call) for call in range(0, asleep.calls, 3))
