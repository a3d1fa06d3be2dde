"""Histories of a lake on which everything fails that can: nothing acknowledged is lost, nothing is invented."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.fakes.aws import AwsClient, aws, create_ledger_table
from tests.histories.faults import Kill
from tests.histories.lake import NotificationFaults, SimulatedLake
from tests.simulator import Faults
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.convert.heartbeat import HOLD_SECONDS
from thermocline.sweep.use_case import MAX_SWEEPS

__all__ = ["aws"]

NIGHTLY = (pytest.mark.nightly, pytest.mark.timeout(1_800))
HISTORIES = [200, pytest.param(1_000, marks=pytest.mark.long), pytest.param(10_000, marks=NIGHTLY)]
# Of so many histories one has each kind of failure.
ONE_IN = 50
FIRST_CALLS = ("entry", "suppression", "marks", "enter", "get", "put", "finish")
CONVERT_CALLS = (*FIRST_CALLS, "take_over")
SWEEP_CALLS = ("list", "entries_of", "waiting", "send", "count_sweep", "park")
FAILURES = {
    "request refused",
    "event stored twice",
    "notification lost",
    "convert killed",
    "sweep killed",
    "queued again by the sweeper",
    "dead letter redriven",
    "generation promoted",
    "convert overtaken",
    "object parked",
}
RARE = {"convert overtaken", "dead letter redriven", "event stored twice", "object parked"}

often = st.sampled_from([0.0, 0.0, 0.2, 0.6])
firehose_faults = st.builds(
    Faults,
    throttle=st.sampled_from([0.0, 0.5, 1.0]),
    fail_record=often,
    lose_answer=often,
    duplicate_record=often,
    reorder=often,
    crash_before_write=often,
    crash_after_write=often,
)
notification_faults = st.builds(NotificationFaults, lose=st.sampled_from([0.0, 0.5, 1.0]), double=often, delay=often)


def kills(calls: tuple[str, ...], *more: str) -> st.SearchStrategy[Kill | None]:
    """Return where a function dies, if it does."""
    when = st.sampled_from(["before", "after", *more])
    deaths = st.builds(Kill, when, st.sampled_from(calls), st.sampled_from([0, 0, 1]))
    return st.none() | deaths


class Histories(RuleBasedStateMachine):
    """What clients, AWS, time and operators do, in any order."""

    seen: ClassVar[Counter[str]] = Counter()

    @initialize(seed=st.integers(0, 2**32 - 1))
    def begin(self, seed: int) -> None:
        self.lake = self.make_lake(seed)

    def make_lake(self, seed: int) -> SimulatedLake:
        return SimulatedLake(seed)

    @rule(kinds=st.lists(st.booleans(), min_size=1, max_size=4), answer_lost=st.booleans())
    def client_sends(self, kinds: list[bool], answer_lost: bool) -> None:
        self.lake.client.send(kinds, answer_lost=answer_lost)

    @rule(answer_lost=st.booleans())
    def client_sends_again(self, answer_lost: bool) -> None:
        self.lake.client.send_again(answer_lost=answer_lost)

    @rule()
    def client_gives_up(self) -> None:
        self.lake.client.give_up()

    @rule(faults=firehose_faults, notifications=notification_faults)
    def aws_changes(self, faults: Faults, notifications: NotificationFaults) -> None:
        self.lake.firehose.faults = faults
        self.lake.notification_faults = notifications

    @rule(minutes=st.sampled_from([1, 13, 61, 300]))
    def time_passes(self, minutes: int) -> None:
        self.lake.pass_time(minutes=minutes)

    @rule(hours=st.integers(1, 22))
    def the_bucket_cannot_be_reached(self, hours: int) -> None:
        self.lake.firehose.destination_up = False
        self.lake.pass_time(hours=hours)
        self.lake.firehose.destination_up = True

    @rule(minutes=st.sampled_from([0, 13, 61]), kill=kills(CONVERT_CALLS, "overtaken"))
    def convert_runs(self, minutes: int, kill: Kill | None) -> None:
        self.lake.pass_time(minutes=minutes)
        self.lake.convert(kill=kill)

    @rule(kill=kills(SWEEP_CALLS), more=st.sampled_from([0, 0, MAX_SWEEPS]))
    def the_sweeper_runs(self, kill: Kill | None, more: int) -> None:
        for _ in range(more):
            self.lake.sweep()
        self.lake.sweep(kill=kill)

    @rule()
    def an_unreadable_object_arrives(self) -> None:
        self.lake.write_unreadable()

    @rule(changed=st.booleans())
    def a_damaged_object_arrives(self, changed: bool) -> None:
        self.lake.write_damaged(changed=changed)

    @rule(open_too=st.booleans())
    def generations_are_promoted(self, open_too: bool) -> None:
        self.lake.promote(open_too=open_too)

    @rule()
    def dead_letters_are_redriven(self) -> None:
        self.lake.redrive()

    @invariant()
    def no_file_changes_and_no_promoted_generation_grows(self) -> None:
        if hasattr(self, "lake"):
            assert self.lake.violations() == []

    def teardown(self) -> None:
        if hasattr(self, "lake"):
            self.lake.calm_down()
            check(self.lake)
            self.seen.update(self.lake.happened)
            self.seen.update({"history": 1, "request refused": self.lake.client.refused})
            self.seen["event stored twice"] += len(self.lake.rows("clickstream")) > len(self.lake.client.sent)


def check(lake: SimulatedLake) -> None:
    """Compare what the client knows with what the tables hold."""
    client, hot, quarantine = lake.client, lake.rows("clickstream"), lake.rows("quarantine")
    assert lake.violations() == []
    damage = [row["_src"] for row in quarantine if row["payload_encoding"] == "base64"]
    assert sorted(damage) == sorted(lake.damaged)
    quarantine = [row for row in quarantine if row["payload_encoding"] != "base64"]
    assert lake.firehose.expired == []
    landed = {event for event in client.sent for row in (quarantine if event.bad else hot) if event.landed_in(row)}
    assert client.acknowledged <= landed
    for rows, bad in ((hot, False), (quarantine, True)):
        assert all(any(event.landed_in(row) for event in client.sent if event.bad == bad) for row in rows)
    fingerprints = defaultdict(set)
    for row in hot:
        fingerprints[row["event_id"]].add(row["fingerprint"])
    assert all(len(found) == 1 for found in fingerprints.values())
    entries = lake.ledger.entries_of(lake.raw)
    assert {key for key in lake.raw if key not in entries or not entries[key].done} == lake.poison
    assert all(entry.sweeps <= MAX_SWEEPS for entry in entries.values())
    assert sum(entry.lines for entry in entries.values()) == len(hot) + len(quarantine) + len(damage)


def live(machine: type[Histories], histories: int) -> None:
    """Run histories that the code alone decides, not chance; Hypothesis prints the one that fails, with its seed."""
    machine.seen.clear()
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=histories,
            stateful_step_count=30,
            derandomize=True,
            database=None,
            deadline=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert machine.seen["history"] >= histories


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """The convert function logs each failure with its traceback; here they are most of what happens."""
    logger = logging.getLogger("lambdas.convert.handler")
    logger.disabled = True
    yield
    logger.disabled = False


@pytest.mark.parametrize("histories", HISTORIES)
def test_nothing_acknowledged_is_lost(histories: int) -> None:
    live(Histories, histories)
    # Histories in which nothing goes wrong would prove nothing; the rarest kind is in the whole form only.
    wanted = FAILURES if histories >= 1_000 else FAILURES - RARE
    assert {kind: Histories.seen[kind] for kind in wanted if Histories.seen[kind] < histories / ONE_IN} == {}


def killed(when: str, call: str) -> SimulatedLake:
    """Return a lake whose convert died at a call, of its second attempt if the first one does not make it."""
    lake = SimulatedLake(seed=1)
    lake.client.send([False, True, False], answer_lost=False)
    lake.pass_time(minutes=2)
    if call not in FIRST_CALLS:
        lake.convert(kill=Kill("before", "get"))
        lake.pass_time(seconds=HOLD_SECONDS + 1)
    lake.convert(kill=Kill(when, call))
    assert lake.happened["convert killed"] == (1 if call in FIRST_CALLS else 2)
    return lake


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("call", CONVERT_CALLS)
def test_convert_killed_at_any_call_and_run_again_loses_nothing(when: str, call: str) -> None:
    lake = killed(when, call)
    lake.pass_time(hours=2)
    while lake.convert():
        pass
    lake.redrive()
    lake.convert()
    check(lake)
    assert len(lake.rows("clickstream")) == 2


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("call", FIRST_CALLS)
def test_the_batch_of_a_killed_convert_is_done_within_a_minute(when: str, call: str) -> None:
    lake = killed(when, call)
    assert not lake.convert()
    lake.pass_time(seconds=HOLD_SECONDS + 1)
    lake.convert()
    check(lake)
    assert len(lake.rows("clickstream")) == 2


@pytest.mark.parametrize("call", FIRST_CALLS)
def test_an_attempt_that_is_overtaken_at_any_call_adds_nothing_to_what_was_promoted(call: str) -> None:
    lake = SimulatedLake(seed=1)
    lake.client.send([False, True, False], answer_lost=False)
    lake.pass_time(minutes=2)
    lake.convert(kill=Kill("overtaken", call))
    assert lake.happened["convert overtaken"] == 1
    assert lake.promoted["clickstream"]
    check(lake)
    assert len(lake.rows("clickstream")) == 2


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("call", SWEEP_CALLS)
def test_the_sweeper_killed_at_any_call_and_run_again_loses_nothing(when: str, call: str) -> None:
    lake = SimulatedLake(seed=1)
    lake.notification_faults = NotificationFaults(lose=1)
    lake.client.send([False, True, False], answer_lost=False)
    lake.pass_time(hours=2)
    for name, sweeps in (("begun", 0), ("stuck", MAX_SWEEPS)):
        key = f"raw/clickstream/2026/11/22/12/{name}"
        lake.write_raw(key, b"")
        lake.ledger.enter(key, stream="clickstream", gen="2026-11-22-14", token="t1", suppression=0)
        for _ in range(sweeps):
            lake.ledger.count_sweep(key)
    lake.pass_time(hours=1)
    lake.sweep(kill=Kill(when, call))
    assert lake.happened["sweep killed"] == 1
    lake.sweep()
    assert [entry.status for entry in lake.ledger.entries_of([key]).values()] == ["parked"]
    lake.queue.notify(key)  # its dead letter, redriven
    lake.convert()
    check(lake)
    assert len(lake.rows("clickstream")) == 2


def test_an_object_that_cannot_be_converted_holds_its_generation_up_until_it_is_parked() -> None:
    lake = SimulatedLake(seed=1)
    lake.client.send([False, False], answer_lost=False)
    lake.pass_time(minutes=2)
    lake.write_unreadable()
    lake.pass_time(hours=2)
    for _ in range(MAX_SWEEPS):
        while lake.convert():
            lake.pass_time(minutes=61)
        lake.promote(open_too=False)
        assert lake.promoted["clickstream"] == set()
        lake.sweep()
    lake.sweep()
    lake.promote(open_too=False)
    assert len(lake.promoted["clickstream"]) == 1
    lake.redrive()
    lake.convert()
    assert lake.violations() == []
    check(lake)


class DynamoHistories(Histories):
    """The same over the ledger of production, on DynamoDB as moto plays it."""

    client: ClassVar[Any]

    def make_lake(self, seed: int) -> SimulatedLake:
        table = f"ledger-{self.seen['begun']}"
        self.seen["begun"] += 1
        return SimulatedLake(seed, DynamoLedger(create_ledger_table(self.client, table), table))


def test_nothing_acknowledged_is_lost_with_the_ledger_of_production(aws: AwsClient) -> None:
    DynamoHistories.client = aws("dynamodb")
    live(DynamoHistories, 15)
