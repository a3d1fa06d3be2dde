from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError
from msgspec.structs import replace

from tests.fakes import FixedClock
from tests.fakes.aws import AwsClient, create_ledger
from tests.fakes.clock import NOW
from thermocline.adapters.dynamodb_items import entry_item, member_key
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.convert.attempts import begin
from thermocline.errors import LedgerConflict
from thermocline.ledger import Entry, HotFile, Marks, Suppression

KEY = "raw/clickstream/2026/11/22/12/shop 1.gz"
GEN, LATER = "2026-11-22-12", "2026-11-22-13"
FILES = (
    HotFile(table="clickstream", key="hot/a.parquet", rows=3, bytes=2**40),
    HotFile(table="quarantine", key="quarantine/a.parquet", rows=1, bytes=9),
)


@pytest.fixture
def client(aws: AwsClient) -> Any:
    return create_ledger(aws, "ledger")


@pytest.fixture
def ledger(client: Any) -> DynamoLedger:
    return DynamoLedger(client, "ledger")


def enter(ledger: DynamoLedger, key: str = KEY, *, gen: str = GEN, token: str = "t1", suppression: int = 0) -> Entry:
    ledger.enter(key, stream=key.split("/")[1], gen=gen, token=token, suppression=suppression)
    entry = ledger.entry(key)
    assert entry
    return entry


def many(client: Any, count: int) -> dict[str, Entry]:
    """Write entries without transactions, for each of which moto copies the table."""
    entries = [
        Entry(raw_key=f"{KEY}{number}", stream="clickstream", gen=GEN, status="pending", token="t1")
        for number in range(count)
    ]
    for entry in entries:
        client.put_item(TableName="ledger", Item=entry_item(entry))
        client.put_item(TableName="ledger", Item=member_key(entry.stream, GEN, entry.raw_key))
    return {entry.raw_key: entry for entry in entries}


def done(entry: Entry) -> Entry:
    return replace(entry, status="done", files=FILES, lines=4, raw_bytes=2**40, misfits={"price": 1})


def test_an_entry_is_what_it_was_given(ledger: DynamoLedger) -> None:
    assert ledger.entry(KEY) is None
    entry = enter(ledger)
    assert entry == Entry(raw_key=KEY, stream="clickstream", gen=GEN, status="pending", token="t1")
    assert ledger.finish(done(entry))
    assert ledger.entry(KEY) == done(entry)


def test_an_object_is_entered_once(ledger: DynamoLedger) -> None:
    entry = enter(ledger)
    with pytest.raises(LedgerConflict, match=f"^raw#{KEY}: entry ConditionalCheckFailed$"):
        enter(ledger, gen=LATER, token="t2")
    assert ledger.finish(done(entry))
    with pytest.raises(LedgerConflict):
        enter(ledger, gen=LATER, token="t2")
    assert ledger.next_generation("clickstream", LATER) is None


@pytest.mark.parametrize("stream", ["clickstream", "quarantine"])
def test_nothing_enters_a_closed_generation(ledger: DynamoLedger, stream: str) -> None:
    ledger.close(stream, LATER)
    with pytest.raises(LedgerConflict):
        enter(ledger, gen=GEN)
    assert (ledger.entry(KEY), ledger.next_generation("clickstream", "")) == (None, None)
    assert enter(ledger, gen=LATER).gen == LATER


def test_another_streams_mark_does_not_matter_and_quarantines_own_counts_once(ledger: DynamoLedger) -> None:
    ledger.close("telemetry", LATER)
    assert enter(ledger).gen == GEN
    assert enter(ledger, "raw/quarantine/x").gen == GEN
    ledger.close("quarantine", LATER)
    with pytest.raises(LedgerConflict):
        enter(ledger, "raw/quarantine/y")


def test_an_attempt_begins_under_the_current_suppression_list_only(ledger: DynamoLedger) -> None:
    assert ledger.suppression() == Suppression()
    with pytest.raises(LedgerConflict):
        enter(ledger, suppression=1)
    entry = enter(ledger)
    assert ledger.suppress(["x"]) == 1
    assert ledger.suppression() == Suppression(version=1, subjects=frozenset({"x"}))
    for outdated in (0, 2):
        with pytest.raises(LedgerConflict):
            ledger.take_over(entry, token="t2", suppression=outdated)
        with pytest.raises(LedgerConflict):
            enter(ledger, KEY + "2", suppression=outdated)
    ledger.take_over(entry, token="t2", suppression=1)
    assert ledger.entry(KEY) == replace(entry, token="t2", suppression=1)


def test_attempts_are_open_until_they_say_that_they_ended(client: Any) -> None:
    ledger = DynamoLedger(client, "ledger", clock=FixedClock())
    first = enter(ledger)
    ledger.take_over(first, token="t2", suppression=0)
    assert {(each.token, each.raw_key, each.begun_at) for each in ledger.open_attempts(1)} == {
        ("t1", KEY, NOW),
        ("t2", KEY, NOW),
    }
    assert ledger.open_attempts(0) == []
    assert not ledger.finish(done(first))
    assert [attempt.token for attempt in ledger.open_attempts(1)] == ["t2"]
    assert ledger.finish(done(replace(first, token="t2")))
    assert ledger.open_attempts(1) == []


def test_an_attempt_that_was_taken_over_cannot_finish(ledger: DynamoLedger) -> None:
    first = enter(ledger)
    ledger.take_over(first, token="t2", suppression=0)
    with pytest.raises(LedgerConflict):
        ledger.take_over(first, token="t3", suppression=0)
    assert not ledger.finish(done(first))
    second = ledger.entry(KEY)
    assert second == replace(first, token="t2")
    assert ledger.finish(done(second))
    with pytest.raises(LedgerConflict):
        ledger.take_over(second, token="t3", suppression=0)


def test_a_second_finish_of_the_same_attempt_says_the_same(ledger: DynamoLedger) -> None:
    entry = done(enter(ledger))
    assert ledger.finish(entry)
    assert ledger.finish(entry)


def test_a_parked_entry_belongs_to_no_generation_until_it_begins_anew(ledger: DynamoLedger) -> None:
    entry = enter(ledger)
    ledger.count_sweep(KEY)
    ledger.park(entry, token="t2")
    assert ledger.entry(KEY) == replace(entry, gen=None, status="parked", token="t2")
    assert ledger.parked() == [ledger.entry(KEY)]
    assert (ledger.entries("clickstream", GEN), ledger.next_generation("clickstream", "")) == ([], None)
    assert not ledger.finish(done(entry))
    for stale in (entry, replace(entry, token="t2")):
        with pytest.raises(LedgerConflict):
            ledger.park(stale, token="t3")
        with pytest.raises(LedgerConflict):
            ledger.take_over(stale, token="t3", suppression=0)
    ledger.close("clickstream", LATER)
    anew = enter(ledger, gen=LATER, token="t4")
    assert (anew.sweeps, ledger.entries("clickstream", LATER), ledger.parked()) == (0, [anew], [])


def test_an_entry_that_is_done_is_not_parked(ledger: DynamoLedger) -> None:
    entry = enter(ledger)
    assert ledger.finish(done(entry))
    with pytest.raises(LedgerConflict):
        ledger.park(entry, token="t2")
    assert ledger.entries("clickstream", GEN) == [done(entry)]


def test_marks_never_move_back(ledger: DynamoLedger) -> None:
    assert ledger.marks("clickstream") == Marks()
    for gen in (LATER, GEN):
        ledger.close("clickstream", gen)
        ledger.advance("clickstream", gen)
    assert ledger.marks("clickstream") == Marks(closing=LATER, watermark=LATER)
    assert ledger.marks("telemetry") == Marks()


def test_a_generation_has_its_own_entries_of_any_number(client: Any, ledger: DynamoLedger) -> None:
    keys = many(client, 130)
    enter(ledger, "raw/telemetry/x")
    later = enter(ledger, KEY + "later", gen=LATER)
    assert sorted(entry.raw_key for entry in ledger.entries("clickstream", GEN)) == sorted(keys)
    assert ledger.entries("clickstream", LATER) == [later]
    assert ledger.entries("clickstream", "2026-11-22-1") == []


def test_the_next_generation_is_the_first_that_has_an_entry(ledger: DynamoLedger) -> None:
    for gen in (LATER, GEN, "2026-11-23-00"):
        enter(ledger, f"{KEY}{gen}", gen=gen)
    starts = ["", GEN, LATER, "2026-11-22-14", "2026-11-23-01"]
    assert [ledger.next_generation("clickstream", start) for start in starts] == [
        GEN, GEN, LATER, "2026-11-23-00", None
    ]  # fmt: skip


def test_the_sweeper_is_told_what_is_begun_done_and_swept_of_any_number(client: Any, ledger: DynamoLedger) -> None:
    entries = many(client, 130)
    keys = list(entries)
    assert ledger.finish(done(entries[keys[-1]]))
    ledger.count_sweep(keys[0])
    ledger.count_sweep(keys[0])
    expected = {**entries, keys[-1]: done(entries[keys[-1]]), keys[0]: replace(entries[keys[0]], sweeps=2)}
    assert ledger.entries_of([*keys, "raw/clickstream/never-begun"]) == expected
    assert ledger.entries_of([]) == {}


def test_a_sweep_is_counted_on_entries_only(ledger: DynamoLedger) -> None:
    ledger.count_sweep(KEY)
    assert ledger.entry(KEY) is None


def test_another_error_is_not_taken_for_a_conflict(aws: AwsClient) -> None:
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        enter(DynamoLedger(aws("dynamodb"), "missing"))


def test_keys_that_dynamodb_left_unprocessed_are_asked_for_again(client: Any, ledger: DynamoLedger) -> None:
    class Reluctant:
        """Answers for one key a call."""

        def batch_get_item(self, *, RequestItems: dict[str, Any]) -> dict[str, Any]:
            first, *rest = RequestItems["ledger"]["Keys"]
            answer = client.batch_get_item(RequestItems={"ledger": RequestItems["ledger"] | {"Keys": [first]}})
            left = {"ledger": {"Keys": rest}} if rest else {}
            return {"Responses": answer["Responses"], "UnprocessedKeys": left}

    keys = [KEY + str(number) for number in range(3)]
    for key in keys:
        enter(ledger, key)
    pauses: list[int] = []
    assert DynamoLedger(Reluctant(), "ledger", pause=pauses.append).entries_of(keys).keys() == set(keys)
    assert pauses == [1, 2]


class Refusing:
    """DynamoDB's client, whose next writes are refused with an error."""

    def __init__(self, client: Any, error: dict[str, Any], times: int) -> None:
        self._client = client
        self._error = error
        self.times = times

    def __getattr__(self, name: str) -> Any:
        if not self.times or name not in ("transact_write_items", "update_item"):
            return getattr(self._client, name)
        self.times -= 1
        return self._refuse

    def _refuse(self, **_: Any) -> None:
        raise ClientError(self._error, "TransactWriteItems")


def cancelled(*codes: str) -> dict[str, Any]:
    return {
        "Error": {"Code": "TransactionCanceledException", "Message": "cancelled"},
        "CancellationReasons": [{"Code": code} for code in codes],
    }


@pytest.mark.parametrize("code", ["TransactionConflict", "ConditionalCheckFailed", "ThrottlingError"])
def test_a_race_is_a_conflict_which_says_who_lost(client: Any, code: str) -> None:
    ledger = DynamoLedger(Refusing(client, cancelled("None", "None", code, "None", "None"), 1), "ledger")
    with pytest.raises(LedgerConflict, match=f"^raw#{KEY}: closing {code}$"):
        enter(ledger)
    assert enter(ledger).gen == GEN


def test_a_transaction_that_is_wrong_is_no_race(client: Any) -> None:
    ledger = DynamoLedger(Refusing(client, cancelled("ConditionalCheckFailed", "ValidationError"), 1), "ledger")
    with pytest.raises(ClientError):
        enter(ledger)


CONFLICT = {"Error": {"Code": "TransactionConflictException", "Message": "ongoing transaction"}}


def test_a_single_write_that_meets_a_transaction_is_made_again(client: Any) -> None:
    pauses: list[int] = []
    refusing = Refusing(client, CONFLICT, 3)
    ledger = DynamoLedger(refusing, "ledger", pause=pauses.append)
    ledger.close("clickstream", GEN)
    assert (ledger.marks("clickstream").closing, pauses) == (GEN, [1, 2, 3])
    refusing.times = 99
    with pytest.raises(LedgerConflict):
        ledger.close("clickstream", LATER)
    assert ledger.marks("clickstream").closing == GEN


def race(*calls: Callable[[], object]) -> None:
    """Make calls at the same time."""
    with ThreadPoolExecutor(len(calls)) as pool:
        for future in [pool.submit(call) for call in calls]:
            future.result()


class OneCallAtATime:
    """A client whose calls do not overlap: DynamoDB's do not see each other's halves, and moto's would."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._lock = threading.Lock()

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)
        return lambda **arguments: self._locked(method, arguments)

    def get_paginator(self, name: str) -> Any:
        paginate = self._client.get_paginator(name).paginate
        return SimpleNamespace(paginate=lambda **arguments: self._locked(lambda **a: list(paginate(**a)), arguments))

    def _locked(self, method: Callable[..., Any], arguments: dict[str, Any]) -> Any:
        with self._lock:
            return method(**arguments)


@pytest.fixture
def raced(client: Any) -> DynamoLedger:
    return DynamoLedger(OneCallAtATime(client), "ledger")


def quick(_: int) -> None:
    time.sleep(random.uniform(0, 0.01))


def test_of_many_attempts_at_one_object_one_finishes_and_its_files_are_the_entrys(raced: DynamoLedger) -> None:
    finished: list[Entry] = []

    def attempt(number: int) -> None:
        begun = begin(raced, KEY, stream="clickstream", hour=GEN, pause=quick)
        if begun is None:
            return
        file = HotFile(table="clickstream", key=f"{number}", rows=1, bytes=1)
        entry = begun.finished(files=(file,), lines=1, raw_bytes=1)
        if raced.finish(entry):
            finished.append(entry)

    race(*[lambda number=number: attempt(number) for number in range(8)])
    assert [raced.entry(KEY)] == finished
    assert raced.entries("clickstream", GEN) == finished


@pytest.mark.parametrize("closed", ["clickstream", "quarantine"])
def test_no_entry_is_in_a_generation_that_was_closed_before_it_was_read(raced: DynamoLedger, closed: str) -> None:
    """Attempts begin while a generation closes: what is read after that is all that it ever has."""
    seen: list[set[str]] = []

    def close() -> None:
        time.sleep(random.uniform(0, 0.05))
        raced.close(closed, LATER)
        seen.append({entry.raw_key for entry in raced.entries("clickstream", GEN)})

    def attempt(key: str) -> None:
        assert begin(raced, key, stream="clickstream", hour=GEN, pause=quick)

    keys = [f"{KEY}{number}" for number in range(24)]
    race(close, *[lambda key=key: attempt(key) for key in keys])
    assert [{entry.raw_key for entry in raced.entries("clickstream", GEN)}] == seen
    assert raced.entries_of(keys).keys() == set(keys)
    assert {entry.gen for entry in raced.entries_of(keys).values()} <= {GEN, LATER}
