"""SQS messages with S3 notifications → the convert use case → the messages that failed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from thermocline.bootstrap.convert import arrivals_visibility, convert, convert_retries
from thermocline.convert.arrivals import raw_keys
from thermocline.convert.heartbeat import Heartbeat, Retries
from thermocline.convert.ports import MessageVisibility
from thermocline.errors import QueueUnavailable

logger = logging.getLogger(__name__)


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Convert the raw objects of a batch; only messages that failed are delivered again."""
    return convert_batch(event, convert, arrivals_visibility(), convert_retries())


def convert_batch(
    event: dict[str, Any],
    use_case: Callable[[], Callable[[str], object]],
    visibility: MessageVisibility,
    retries: Retries,
) -> dict[str, Any]:
    """Convert the raw objects of a batch with a use case, which may take a while to be built.

    Meanwhile the messages stay hidden. Those that failed stay hidden for a time that grows with their failures.
    """
    records = event["Records"]
    with Heartbeat(visibility, _by_receipt(records, retries.hold)):
        convert_object = use_case()
        failed = [record for record in records if not _converted(record, convert_object)]
    _put_off(failed, visibility, retries)
    return {"batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in failed]}


def _converted(record: dict[str, Any], convert_object: Callable[[str], object]) -> bool:
    try:
        for key in raw_keys(record["body"]):
            convert_object(key)
    except Exception:  # one bad message must not hold up the others
        logger.exception("message %s failed", record["messageId"])
        return False
    return True


def _by_receipt(records: Sequence[dict[str, Any]], seconds: Callable[[int], int]) -> dict[str, int]:
    return {record["receiptHandle"]: seconds(_receives(record)) for record in records if "receiptHandle" in record}


def _receives(record: dict[str, Any]) -> int:
    return int(record.get("attributes", {}).get("ApproximateReceiveCount", 1))


def _put_off(failed: Sequence[dict[str, Any]], visibility: MessageVisibility, retries: Retries) -> None:
    try:
        visibility.hide(_by_receipt(failed, retries.wait))
    except QueueUnavailable as error:  # they are delivered again after half a minute instead
        logger.warning("%s", error)
