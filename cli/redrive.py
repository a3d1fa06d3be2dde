"""Lets convert try again: moves messages from one queue back to another, and queues objects without a message."""

from collections.abc import Callable, Sequence
from typing import Any

from thermocline.convert.arrivals import notification

_MESSAGES_PER_CALL = 10
# Long enough to send and delete ten messages; what could not be sent is a dead letter again after it.
_IN_WORK_SECONDS = 30


def redrive(sqs: Any, *, source: str, target: str, progress: Callable[[int], None]) -> int:
    """Move the messages that are in `source` now to `target`, and return how many.

    A message is deleted only after it was sent, so an interruption loses none. One may then be delivered twice, which
    changes nothing for convert. SQS's own StartMessageMoveTask is not used, because the emulator does not have it.
    """
    left, moved = _waiting(sqs, source), 0
    while left > 0 and (messages := _receive(sqs, source, min(left, _MESSAGES_PER_CALL))):
        sent = _send(sqs, target, messages)
        _delete(sqs, source, sent)
        left -= len(messages)
        moved += len(sent)
        progress(len(sent))
    return moved


def queue_again(sqs: Any, queue: str, raw_keys: Sequence[str]) -> int:
    """Queue raw objects as S3's notifications do, and return how many could be queued."""
    messages = [{"Body": notification(key)} for key in raw_keys]
    starts = range(0, len(messages), _MESSAGES_PER_CALL)
    return sum(len(_send(sqs, queue, messages[start : start + _MESSAGES_PER_CALL])) for start in starts)


def _waiting(sqs: Any, queue: str) -> int:
    name = "ApproximateNumberOfMessages"
    return int(sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=[name])["Attributes"][name])


def _receive(sqs: Any, queue: str, most: int) -> list[dict[str, str]]:
    answer = sqs.receive_message(
        QueueUrl=queue,
        MaxNumberOfMessages=most,
        VisibilityTimeout=_IN_WORK_SECONDS,
        WaitTimeSeconds=1,  # asks all of SQS's servers, not only some that may have no message
    )
    messages: list[dict[str, str]] = answer.get("Messages", [])
    return messages


def _send(sqs: Any, queue: str, messages: list[dict[str, str]]) -> list[dict[str, str]]:
    entries = [{"Id": str(place), "MessageBody": message["Body"]} for place, message in enumerate(messages)]
    answer = sqs.send_message_batch(QueueUrl=queue, Entries=entries)
    failed = {failure["Id"] for failure in answer.get("Failed", [])}
    return [message for place, message in enumerate(messages) if str(place) not in failed]


def _delete(sqs: Any, queue: str, messages: list[dict[str, str]]) -> None:
    entries = [{"Id": str(place), "ReceiptHandle": message["ReceiptHandle"]} for place, message in enumerate(messages)]
    if entries:
        sqs.delete_message_batch(QueueUrl=queue, Entries=entries)
