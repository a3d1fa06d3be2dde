"""``POST /notes``: keep a note, and send an event about it to the lake."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from typing import Any

from kit.runtime.http import body_of
from lambdas.notes.table import notes
from thermocline.track import track


def main(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Answer one request."""
    text = text_of(body_of(event))
    if not text:
        return _answer(400, {"message": 'a note is {"text": "…"}'})
    note = {"id": str(uuid.uuid4()), "at": dt.datetime.now(dt.UTC).isoformat(), "text": text}
    notes().put_item(Item=note)
    track("Note Created", source="notes", properties={"id": note["id"], "length": len(text)})
    return _answer(201, note)


def text_of(body: bytes) -> str | None:
    """Return the text of a note in a request's body, or None if it has none."""
    try:
        fields = json.loads(body)
    except ValueError:
        return None
    text = fields.get("text") if isinstance(fields, dict) else None
    return text if isinstance(text, str) and text else None


def _answer(status: int, body: object) -> dict[str, Any]:
    return {"statusCode": status, "headers": {"content-type": "application/json"}, "body": json.dumps(body)}
