"""``GET /notes``: every note, oldest first."""

from __future__ import annotations

import json
from typing import Any

import boto3

from kit.runtime.links import links


def main(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Answer one request."""
    table = boto3.resource("dynamodb").Table(links().table("notes").table_name)
    notes = sorted(table.scan()["Items"], key=lambda note: note["at"])
    return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": json.dumps(notes)}
