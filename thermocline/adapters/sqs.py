"""The queue of arrivals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from botocore.exceptions import BotoCoreError, ClientError

from thermocline.convert.arrivals import notification
from thermocline.errors import QueueUnavailable
from thermocline.replay.model import Order

_MESSAGES_PER_CALL = 10
_NOT_HIDDEN = "messages were not hidden"
_COUNTS = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")


class SqsArrivals:
    """Sends the same messages as S3's notifications to the queue that convert reads.

    Parameters
    ----------
    client
        A boto3 SQS client.
    queue_url
        The queue's URL.
    """

    def __init__(self, client: Any, queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def waiting(self) -> int:
        """Return about how many messages are in the queue, those in work among them."""
        answer = self._client.get_queue_attributes(QueueUrl=self._queue_url, AttributeNames=list(_COUNTS))
        return sum(int(answer["Attributes"][name]) for name in _COUNTS)

    def send(self, raw_keys: Sequence[str]) -> None:
        """Queue raw objects (see `Arrivals.send`)."""
        for start in range(0, len(raw_keys), _MESSAGES_PER_CALL):
            self._send(raw_keys[start : start + _MESSAGES_PER_CALL])

    def _send(self, raw_keys: Sequence[str]) -> None:
        entries = [{"Id": str(place), "MessageBody": notification(key)} for place, key in enumerate(raw_keys)]
        # Like Firehose's, this answer is a 200 that can hide failed entries.
        failed = self._client.send_message_batch(QueueUrl=self._queue_url, Entries=entries).get("Failed", [])
        if failed:
            raise QueueUnavailable(len(failed), str(failed[0]["Code"]))


class SqsBackfills:
    """Queues the raw objects of replays.

    Parameters
    ----------
    client
        A boto3 SQS client.
    queue_url
        The queue's URL.
    """

    def __init__(self, client: Any, queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def send(self, orders: Sequence[Order]) -> None:
        """Queue objects (see `Backfills.send`)."""
        for start in range(0, len(orders), _MESSAGES_PER_CALL):
            some = orders[start : start + _MESSAGES_PER_CALL]
            entries = [
                {"Id": str(place), "MessageBody": msgspec.json.encode(order).decode()}
                for place, order in enumerate(some)
            ]
            answer = self._client.send_message_batch(QueueUrl=self._queue_url, Entries=entries)
            if failed := answer.get("Failed", []):
                raise QueueUnavailable(len(failed), str(failed[0]["Code"]))


class SqsVisibility:
    """Hides messages in work; implements `thermocline.convert.ports.MessageVisibility`.

    Parameters
    ----------
    client
        A boto3 SQS client.
    queue_url
        The queue's URL.
    """

    def __init__(self, client: Any, queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def hide(self, seconds: Mapping[str, int]) -> None:
        """Hide messages (see `MessageVisibility.hide`)."""
        receipts = list(seconds)
        for start in range(0, len(receipts), _MESSAGES_PER_CALL):
            self._hide({receipt: seconds[receipt] for receipt in receipts[start : start + _MESSAGES_PER_CALL]})

    def _hide(self, seconds: Mapping[str, int]) -> None:
        entries = [
            {"Id": str(place), "ReceiptHandle": receipt, "VisibilityTimeout": duration}
            for place, (receipt, duration) in enumerate(seconds.items())
        ]
        try:
            answer = self._client.change_message_visibility_batch(QueueUrl=self._queue_url, Entries=entries)
        except (BotoCoreError, ClientError) as error:
            raise QueueUnavailable(len(entries), str(error), action=_NOT_HIDDEN) from error
        if failed := answer.get("Failed", []):
            raise QueueUnavailable(len(failed), str(failed[0]["Code"]), action=_NOT_HIDDEN)
