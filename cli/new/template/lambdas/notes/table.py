"""The table of notes."""

from __future__ import annotations

from typing import Any

import boto3

from kit.runtime.links import links


def notes() -> Any:
    """Return the table, as boto3's resource."""
    return boto3.resource("dynamodb").Table(links().table("notes").table_name)
