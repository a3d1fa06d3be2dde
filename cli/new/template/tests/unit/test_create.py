"""A new note, from the request to the table and the lake."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from lambdas.notes import create, listing
from thermocline.events.frames import zstd


def raw_events(lake: Any) -> list[dict[str, Any]]:
    bodies = [entry.get()["Body"].read() for entry in lake.objects.filter(Prefix="raw/clickstream/")]
    return [json.loads(line) for body in bodies for line in zstd.decompress(body).splitlines()]


@pytest.mark.parametrize(
    "event",
    [
        {"body": '{"text": "hello"}'},
        # What `curl -d` sends is a form to API Gateway, which it does not take for text.
        {"body": "eyJ0ZXh0IjogImhlbGxvIn0=", "isBase64Encoded": True},
    ],
)
def test_a_note_is_kept_and_told_to_the_lake(table: Any, lake: Any, event: dict[str, Any]) -> None:
    answer = create.main(event, None)
    note = json.loads(answer["body"])
    assert (answer["statusCode"], note["text"]) == (201, "hello")
    assert json.loads(listing.main({}, None)["body"]) == [note]
    (sent,) = raw_events(lake)
    assert (sent["event_name"], sent["source"]) == ("Note Created", "notes")
    assert json.loads(sent["properties"]) == {"id": note["id"], "length": 5}


def test_a_body_that_is_no_text_is_refused(table: Any, lake: Any) -> None:
    body = base64.b64encode(b"\xff").decode()
    assert create.main({"body": body, "isBase64Encoded": True}, None)["statusCode"] == 400


@pytest.mark.parametrize("body", ["", "{", "[]", '{"text": 1}', '{"text": ""}'])
def test_what_is_no_note_is_refused_and_kept_nowhere(table: Any, lake: Any, body: str) -> None:
    assert create.main({"body": body}, None)["statusCode"] == 400
    assert listing.listed(table) == []
    assert raw_events(lake) == []
