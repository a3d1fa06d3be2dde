"""The ledger in DynamoDB: one item per raw object, and one watermark per stream."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from botocore.exceptions import ClientError

from thermocline.convert.ports import LedgerEntry, Outcome
from thermocline.sweep.ports import Progress

_DONE = "done"
_KEYS_PER_READ = 100


class DynamoLedger:
    """Keeps the ledger in one table with the partition key ``pk``.

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

    def watermark(self, stream: str) -> str | None:
        """Return the stream's watermark, or None before its first publish."""
        item = self._get(f"watermark#{stream}")
        return item["gen"]["S"] if item else None

    def begin(self, raw_key: str, *, stream: str, gen: str) -> LedgerEntry:
        """Enter a raw object under `gen`; the first delivery wins, later ones get its entry."""
        item = {"pk": {"S": _pk(raw_key)}, "stream": {"S": stream}, "gen": {"S": gen}, "status": {"S": "begun"}}
        try:
            self._client.put_item(TableName=self._table, Item=item, ConditionExpression="attribute_not_exists(pk)")
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            item = self._get(_pk(raw_key)) or item
        return LedgerEntry(raw_key=raw_key, gen=item["gen"]["S"], done=item["status"]["S"] == _DONE)

    def finish(self, entry: LedgerEntry, outcome: Outcome) -> None:
        """Mark an entry as done, with its row counts."""
        counts = {"rows": outcome.rows, "quarantined": outcome.quarantined, "raw_bytes": outcome.raw_bytes}
        names = {"#status": "status", "#rows": "rows"}
        self._client.update_item(
            TableName=self._table,
            Key={"pk": {"S": _pk(entry.raw_key)}},
            UpdateExpression="SET #status = :done, #rows = :rows, quarantined = :quarantined, raw_bytes = :raw_bytes",
            ExpressionAttributeNames=names,
            ExpressionAttributeValues={":done": {"S": _DONE}}
            | {f":{name}": {"N": str(value)} for name, value in counts.items()},
        )

    def progress(self, raw_keys: Sequence[str]) -> Mapping[str, Progress]:
        """Return the progress of those raw objects that have an entry."""
        return {
            item["pk"]["S"].removeprefix(_pk("")): Progress(
                done=item["status"]["S"] == _DONE, sweeps=int(item.get("sweeps", {"N": "0"})["N"])
            )
            for start in range(0, len(raw_keys), _KEYS_PER_READ)
            for item in self._items(raw_keys[start : start + _KEYS_PER_READ])
        }

    def count_sweep(self, raw_key: str) -> None:
        """Count that an object with an entry was queued again."""
        self._client.update_item(
            TableName=self._table,
            Key={"pk": {"S": _pk(raw_key)}},
            UpdateExpression="ADD sweeps :one",
            # An item without a generation would be no entry.
            ConditionExpression="attribute_exists(pk)",
            ExpressionAttributeValues={":one": {"N": "1"}},
        )

    def _items(self, raw_keys: Sequence[str]) -> Iterator[dict[str, Any]]:
        # An eventually consistent read is safe: an entry finished just now is queued once more, and convert skips it.
        left = {self._table: {"Keys": [{"pk": {"S": _pk(key)}} for key in raw_keys]}}
        while left:
            answer = self._client.batch_get_item(RequestItems=left)
            yield from answer["Responses"].get(self._table, [])
            left = answer.get("UnprocessedKeys", {})

    def _get(self, pk: str) -> dict[str, Any] | None:
        answer = self._client.get_item(TableName=self._table, Key={"pk": {"S": pk}}, ConsistentRead=True)
        item: dict[str, Any] | None = answer.get("Item")
        return item


def _pk(raw_key: str) -> str:
    return f"raw#{raw_key}"
