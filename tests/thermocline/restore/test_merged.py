"""Which of two entries of a raw object is true."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from thermocline.ledger import Entry
from thermocline.restore.merged import true_entry

DONE = Entry(raw_key="raw/a/1", stream="a", gen="2026-11-26-09", status="done", token="t1")
PENDING = replace(DONE, status="pending")
PARKED = replace(DONE, status="parked", gen=None)


@pytest.mark.parametrize("old", [DONE, PENDING, PARKED])
def test_what_only_one_ledger_has_is_true(old: Entry) -> None:
    assert true_entry(None, old) == true_entry(old, None) == old
    assert true_entry(None, None) is None


@pytest.mark.parametrize("now", [PENDING, PARKED, replace(DONE, token="t2", gen="2026-11-26-12")])
def test_what_was_done_stays_done(now: Entry) -> None:
    assert true_entry(now, DONE) == DONE


@pytest.mark.parametrize("now", [DONE, PENDING, PARKED])
def test_what_was_not_done_may_have_become_anything(now: Entry) -> None:
    assert true_entry(now, PENDING) == now


def test_what_an_erasure_has_written_into_an_entry_stays() -> None:
    erased = replace(DONE, suppressed=3)
    assert true_entry(erased, DONE) == erased
