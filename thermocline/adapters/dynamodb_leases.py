"""Leases of warm tables in the ledger's table: one item each, whose token only grows."""

from __future__ import annotations

import secrets
from typing import Any

from thermocline.adapters.dynamodb_items import lease_key
from thermocline.adapters.dynamodb_table import DynamoTable, Write
from thermocline.clock import Clock, utc_now
from thermocline.errors import LeaseTaken


class DynamoLeases:
    """Leases that end by release or by time (see `thermocline.warm.ports.Leases`).

    Parameters
    ----------
    client
        A boto3 DynamoDB client.
    table
        Name of the ledger's table.
    clock
        Returns the time now.
    seconds
        How long a lease lasts that nobody gives back: longer than any function runs.
    """

    def __init__(self, client: Any, table: str, *, clock: Clock = utc_now, seconds: int = 960) -> None:
        self._table = DynamoTable(client, table)
        self._clock = clock
        self._seconds = seconds

    def acquire(self, table: str) -> int:
        """Take the lease of a table, and return its token.

        Raises
        ------
        LeaseTaken
            Another has it, and its time is not up.
        """
        now = int(self._clock().timestamp())
        # The call's own name: when it is repeated after an answer was lost, it does not wait for itself.
        holder = secrets.token_hex(8)
        lease = self._table.update(
            Write(
                "Update",
                lease_key(table),
                update="SET #until = :until, #holder = :holder ADD #token :one",
                condition="attribute_not_exists(#until) OR #until <= :now OR #holder = :holder",
                values={"until": now + self._seconds, "now": now, "holder": holder, "one": 1},
            )
        )
        if lease is None:
            raise LeaseTaken(f"{table}: another writer has the lease, wait until it is released or its time is up")
        return int(lease["token"]["N"])

    def release(self, table: str, token: int) -> None:
        """Give the lease back; its token stays, so that the next one is higher."""
        held = {"token": token}
        self._table.update(Write("Update", lease_key(table), "REMOVE #until, #holder", "#token = :token", held))
