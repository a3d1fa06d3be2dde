"""The registry of epochs in DynamoDB: one small item per connector."""

from __future__ import annotations

from typing import Any

import msgspec
from botocore.exceptions import BotoCoreError, ClientError

from thermocline.errors import EpochsUnavailable
from thermocline.ingest.ports import StoredHistory
from thermocline.ingest.protocols.epochs import History

_decode = msgspec.json.Decoder(History).decode


class DynamoEpochs:
    """Keeps epochs in one table with the partition key ``pk``.

    Parameters
    ----------
    client
        A boto3 DynamoDB client.
    table
        The table's name.
    """

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def read(self, source: str, connector: str) -> StoredHistory:
        """Return a connector's epochs (see `EpochRegistry.read`)."""
        key = {"pk": {"S": _pk(source, connector)}}
        item = self._call("get_item", Key=key, ConsistentRead=True).get("Item")
        if not item:
            return StoredHistory()
        return StoredHistory(history=_decode(item["epochs"]["S"]), version=int(item["version"]["N"]))

    def replace(self, source: str, connector: str, history: History, *, version: int) -> bool:
        """Write a connector's epochs if `version` is the current one (see `EpochRegistry.replace`)."""
        item = {
            "pk": {"S": _pk(source, connector)},
            "epochs": {"S": msgspec.json.encode(history).decode()},
            "version": {"N": str(version + 1)},
        }
        # After an attempt that was written but not answered, the next one fails; the caller then reads its own history.
        condition = {"ConditionExpression": "attribute_not_exists(pk)"}
        if version:
            condition = {"ConditionExpression": "version = :version"}
            condition |= {"ExpressionAttributeValues": {":version": {"N": str(version)}}}  # type: ignore[dict-item]
        try:
            self._call("put_item", Item=item, **condition)
        except _Changed:
            return False
        return True

    def _call(self, operation: str, **arguments: Any) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = getattr(self._client, operation)(TableName=self._table, **arguments)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code == "ConditionalCheckFailedException":
                raise _Changed from error
            raise EpochsUnavailable(code) from error
        except BotoCoreError as error:
            raise EpochsUnavailable(type(error).__name__) from error
        return answer


class _Changed(Exception):  # noqa: N818 - not an error
    """Another process wrote the item."""


def _pk(source: str, connector: str) -> str:
    return f"{source}#{connector}"
