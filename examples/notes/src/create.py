"""``POST /notes``: one more note."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from typing import Any

import boto3
from note import Note

from kit.runtime.http import body_of
from kit.runtime.links import links


def main(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Answer one request."""
    try:
        note = Note.from_json(body_of(event))
    except ValueError as error:
        return _answer(400, {"message": str(error)})
    item = {"id": str(uuid.uuid4()), "at": dt.datetime.now(dt.UTC).isoformat(), "text": note.text}
    boto3.resource("dynamodb").Table(links().table("notes").table_name).put_item(Item=item)
    return _answer(201, item)


def _answer(status: int, body: object) -> dict[str, Any]:
    return {"statusCode": status, "headers": {"content-type": "application/json"}, "body": json.dumps(body)}
