"""SQS messages with S3 notifications → the convert use case → the messages that failed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from thermocline import bootstrap
from thermocline.convert.arrivals import raw_keys

logger = logging.getLogger(__name__)


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Convert the raw objects of a batch; only messages that failed are delivered again."""
    return convert_batch(event, bootstrap.convert())


def convert_batch(event: dict[str, Any], convert: Callable[[str], object]) -> dict[str, Any]:
    """Convert the raw objects of a batch with a use case of the caller's."""
    failed = []
    for record in event["Records"]:
        try:
            for key in raw_keys(record["body"]):
                convert(key)
        except Exception:  # one bad message must not hold up the others
            logger.exception("message %s failed", record["messageId"])
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}
