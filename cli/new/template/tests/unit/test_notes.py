"""The handlers on a table in moto."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from lambdas.notes import count, listing, page
from lambdas.notes.create import text_of
from lambdas.notes.table import notes


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("LAKE_LINK_NOTES", json.dumps({"kind": "table", "table_name": "notes"}))
    with mock_aws():
        boto3.client("dynamodb").create_table(
            TableName="notes",
            BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        )
        yield notes()


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


@pytest.mark.parametrize("body", ["", "{", "[]", '{"text": 1}', '{"text": ""}'])
def test_what_is_no_note_has_no_text(body: str) -> None:
    assert text_of(body) is None
