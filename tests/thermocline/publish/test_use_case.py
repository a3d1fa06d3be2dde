"""Publishing: whoever comes in between, the view never goes back, and ends at the ledger's watermark."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.fakes.views import FakeViews
from thermocline.contracts import Contract, load_contracts
from thermocline.errors import LedgerBehind, ViewChanged
from thermocline.generations import moved
from thermocline.ledger import Marks
from thermocline.publish.since import key_of
from thermocline.publish.use_case import EndDeploy, Publish

CONTRACTS = load_contracts()
FIRST = "2026-11-26-09"
NOON = dt.datetime(2026, 11, 26, 12, 5, tzinfo=dt.UTC)


class FakeMarks:
    """The marks of streams; `before` is called before each read."""

    def __init__(self, before: Callable[[], None] = lambda: None) -> None:
        self.of: dict[str, Marks] = {}
        self.entered: str | None = FIRST
        self.notes: dict[str, Mapping[str, str]] = {}
        self._before = before

    def next_generation(self, stream: str, start: str) -> str | None:
        return self.entered

    def since(self, table: str) -> Mapping[str, str]:
        return self.notes.get(table, {})

    def note(self, table: str, since: Mapping[str, str]) -> None:
        self.notes[table] = since

    def marks(self, stream: str) -> Marks:
        self._before()
        return self.of.get(stream, Marks())


class FakeWarm:
    def __init__(self) -> None:
        self.ensured: list[str] = []

    def ensure(self, table: str) -> None:
        self.ensured.append(table)


class Race:
    """A publisher, and others that come in before chosen calls of it: each moves the watermark, and publishes it."""

    def __init__(self, turns: set[int]) -> None:
        self.calls, self.turns = 0, turns
        self.marks, self.views = FakeMarks(self.before), FakeViews(self.before)
        self.gen, self.inside = FIRST, False

    def before(self) -> None:
        if self.inside:
            return
        self.calls += 1
        if self.calls in self.turns:
            self.inside = True
            self.promote()
            self.inside = False

    def promote(self) -> None:
        self.gen = moved(self.gen, 1)
        self.marks.of["clickstream"] = Marks(watermark=self.gen)
        self.publish()

    def publish(self) -> None:
        Publish(views=self.views, marks=self.marks, contracts=CONTRACTS, pause=lambda _: None)("clickstream")


@given(st.sets(st.integers(1, 9)))
@example({2})
def test_a_view_never_goes_back_whoever_publishes_in_between(turns: set[int]) -> None:
    race = Race(turns)
    race.inside = True
    race.promote()
    race.inside = False
    race.publish()
    watermarks = race.views.watermarks["clickstream"]
    assert watermarks == sorted(watermarks)
    assert race.views.views["clickstream"].watermark == race.gen


@given(st.sets(st.integers(1, 6), max_size=2))
def test_two_that_make_the_first_view_at_once(turns: set[int]) -> None:
    race = Race(turns)
    race.publish()
    assert race.views.views["clickstream"].watermark == (race.gen if race.gen != FIRST else "")


def test_it_gives_up_when_the_view_changes_again_and_again() -> None:
    race = Race(set(range(1, 100)))
    pauses: list[int] = []
    publish = Publish(views=race.views, marks=race.marks, contracts=CONTRACTS, pause=pauses.append)
    with pytest.raises(ViewChanged):
        publish("clickstream")
    assert pauses == [1, 2, 3, 4, 5, 6, 7]


def test_a_ledger_that_is_behind_a_view_does_not_take_it_back() -> None:
    marks, views = FakeMarks(), FakeViews()
    publish = Publish(views=views, marks=marks, contracts=CONTRACTS, pause=lambda _: None)
    marks.of["clickstream"] = Marks(watermark=FIRST)
    publish("clickstream")
    marks.of["clickstream"] = Marks(watermark=moved(FIRST, -1))
    with pytest.raises(LedgerBehind, match=rf"{moved(FIRST, -1)}.*{FIRST}.*lake restore ledger"):
        publish("clickstream")
    assert views.watermarks["clickstream"] == [FIRST]


# The end of a deploy ------------------------------------------------------------------------------------------------


class Lake:
    def __init__(self) -> None:
        self.marks, self.views, self.warm = FakeMarks(), FakeViews(), FakeWarm()
        self.contracts: dict[str, Contract] = dict(CONTRACTS)
        self.now = NOON

    @property
    def publish(self) -> Publish:
        return Publish(views=self.views, marks=self.marks, contracts=self.contracts, pause=lambda _: None)

    def deploy(self) -> None:
        EndDeploy(
            publish=self.publish, warm=self.warm, ledger=self.marks, contracts=self.contracts, clock=lambda: self.now
        )()

    def since(self) -> dict[str, str]:
        return dict(self.views.views["clickstream"].since)


def column(name: str) -> str:
    return key_of(next(each for each in CONTRACTS["clickstream"].columns if each.name == name))


def test_a_deploy_ends_with_the_columns_of_warm_then_every_view_at_its_watermark() -> None:
    lake = Lake()
    lake.marks.of["telemetry"] = Marks(watermark=FIRST)
    lake.deploy()
    assert lake.warm.ensured == list(CONTRACTS)
    assert {name: view.watermark for name, view in lake.views.views.items()} == {
        contract.table: FIRST if name == "telemetry" else "" for name, contract in CONTRACTS.items()
    }


@pytest.mark.parametrize(
    ("closing", "minute", "expected"),
    [("", 5, "2026-11-26-13"), ("", 50, "2026-11-26-14"), ("2026-11-26-20", 5, "2026-11-26-21")],
)
def test_a_new_columns_generation_is_after_any_that_earlier_code_can_write(
    closing: str, minute: int, expected: str
) -> None:
    lake = Lake()
    lake.now = NOON.replace(minute=minute)
    lake.marks.of["quarantine"] = Marks(closing=closing)
    lake.deploy()
    assert lake.since() == dict.fromkeys(map(column, ("product_id", "price", "quantity")), expected)


def test_a_deploy_that_changes_no_column_keeps_what_was_noted() -> None:
    lake = Lake()
    lake.deploy()
    before = lake.since()
    lake.now += dt.timedelta(days=3)
    lake.deploy()
    assert lake.since() == before


def test_a_new_lakes_columns_are_there_from_the_beginning() -> None:
    lake = Lake()
    lake.marks.entered = None
    lake.deploy()
    assert set(lake.since().values()) == {""}


def test_a_column_that_comes_later_is_not_even_if_nothing_has_arrived() -> None:
    lake = Lake()
    lake.marks.entered = None
    lake.publish("clickstream")
    lake.deploy()
    assert set(lake.since().values()) == {"2026-11-26-13"}


def test_a_publish_before_the_deploys_end_notes_nothing() -> None:
    lake = Lake()
    lake.publish("clickstream")
    assert lake.since() == {}


def test_a_publish_after_it_keeps_what_was_noted() -> None:
    lake = Lake()
    lake.deploy()
    before = lake.since()
    lake.publish("clickstream")
    assert before
    assert lake.since() == before


def test_a_view_that_was_lost_has_the_notes_of_before_however_it_comes_back() -> None:
    lake = Lake()
    lake.deploy()
    before = lake.views.views["clickstream"]
    for deploys in (False, True):
        del lake.views.views["clickstream"]
        lake.now += dt.timedelta(days=3)
        if deploys:
            lake.deploy()
        else:
            lake.publish("clickstream")
        assert lake.views.views["clickstream"] == before
