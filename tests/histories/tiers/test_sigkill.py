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
from tests.histories.tiers.deployed import CONTRACTS, DeployedLake, Shown, started
from tests.histories.tiers.lake_state import State
from tests.histories.tiers.processes import Step
from tests.histories.tiers.traffic import BAD, arrivals, click

CLICKS = "clickstream"


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in CREDENTIALS.items():
            patch.setenv(name, value)
        with started(tmp_path_factory.mktemp("emulator")) as endpoint:
            yield endpoint


class Prepared(NamedTuple):
    """A lake with two promoted hours, one that is closed, and a raw object that is not converted."""

    lake: DeployedLake
    state: State
    raw_key: str


@pytest.fixture(scope="module")
def prepared(endpoint: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    now = dt.datetime.now(dt.UTC).replace(minute=0, second=0, microsecond=0)
    lake = DeployedLake(endpoint, now, tmp_path_factory.mktemp("steps"))
    lake.run(lake.step("end deploy"))
    for hours_ago in (3, 2, 1):
        lake.run(*(lake.step("convert", key, hours_ago=hours_ago) for key in arrivals(lake, hours_ago)))
        if hours_ago == 2:
            lake.run(lake.step("promote all", hours_ago=1))
    key = lake.arrive("clickstream", "last", [*(click(number, now) for number in range(25, 35)), *BAD])
    return Prepared(lake, lake.states.read(), key)


class Trial:
    """Steps that are killed, and what the lake shows when they have run again.

    Parameters
    ----------
    state
        The lake before them.
    briefly
        Compare only the rows of views; otherwise also the answers to queries, and after convert all again when the
        rows have been promoted.
    """

    def __init__(self, lake: DeployedLake, state: State, *steps: Step, briefly: bool = False) -> None:
        self._lake, self._state, self._steps, self._briefly = lake, state, steps, briefly
        lake.states.write(state)
        self._before = lake.rows()
        self._clean = self._ends()

    def dies(self, *, before: int | None = None, after: float | None = None) -> bool:
        """Kill the steps before a call or after some seconds, and compare; False when they had ended by then."""
        self._lake.states.write(self._state)
        if not self._lake.dies(*self._steps, before=before, after=after):
            return False
        if len(self._steps) == 1:
            for table, rows in self._lake.rows().items():
                assert rows in (self._before[table], self._clean[0].rows[table]), f"{table} is between the two"
        self._lake.let_leases_end()
        assert self._ends() == self._clean
        return True

    def _ends(self) -> list[Shown]:
        self._lake.run(*self._steps)
        ends = [self._lake.shows(answers=not self._briefly)]
        if self._steps[0].name == "convert" and not self._briefly:  # what a dead attempt left is never promoted
            self._lake.run(self._lake.step("promote all"))
            ends.append(self._lake.shows(answers=True))
        return ends


def convert(prepared: Prepared) -> Step:
    return prepared.lake.step("convert", prepared.raw_key, hours_ago=1)


def trial(prepared: Prepared, name: str) -> Trial:
    """Return the trial of a step."""
    lake, state, _ = prepared
    promotions = [lake.step("promote", table) for table in CONTRACTS]  # quarantine's is the last
    if name == "convert":
        return Trial(lake, state, convert(prepared))
    if name == "promote quarantine":
        return Trial(lake, after(lake, state, *promotions[:-1]), promotions[-1])
    if name == "publish":
        promoted = after(lake, state, lake.step("promote", CLICKS))
        unpublished = promoted._replace(tables={**promoted.tables, CLICKS: state.tables[CLICKS]})
        return Trial(lake, unpublished, lake.step("publish", CLICKS))
    steps = {"pass over": lake.step("promote", "cdc_log"), "end deploy": lake.step("end deploy")}
    return Trial(lake, state, steps.get(name) or lake.step(name, CLICKS))


def after(lake: DeployedLake, state: State, *steps: Step) -> State:
    """Return what a state becomes by some steps."""
    lake.states.write(state)
    lake.run(*steps)
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
