"""What a note is, for the API's description and for its handlers."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Note:
    """The body of ``POST /notes``."""

    text: str

    @classmethod
    def from_json(cls, body: bytes) -> Note:
        """Return the note in a request's body; raise ValueError when it is not a note."""
        fields = json.loads(body)
        if not isinstance(fields, dict) or not isinstance(fields.get("text"), str) or not fields["text"]:
            raise ValueError('a note is {"text": "…"}')
        return cls(text=fields["text"])
