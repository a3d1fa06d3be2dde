"""A warm table is registered once, with metadata that have all that was published."""

from __future__ import annotations

import pytest

from tests.fakes import MemoryLedger
from tests.fakes.views import FakeViews
from tests.thermocline.restore.test_choice import NINE, TEN, file
from thermocline.contracts import load_contracts
from thermocline.errors import RestoreRefused, UnknownStream
from thermocline.generations import following
from thermocline.ledger import Entry
from thermocline.restore.choice import Metadata
from thermocline.restore.table import RestoreTable

CLICKS = "clickstream"


class FakeTables:
    def __init__(self, *files: Metadata, registered: str | None = None) -> None:
        self.files, self.key = list(files), registered

    def registered(self, table: str) -> str | None:
        return self.key

    def metadata(self, table: str) -> list[Metadata]:
        return self.files

    def register(self, table: str, key: str) -> None:
        assert self.key is None
        self.key = key


def restoring(tables: FakeTables, ledger: MemoryLedger | None = None) -> RestoreTable:
    return RestoreTable(tables=tables, ledger=ledger or MemoryLedger(), views=FakeViews(), contracts=load_contracts())


def test_a_table_that_is_there_is_left_alone() -> None:
    tables = FakeTables(file("b", TEN), registered="a")
    assert restoring(tables)(CLICKS).state == "there"
    assert tables.key == "a"


def test_a_dry_run_registers_nothing() -> None:
    tables = FakeTables(file("a", TEN, fence=4), file("b", TEN))
    restored = restoring(tables)(CLICKS, dry_run=True)
    assert (restored.state, restored.metadata, restored.left, restored.last) == ("lost", "b", ("a",), TEN)
    assert tables.key is None
    assert restoring(tables)(CLICKS).state == "restored"
    assert tables.key == "b"


def test_a_person_may_choose_among_the_latest() -> None:
    tables = FakeTables(file("a"), file("b", fence=6), file("c", missing=("x",)))
    with pytest.raises(RestoreRefused, match="d is none of the latest metadata: a, b, c"):
        restoring(tables)(CLICKS, metadata="d")
    with pytest.raises(RestoreRefused, match="c needs objects that are gone, such as x"):
        restoring(tables)(CLICKS, metadata="c")
    restoring(tables)(CLICKS, metadata="a")
    assert tables.key == "a"


@pytest.mark.parametrize("metadata", [None, "a"])
def test_metadata_that_lack_what_was_published_are_refused(metadata: str | None) -> None:
    ledger, tables = MemoryLedger(), FakeTables(file("a"))
    ledger.by_key["raw/clickstream/x"] = Entry(
        raw_key="raw/clickstream/x", stream=CLICKS, gen=TEN, status="done", token="t"
    )
    restore = restoring(tables, ledger)
    assert restore(CLICKS, metadata=metadata, dry_run=True).last == NINE
    ledger.advance(CLICKS, following(TEN))
    with pytest.raises(RestoreRefused, match=rf"end with generation {NINE}, and {TEN} was published"):
        restore(CLICKS, metadata=metadata)
    assert tables.key is None


def test_there_must_be_such_a_table() -> None:
    with pytest.raises(UnknownStream):
        restoring(FakeTables())("nothing")
