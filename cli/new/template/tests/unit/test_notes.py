"""What reads the table: the list, the page and the cron."""

from __future__ import annotations

import json
from typing import Any

from lambdas.notes import count, listing, page


def test_notes_are_listed_oldest_first(table: Any) -> None:
    for at, text in (("2", "second"), ("1", "first")):
        table.put_item(Item={"id": text, "at": at, "text": text})
    found = json.loads(listing.main({}, None)["body"])
    assert [note["text"] for note in found] == ["first", "second"]


def test_the_page_shows_notes_and_runs_none_of_their_markup(table: Any) -> None:
    table.put_item(Item={"id": "1", "at": "1", "text": "<script>"})
    assert "<li>&lt;script&gt;</li>" in page.main({}, None)["body"]


def test_the_cron_counts_notes_but_not_its_own_count(table: Any) -> None:
    table.put_item(Item={"id": "1", "at": "1", "text": "x"})
    for _ in range(2):
        count.main({"time": "now"}, None)
    assert table.get_item(Key={"id": "count"})["Item"]["notes"] == 1
