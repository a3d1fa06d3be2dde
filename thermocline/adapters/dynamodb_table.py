"""A DynamoDB table with ``pk`` and ``sk``: consistent reads, and writes under conditions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from botocore.exceptions import ClientError

from thermocline.adapters.dynamodb_items import Item, encoded, item_key
from thermocline.clock import jittered_pause
from thermocline.errors import LedgerConflict

_KEYS_PER_READ = 100
_MAX_TRIES = 8
_CONFLICT = "TransactionConflictException"
_REFUSED = "ConditionalCheckFailedException"
# Reasons for which a transaction is cancelled and the same one may be accepted later.
_RACES = {"ConditionalCheckFailed", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}


class Write(NamedTuple):
    """One write of a transaction, or a condition on an item that it does not write.

    `key` is a put's whole item. In `update` and `condition`, ``#name`` is an attribute and ``:name`` one of `values`.
    """

    kind: Literal["Put", "Update", "Delete", "ConditionCheck"]
    key: Item
    update: str = ""
    condition: str = ""
    values: Mapping[str, Any] = {}

    def request(self, table: str) -> dict[str, Any]:
        """Return it as DynamoDB's API takes it."""
        request: dict[str, Any] = {"TableName": table, "Item" if self.kind == "Put" else "Key": self.key}
        if self.update:
            request["UpdateExpression"] = self.update
        if self.condition:
            request["ConditionExpression"] = self.condition
        if names := set(re.findall(r"#\w+", f"{self.update} {self.condition}")):
            request["ExpressionAttributeNames"] = {name: name[1:] for name in names}
        if self.values:
            values = encoded(dict(self.values))
            request["ExpressionAttributeValues"] = {f":{name}": value for name, value in values.items()}
        return request


class DynamoTable:
    """Reads and writes items of one table.

    Parameters
    ----------
    client
        A boto3 DynamoDB client.
    name
        The table's name.
    pause
        Waits before the given retry: botocore does not retry a write that met another's transaction, nor keys that a
        throttled read left out.
    """

    def __init__(self, client: Any, name: str, *, pause: Callable[[int], None] = jittered_pause) -> None:
        self._client = client
        self._name = name
        self._pause = pause

    def get(self, key: Item) -> Item:
        """Return an item as it is now, or an empty one."""
        answer = self._client.get_item(TableName=self._name, Key=key, ConsistentRead=True)
        item: Item = answer.get("Item", {})
        return item

    def get_all(self, keys: Sequence[Item], *, consistent: bool) -> Iterator[Item]:
        """Yield those items that there are, in any order."""
        for start in range(0, len(keys), _KEYS_PER_READ):
            left = {self._name: {"Keys": keys[start : start + _KEYS_PER_READ], "ConsistentRead": consistent}}
            tries = 0
            while left:
                answer = self._client.batch_get_item(RequestItems=left)
                yield from answer["Responses"].get(self._name, [])
                if left := answer.get("UnprocessedKeys", {}):
                    tries = min(tries + 1, _MAX_TRIES)
                    self._pause(tries)

    def query(
        self, pk: str, condition: str = "", sk: str = "", *, attributes: str = "pk, sk", limit: int | None = None
    ) -> Iterator[Item]:
        """Yield the items of a partition as they are now, in order; `condition` is on ``sk`` and names ``:sk``."""
        values = item_key(pk, sk) if condition else {"pk": {"S": pk}}
        pages = self._client.get_paginator("query").paginate(
            TableName=self._name,
            ConsistentRead=True,
            KeyConditionExpression=" AND ".join(filter(None, ["pk = :pk", condition])),
            ExpressionAttributeValues={f":{name}": value for name, value in values.items()},
            ProjectionExpression=attributes,
            PaginationConfig={"MaxItems": limit, "PageSize": limit},
        )
        for page in pages:
            yield from page["Items"]

    def transact(self, **writes: Write | None) -> None:
        """Make all writes or none; the keywords name them in errors.

        Raises
        ------
        LedgerConflict
            A condition does not hold, or another transaction was at one of the items.
        """
        made = {name: write for name, write in writes.items() if write}
        items = [{write.kind: write.request(self._name)} for write in made.values()]
        try:
            self._client.transact_write_items(TransactItems=items)
        except ClientError as error:
            if not (reasons := _races(error, list(made))):
                raise
            raise LedgerConflict(f"{next(iter(made.values())).key['pk']['S']}: {reasons}") from error

    def delete(self, key: Item) -> None:
        """Delete an item; one that is gone already is no failure."""
        self._client.delete_item(TableName=self._name, Key=key)

    def update(self, write: Write) -> Item | None:
        """Update one item; return its new attributes, or None when the condition does not hold.

        Raises
        ------
        LedgerConflict
            Other transactions were at the item each time.
        """
        for retry in range(1, _MAX_TRIES + 1):
            try:
                answer = self._client.update_item(**write.request(self._name), ReturnValues="ALL_NEW")
            except ClientError as error:
                code = error.response["Error"]["Code"]
                if code == _REFUSED:
                    return None
                if code != _CONFLICT:
                    raise
            else:
                attributes: Item = answer["Attributes"]
                return attributes
            self._pause(retry)
        raise LedgerConflict(f"{write.key['pk']['S']}: {_CONFLICT} {_MAX_TRIES} times")


def _races(error: ClientError, names: Sequence[str]) -> str:
    """Return which writes lost a race, and how; "" when the transaction failed for another reason."""
    codes = [reason.get("Code", "None") for reason in error.response.get("CancellationReasons", [])]
    told = {name: code for name, code in zip(names, codes, strict=False) if code != "None"}
    return ", ".join(f"{name} {code}" for name, code in told.items()) if set(told.values()) <= _RACES else ""
