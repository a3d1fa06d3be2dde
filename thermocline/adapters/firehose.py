"""Firehose as a record sink."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from thermocline.errors import SinkUnavailable
from thermocline.events.pack import calls

_ATTEMPTS = 5
# No attempt begins later, so that two streams' puts end within the function's time and the client gets its 503.
_BUDGET_SECONDS = 8.0
_FIRST_PAUSE_SECONDS = 0.05


class FirehoseSink:
    """Puts records with ``PutRecordBatch``, sending again only those entries that failed.

    An answer of 200 can hide failed entries, so ``FailedPutCount`` decides and not the status.

    Parameters
    ----------
    client
        A boto3 Firehose client.
    prefix
        What the delivery streams' names begin with; the stream follows.
    """

    def __init__(
        self,
        client: Any,
        prefix: str,
        *,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._prefix = prefix
        self._sleep = sleep
        self._monotonic = monotonic

    def put(self, stream: str, records: Sequence[bytes]) -> None:
        """Put all records durably (see `RecordSink.put`)."""
        deadline = self._monotonic() + _BUDGET_SECONDS
        for group in calls(records):
            self._put_group(f"{self._prefix}{stream}", group, deadline)

    def _put_group(self, delivery_stream: str, records: list[bytes], deadline: float) -> None:
        left, code = records, ""
        for attempt in range(_ATTEMPTS):
            if attempt:
                if self._monotonic() >= deadline:
                    break
                self._sleep(_FIRST_PAUSE_SECONDS * 2**attempt * random.uniform(0.5, 1.0))  # noqa: S311 - jitter
            left, code = self._try(delivery_stream, left)
            if not left:
                return
        raise SinkUnavailable(len(left), code)

    def _try(self, delivery_stream: str, records: list[bytes]) -> tuple[list[bytes], str]:
        try:
            answer = self._client.put_record_batch(
                DeliveryStreamName=delivery_stream, Records=[{"Data": record} for record in records]
            )
        except ClientError as error:
            return records, str(error.response.get("Error", {}).get("Code", "ClientError"))
        except BotoCoreError as error:
            return records, type(error).__name__
        if not answer["FailedPutCount"]:
            return [], ""
        codes = [entry.get("ErrorCode") for entry in answer["RequestResponses"]]
        failed = [record for record, code in zip(records, codes, strict=True) if code]
        # Should an answer count failures without naming them, none of its records is safe.
        return failed or records, next(filter(None, codes), "unknown")
