"""A replay leaves the rows that a recovery from quarantine has to it, in every state of the recovery."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.thermocline.replay.lake import BIG, GENS, TABLE, ReplayLake, drive, line
from tests.thermocline.replay.test_rules import bad_id, events
from thermocline.adapters.iceberg_tables import arrow_schema, table_schema
from thermocline.contracts import load_contracts
from thermocline.events.quarantined import Quarantined
from thermocline.recover.model import Choice
from thermocline.streams import QUARANTINE
from thermocline.warm.leaving import QuarantineFiles
from thermocline.warm.model import Change

GEN, BAD = GENS[0], line("x", quantity=BIG)


@pytest.fixture
def lake(tmp_path: Path) -> ReplayLake:
    return ReplayLake(tmp_path)


def arrived(lake: ReplayLake) -> str:
    """Let an object arrive with a line that is bad until the contract is wide, and that a recovery has claimed."""
    key = lake.arrive(GEN, "a", [BAD, line("y"), b"no JSON\n"])
    lake.promote()
    lake.claims.claim(key, [bad_id(BAD)], f"raw/{TABLE}/2026/11/22/12/recovered-1.ndjson.zst")
    return key


def let_go(lake: ReplayLake, key: str) -> None:
    """Let the row leave quarantine, as the recovery does."""
    contract = load_contracts()[QUARANTINE]
    files = QuarantineFiles(
        files=lake.bucket,
        contract=contract,
        schema_of=lambda _: arrow_schema(table_schema(contract)),
        folder=lake.folder / "work",
        memory_mb=200,
    )
    warm = lake.tables.by_name[QUARANTINE]
    (file,) = warm.files_now.values()
    leaving = [row for row in rows_of(files, lake) if row.event_id == bad_id(BAD)]
    ids = files.ids_without(GEN, warm.ids[GEN], leaving)
    left = files.without(file, leaving)
    assert left is not None
    lake.tables.commit(lake.tables.load(QUARANTINE), Change(token=warm.fence, remove=(file,), add=left, ids={GEN: ids}))


def rows_of(files: QuarantineFiles, lake: ReplayLake) -> list[Quarantined]:
    """Return the rows of quarantine."""
    held = list(lake.tables.by_name[QUARANTINE].files_now.values())
    groups = files.groups(held, Choice(table=TABLE).values, first="", before=GENS[-1])
    return [row for group in groups for row in group]


def fates(lake: ReplayLake) -> list[bool]:
    """Return what the identities say of the bad rows: False has left."""
    return sorted(bool(kept) for _, _, kept in lake.ids(QUARANTINE)[GEN])


def test_a_row_stays_in_quarantine_until_the_recovery_lets_it_go(lake: ReplayLake) -> None:
    key = arrived(lake)
    for _ in range(2):
        drive(lake, GEN, GEN)
        assert events(lake) == [(GEN, "y")]
        assert len(lake.rows(QUARANTINE)) == 2
        assert fates(lake) == [True, True]
        assert lake.books_balance()
    let_go(lake, key)
    assert len(lake.rows(QUARANTINE)) == 1


def test_a_row_that_has_left_is_known_to_have_left(lake: ReplayLake) -> None:
    let_go(lake, arrived(lake))
    for _ in range(2):
        drive(lake, GEN, GEN)
        assert events(lake) == [(GEN, "y")]
        assert len(lake.rows(QUARANTINE)) == 1
        assert fates(lake) == [False, True]


def test_a_row_that_is_bad_again_is_there_once(lake: ReplayLake) -> None:
    key = lake.arrive(GEN, "a", [BAD, line("y")])
    lake.promote()
    drive(lake, GEN, GEN, wide=False)
    lake.claims.claim(key, [bad_id(BAD)], f"raw/{TABLE}/2026/11/22/12/recovered-1.ndjson.zst")
    drive(lake, GEN, GEN, wide=False)
    assert len(lake.rows(QUARANTINE)) == 1
