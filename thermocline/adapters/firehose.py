"""Firehose as a record sink."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from botocore.exceptions import BotoCoreError, ClientError

from thermocline.errors import SinkThrottled, SinkUnavailable
from thermocline.events.pack import calls

_ATTEMPTS = 5
# No attempt begins later, so that two streams' puts end within the function's time and the client gets its 503.
_BUDGET_SECONDS = 8.0
_FIRST_PAUSE_SECONDS = 0.05
_THROTTLES = frozenset(
    ("LimitExceededException", "RequestLimitExceeded", "SlowDown", "Throttling", "ThrottlingException",
     "ThrottledException", "TooManyRequestsException")
)  # fmt: skip
# Firehose has one code for an outage and for more than the stream's quota; the message tells them apart.
_UNAVAILABLE = "ServiceUnavailableException"
_SLOW_DOWN = "slow down"


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
        left, failure = records, _NOTHING
        for attempt in range(_ATTEMPTS):
            if attempt:
                if self._monotonic() >= deadline:
                    break
                self._sleep(_FIRST_PAUSE_SECONDS * 2**attempt * random.uniform(0.5, 1.0))  # noqa: S311 - jitter
            left, failure = self._try(delivery_stream, left)
            if not left:
                return
        raise (SinkThrottled if failure.is_throttle else SinkUnavailable)(len(left), failure.code)

    def _try(self, delivery_stream: str, records: list[bytes]) -> tuple[list[bytes], _Failure]:
        try:
            answer = self._client.put_record_batch(
                DeliveryStreamName=delivery_stream, Records=[{"Data": record} for record in records]
            )
        except ClientError as error:
            details = error.response.get("Error", {})
            return records, _Failure(str(details.get("Code", "ClientError")), str(details.get("Message", "")))
        except BotoCoreError as error:
            return records, _Failure(type(error).__name__)
        if not answer["FailedPutCount"]:
            return [], _NOTHING
        entries = answer["RequestResponses"]
        failed = [record for record, entry in zip(records, entries, strict=True) if entry.get("ErrorCode")]
        # Should an answer count failures without naming them, none of its records is safe.
        return failed or records, _of_entries(entries)


class _Failure(NamedTuple):
    """Why records were not put."""

    code: str
    message: str = ""

    @property
    def is_throttle(self) -> bool:
        return self.code in _THROTTLES or (self.code == _UNAVAILABLE and _SLOW_DOWN in self.message.lower())


_NOTHING = _Failure("")


def _of_entries(entries: Sequence[Mapping[str, str]]) -> _Failure:
    """Return the worst failure of an answer: one that is no throttle, if there is one."""
    failures = [
        _Failure(entry["ErrorCode"], entry.get("ErrorMessage", "")) for entry in entries if entry.get("ErrorCode")
    ]
    return min(failures, key=lambda failure: failure.is_throttle, default=_Failure("unknown"))
