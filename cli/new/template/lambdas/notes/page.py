"""``GET /``: the notes as a page. Edit it and reload: the next request runs what you wrote."""

from __future__ import annotations

from html import escape
from typing import Any

from lambdas.notes.listing import listed
from lambdas.notes.table import notes

_PAGE = """<!doctype html>
<title>Notes</title>
<h1>Notes</h1>
<ul>{items}</ul>
"""


def main(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Answer one request."""
    items = "".join(f"<li>{escape(note['text'])}</li>" for note in listed(notes()))
    return {"statusCode": 200, "headers": {"content-type": "text/html"}, "body": _PAGE.format(items=items)}
