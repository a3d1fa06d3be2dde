"""An attempt's begin: which generation an object is in, and who may finish it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.fakes import MemoryLedger
from thermocline.convert.attempts import Attempt, begin
from thermocline.errors import LedgerConflict
from thermocline.ledger import Suppression
from thermocline.streams import QUARANTINE

KEY = "raw/clickstream/2026/11/22/12/x"
HOUR, LATER = "2026-11-22-12", "2026-11-22-15"
gens = st.sampled_from(["", "2026-11-22-11", HOUR, "2026-11-22-13", LATER])


def attempt(ledger: MemoryLedger, hour: str = HOUR) -> Attempt | None:
    return begin(ledger, KEY, stream="clickstream", hour=hour, pause=lambda _: None)


@given(gens, gens)
def test_a_new_object_enters_the_open_generation(closed: str, quarantine_closed: str) -> None:
    ledger = MemoryLedger({"clickstream": closed, QUARANTINE: quarantine_closed, "telemetry": "2027-01-01-00"})
    begun = attempt(ledger)
    assert begun
    assert begun.gen == max(HOUR, closed, quarantine_closed) == ledger.by_key[KEY].gen
    assert begun.token == ledger.by_key[KEY].token


def test_every_attempt_has_a_token_of_its_own_and_the_first_ones_generation() -> None:
    ledger = MemoryLedger()
    first = attempt(ledger)
    ledger.close("clickstream", LATER)
    second = attempt(ledger, hour=LATER)
    assert first
    assert second
    assert (second.gen, second.token != first.token, ledger.by_key[KEY].token) == (HOUR, True, second.token)
    assert not ledger.finish(first.finished(files=(), lines=0, raw_bytes=0))
    assert ledger.finish(second.finished(files=(), lines=0, raw_bytes=0))


def test_an_object_that_is_done_has_no_more_attempts() -> None:
    ledger = MemoryLedger()
    first = attempt(ledger)
    assert first
    assert ledger.finish(first.finished(files=(), lines=0, raw_bytes=0))
    entry = ledger.by_key[KEY]
    assert attempt(ledger) is None
    assert ledger.by_key[KEY] is entry


def test_a_parked_object_begins_anew_in_the_open_generation() -> None:
    ledger = MemoryLedger()
    slow = attempt(ledger)
    assert slow
    ledger.count_sweep(KEY)
    ledger.park(ledger.by_key[KEY], token="parked")
    ledger.close("clickstream", LATER)
    begun = attempt(ledger)
    assert begun
    assert (begun.gen, ledger.by_key[KEY].status, ledger.by_key[KEY].sweeps) == (LATER, "pending", 0)
    assert not ledger.finish(slow.finished(files=(), lines=0, raw_bytes=0))


def test_a_generation_that_closes_meanwhile_is_not_entered() -> None:
    ledger = MemoryLedger()
    ledger.before_write = lambda: ledger.close("clickstream", LATER)
    begun = attempt(ledger)
    assert begun
    assert begun.gen == LATER


def test_an_attempt_applies_the_list_as_it_is_when_it_begins() -> None:
    ledger = MemoryLedger()

    def change() -> None:
        ledger.listed = Suppression(version=ledger.listed.version + 1)

    for version in (1, 2):
        ledger.before_write = change
        begun = attempt(ledger)
        assert begun
        assert begun.suppression == ledger.by_key[KEY].suppression == version


def test_one_that_another_finishes_meanwhile_is_done() -> None:
    ledger = MemoryLedger()
    assert attempt(ledger)

    def finish() -> None:
        ledger.by_key[KEY] = replace(ledger.by_key[KEY], status="done")

    ledger.before_write = finish
    assert attempt(ledger) is None


def test_a_ledger_that_always_changes_is_an_error_after_longer_and_longer_pauses() -> None:
    ledger, pauses = MemoryLedger(), list[int]()

    def change() -> None:
        ledger.listed = Suppression(version=ledger.listed.version + 1)
        ledger.before_write = change

    ledger.before_write = change
    with pytest.raises(LedgerConflict):
        begin(ledger, KEY, stream="clickstream", hour=HOUR, pause=pauses.append)
    assert pauses == list(range(1, 8))
    assert ledger.by_key == {}
