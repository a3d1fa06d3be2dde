"""Histories in which the ledger is lost, wholly or in part, at any moment: each row is there all the same, and once."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.histories.tiers.restoring import RestoredLake
from tests.histories.tiers.test_tiers import HISTORIES, ONE_IN, Histories, live

# Parked entries come up in few histories, or none: they have a test of their own (test_restored_rules.py).
KINDS = ("ledger restored", "entries rebuilt", "objects missing", "commit: TRUE")


class Losses(Histories):
    """Histories as before, and losses of the ledger."""

    lake: RestoredLake

    def make_lake(self) -> RestoredLake:
        return RestoredLake()

    @rule()
    def a_copy_is_made(self) -> None:
        self.lake.copies_ledger()

    @rule(copied=st.booleans(), parts=st.integers(1, 3))
    def the_ledger_is_lost(self, copied: bool, parts: int) -> None:
        self.lake.forgets(parts=parts)
        self.lake.restores(copied=copied, whole=parts == 1)


@pytest.mark.parametrize("histories", HISTORIES)
def test_no_row_is_lost_or_doubled_when_the_ledger_is_restored(histories: int) -> None:
    live(Losses, histories)
    assert {kind: Losses.seen[kind] for kind in KINDS if Losses.seen[kind] < histories / ONE_IN} == {}
