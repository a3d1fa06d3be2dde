"""When watermarks were first read back from the catalog, in the ledger's table: one small item per table."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from botocore.exceptions import ClientError

from thermocline.clean.ports import Sightings
from thermocline.errors import LedgerConflict

_decode = msgspec.json.Decoder(dict[str, dt.datetime]).decode


class DynamoSightings:
    """Keeps sightings in the ledger's table.

    Parameters
    ----------
    client
        A boto3 DynamoDB client.
    table
        The table's name; its keys are ``pk`` and ``sk``.
    """

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def sightings(self, table: str) -> Sightings:
        """Return a table's sightings (see `SightingBook.sightings`)."""
        item = self._client.get_item(TableName=self._table, Key=_key(table), ConsistentRead=True).get("Item")
        return _decode(item["seen"]["S"]) if item else {}

    def replace(self, table: str, known: Sightings, new: Sightings) -> None:
        """Write a table's sightings if `known` are the current ones (see `SightingBook.replace`)."""
        condition: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(pk)"}
        if known:
            condition = {
                "ConditionExpression": "seen = :known",
                "ExpressionAttributeValues": {":known": {"S": _text(known)}},
            }
        item = _key(table) | {"seen": {"S": _text(new)}}
        try:
            self._client.put_item(TableName=self._table, Item=item, **condition)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            raise LedgerConflict(f"the sightings of {table} changed: another run cleans it") from error


def _key(table: str) -> dict[str, Any]:
    return {"pk": {"S": f"seen#{table}"}, "sk": {"S": "seen"}}


def _text(sightings: Sightings) -> str:
    return msgspec.json.encode(dict(sightings), order="sorted").decode()
