"""Counts what it is given."""

import msgspec


def handler(event: object, context: object) -> str:
    return msgspec.json.encode(event).decode()
