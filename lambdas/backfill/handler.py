"""SQS messages with raw objects of a replay → each is converted again → the messages that failed."""

from __future__ import annotations

import logging
from typing import Any

import msgspec

from thermocline.bootstrap.replay import convert_again
from thermocline.replay.model import Order

logger = logging.getLogger(__name__)
_decode = msgspec.json.Decoder(Order).decode


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Convert the raw objects of a batch; only messages that failed are delivered again."""
    failed = [record["messageId"] for record in event["Records"] if not _converted(record)]
    return {"batchItemFailures": [{"itemIdentifier": name} for name in failed]}


def _converted(record: dict[str, Any]) -> bool:
    try:
        convert_again()(_decode(record["body"]))
    except Exception:  # one bad message must not hold up the others
        logger.exception("message %s failed", record["messageId"])
        return False
    return True
