from __future__ import annotations

import json
import stat
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offline.errors import OfflineError
from offline.journal import Call, Invocation, Journal, calls_of, find_invocation, invocations

READ = Call(service="s3", operation="GetObject", resource="lake")
WRITE = Call(service="s3", operation="PutObject", resource="lake")


def invocation(number: int, *, function: str = "own", event: bytes | None = None, **more: object) -> Invocation:
    return Invocation(
        id=f"{number:08x}",
        function=function,
        started_at="2026-11-24T12:00:00.000+00:00",
        seconds=0.5,
        ok=True,
        event=event or json.dumps({"number": number}).encode(),
        result=b"null",
        **more,  # type: ignore[arg-type]
    )


def test_what_is_written_is_read_again_the_newest_first(tmp_path: Path) -> None:
    path = tmp_path / "tmp" / "journal.db"
    journal = Journal(path)
    journal.add(invocation(1))
    journal.add(invocation(2, function="other"))
    journal.add(invocation(3))
    assert [found.id for found in invocations(path)] == ["00000003", "00000002", "00000001"]
    assert invocations(path, function="own", limit=1) == [invocation(3)]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    journal.close()
    again = Journal(path)
    again.add(invocation(4))
    again.close()
    assert len(invocations(path)) == 4


def test_an_invocation_is_found_by_the_start_of_its_id(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.db")
    for number in (0x10, 0x11, 0x11, 0x20):
        journal.add(invocation(number, function="own" if number < 0x20 else "other"))
    assert find_invocation(tmp_path / "journal.db", "own", "00000010").id == "00000010"
    assert find_invocation(tmp_path / "journal.db", "own", "last").id == "00000011"
    assert find_invocation(tmp_path / "journal.db", "own", "00000011").id == "00000011"  # a retry has the same id
    journal.close()
    with pytest.raises(OfflineError, match="begins the ids of 3 invocations"):
        find_invocation(tmp_path / "journal.db", "own", "0000001")
    for wanted in ("00000020", "%", "_"):
        with pytest.raises(OfflineError, match="has no invocation"):
            find_invocation(tmp_path / "journal.db", "own", wanted)


def test_there_is_nothing_in_an_environment_that_never_ran(tmp_path: Path) -> None:
    assert invocations(tmp_path / "journal.db") == []
    assert calls_of(tmp_path / "journal.db") == {}
    assert not (tmp_path / "journal.db").exists()


@given(st.lists(st.integers(1, 400), min_size=1, max_size=30), st.integers(1, 10), st.integers(1, 1_000))
def test_the_oldest_go_first_and_the_newest_stays(sizes: list[int], most: int, room: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        journal = Journal(path, max_invocations=most, max_bytes=room)
        for number, size in enumerate(sizes):
            journal.add(invocation(number, event=b"x" * size))
        kept = [int(found.id, 16) for found in invocations(path, limit=100)]
        journal.close()
    assert kept == list(range(len(sizes)))[::-1][: len(kept)]
    assert 1 <= len(kept) <= most
    assert len(kept) == 1 or sum(sizes[number] + 4 for number in kept) <= room
    fits = len(kept) < most and len(kept) < len(sizes)
    assert not fits or sum(sizes[number] + 4 for number in [*kept, kept[-1] - 1]) > room


def test_calls_are_kept_once_and_longer_than_invocations(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    journal = Journal(path, max_invocations=1)
    journal.add(invocation(1, calls=frozenset({READ, WRITE})))
    journal.add(invocation(2, calls=frozenset({READ})))
    journal.add(invocation(3, function="other", calls=frozenset({WRITE})))
    journal.close()
    assert calls_of(path) == {"own": frozenset({READ, WRITE}), "other": frozenset({WRITE})}


def test_a_full_disk_leaves_a_gap_and_no_error(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "journal.db"
    journal = Journal(path)
    journal.add(invocation(1))
    pages = limit_pages(journal, 1)
    for number in range(2, 5):
        journal.add(invocation(number, event=b"x" * 100_000))
    assert [found.id for found in invocations(path)] == ["00000001"]
    limit_pages(journal, pages + 1_000)
    journal.add(invocation(5))
    assert [found.id for found in invocations(path)] == ["00000005", "00000001"]
    journal.close()
    assert [record.getMessage() for record in caplog.records] == [
        f"the journal {path} cannot be written, and has gaps until it can: database or disk is full",
        f"the journal {path} is written again",
    ]


def limit_pages(journal: Journal, most: int) -> int:
    """Have SQLite find the disk full beyond so many pages (but never fewer than it has); return how many it has."""
    (pages,) = journal._database.execute("PRAGMA page_count").fetchone()
    journal._database.execute(f"PRAGMA max_page_count = {most}")
    return int(pages)


def test_a_journal_that_cannot_be_opened_is_opened_later(tmp_path: Path) -> None:
    folder = tmp_path / "tmp"
    folder.write_text("a file where the folder should be")
    journal = Journal(folder / "journal.db")
    journal.add(invocation(1))
    folder.unlink()
    journal.add(invocation(2))
    journal.close()
    assert [found.id for found in invocations(folder / "journal.db")] == ["00000002"]


def test_a_damaged_journal_stops_nobody_and_says_so_when_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.write_bytes(b"no database" * 100)
    journal = Journal(path)
    journal.add(invocation(1))
    journal.close()
    with pytest.raises(OfflineError, match="cannot be read"):
        invocations(path)


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    path = tmp_path / "lake one ü 100% #1?" / "journal.db"
    journal = Journal(path)
    journal.add(invocation(1))
    journal.close()
    assert [found.id for found in invocations(path)] == ["00000001"]
