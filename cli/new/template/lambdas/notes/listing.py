"""``GET /notes``: every note, oldest first."""

from __future__ import annotations

import json
from typing import Any

from lambdas.notes.table import notes


def main(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Answer one request."""
    return {
        "statusCode": 200,
        "headers": {"content-type": "application/json"},
        "body": json.dumps(listed(notes()), default=str),
    }


def listed(table: Any) -> list[dict[str, Any]]:
    """Return the notes of a table, without the cron's count."""
    return sorted((item for item in table.scan()["Items"] if "text" in item), key=lambda note: note["at"])
