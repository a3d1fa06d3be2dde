"""Which metadata landed last, when those of refused commits lie beside them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest

from thermocline.errors import RestoreRefused
from thermocline.restore.choice import Metadata, choose

NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
NINE, TEN, ELEVEN = "2026-11-26-09", "2026-11-26-10", "2026-11-26-11"


def file(key: str, *gens: str, fence: int = 5, minutes: int = 0, **options: Any) -> Metadata:
    """Return metadata whose commit decides generations, beside those of nine o'clock."""
    ids = {gen: f"ids/{gen}" for gen in (NINE, *gens)}
    updated = NOON + dt.timedelta(minutes=minutes)
    known = Metadata(key=key, number=3, table_id="one", fence=fence, updated=updated, gens=gens, ids=ids)
    return msgspec.structs.replace(known, **options)


def chosen(*files: Metadata, watermark: str = TEN) -> str:
    return choose("clicks", files, watermark=watermark).key


def test_the_only_one_is_taken_whether_its_commit_landed_or_is_late() -> None:
    assert chosen(file("a", TEN)) == "a"
    assert chosen(file("a")) == "a"


def test_of_promotions_that_are_not_published_the_later_one_is_taken() -> None:
    assert chosen(file("old", TEN, fence=5), file("new", TEN, fence=6)) == "new"
    assert chosen(file("first", TEN), file("again", TEN, minutes=1)) == "again"


def test_one_that_lacks_a_published_generation_did_not_land() -> None:
    assert chosen(file("landed", TEN, fence=5), file("compacted", fence=6), watermark=ELEVEN) == "landed"


def test_what_does_not_come_again_is_taken_before_what_does() -> None:
    assert chosen(file("compacted", fence=5), file("promotion", TEN, fence=6)) == "compacted"
    columns = file("columns", fence=6, changes_rows=False)
    assert chosen(columns, file("replay", NINE, fence=5)) == "replay"


def test_two_that_promoted_one_generation_have_the_same_rows() -> None:
    assert chosen(file("refused", TEN, fence=5), file("landed", TEN, fence=6), watermark=ELEVEN) == "landed"


@pytest.mark.parametrize(
    "others",
    [
        (file("a"), file("b", fence=6)),
        (file("a"), file("b", NINE, fence=6)),
        (file("a", NINE), file("b", NINE, TEN, fence=6)),
        (file("a", TEN), file("b", TEN, table_id="two")),
    ],
    ids=["two compactions", "a compaction and a replay", "two replays", "two tables"],
)
def test_what_cannot_be_told_apart_is_left_to_a_person(others: tuple[Metadata, ...]) -> None:
    with pytest.raises(RestoreRefused, match=r"cannot be told apart: a, b\. .* --metadata"):
        chosen(*others)


def test_a_file_whose_objects_are_gone_is_not_taken() -> None:
    assert chosen(file("whole", TEN), file("broken", TEN, fence=6, missing=("warm/clicks/data/x",))) == "whole"
    with pytest.raises(RestoreRefused, match=r"broken needs 1 objects that are gone, such as x.*restore objects"):
        chosen(file("broken", missing=("x",)))


def test_an_empty_table_that_was_made_over_the_lost_one_is_not_taken() -> None:
    assert chosen(file("empty", rows=False, table_id="two", fence=0), file("full", TEN)) == "full"
    assert chosen(file("empty", rows=False)) == "empty"


def test_without_metadata_it_says_how_deleted_ones_come_back() -> None:
    with pytest.raises(RestoreRefused, match="clicks has no metadata: `lake restore objects`"):
        chosen()
