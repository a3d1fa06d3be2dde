"""Wires the ledger for a person's commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from thermocline.adapters.dynamodb_ledger import DynamoLedger


def ledger_of(client: Any, table: str) -> DynamoLedger:
    """Return the ledger in a table, by a boto3 DynamoDB client."""
    from thermocline.adapters.dynamodb_ledger import DynamoLedger

    return DynamoLedger(client, table)
