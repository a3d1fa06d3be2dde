"""Amazon Data Firehose with direct puts and an S3 destination, as its documentation describes it.

The client's shape is boto3's, so that the real `FirehoseSink` runs over it. What it stands for:

- a call is limited to 500 records and 4 MiB, a record to 1,000 KiB; a call over a limit is refused as a whole;
- a call can be throttled, can fail in part (status 200 with ``FailedPutCount``), and can be accepted although its
  answer is lost on the way;
- records wait in a buffer until it is full or old enough, and become one object, joined as they are, which is named
  after the *oldest* of them;
- delivery is at least once: a node that dies before a write only delays it, one that dies after it writes again under
  another key; the order of records is not kept;
- while the bucket cannot be reached records wait, and those older than a day are lost;
- what its own processing refuses goes to the error prefix, base64 in JSON.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError, ReadTimeoutError

MAX_RECORDS = 500
MAX_CALL_BYTES = 4 * 1024 * 1024
MAX_RECORD_BYTES = 1_000 * 1024
RETRY_FOR = dt.timedelta(hours=24)

_TIMESTAMP = re.compile(r"!\{timestamp:([^}]+)\}")
_JAVA_TO_PYTHON = {"yyyy": "%Y", "MM": "%m", "dd": "%d", "HH": "%H"}


@dataclass(frozen=True, kw_only=True)
class Faults:
    """How likely each fault is, from 0 to 1."""

    throttle: float = 0
    fail_record: float = 0
    lose_answer: float = 0
    duplicate_record: float = 0
    reorder: float = 0
    crash_before_write: float = 0
    crash_after_write: float = 0
    fail_processing: float = 0


@dataclass(frozen=True, kw_only=True)
class DeliveryStream:
    """A delivery stream's destination and buffer."""

    prefix: str
    file_extension: str = ""
    error_prefix: str = "errors/!{firehose:error-output-type}/"
    buffer_seconds: float = 60
    buffer_bytes: int = 1024 * 1024


@dataclass(kw_only=True)
class _Waiting:
    data: bytes
    arrived: dt.datetime


@dataclass(kw_only=True)
class SimulatedFirehose:
    """Takes records as a boto3 client does, and writes objects when `deliver` is called.

    Parameters
    ----------
    streams
        Delivery streams by name.
    write
        Writes an object: key and bytes.
    clock
        Returns the time now.
    rng
        Decides which faults happen; the same seed makes the same history.
    """

    streams: Mapping[str, DeliveryStream]
    write: Callable[[str, bytes], None]
    clock: Callable[[], dt.datetime]
    rng: random.Random
    faults: Faults = field(default_factory=Faults)
    destination_up: bool = True
    accepted: int = 0
    expired: list[bytes] = field(default_factory=list)
    _buffers: dict[str, list[_Waiting]] = field(default_factory=dict)

    def put_record_batch(self, *, DeliveryStreamName: str, Records: list[dict[str, bytes]]) -> dict[str, Any]:
        """Answer as `PutRecordBatch` does."""
        if DeliveryStreamName not in self.streams:
            raise _error("ResourceNotFoundException")
        _check_limits([record["Data"] for record in Records])
        if self._happens(self.faults.throttle):
            raise _error("ServiceUnavailableException", "Slow down.")
        entries = [self._accept(DeliveryStreamName, record["Data"]) for record in Records]
        if self._happens(self.faults.lose_answer):
            raise ReadTimeoutError(endpoint_url="https://firehose")
        failed = sum("ErrorCode" in entry for entry in entries)
        return {"FailedPutCount": failed, "Encrypted": True, "RequestResponses": entries}

    def deliver(self, *, flush: bool = False) -> None:
        """Write the buffers that are full or old enough; with `flush` all of them."""
        for name, stream in self.streams.items():
            self._expire(name)
            waiting = self._buffers.get(name, [])
            if waiting and self.destination_up and (flush or self._is_due(stream, waiting)):
                self._deliver(name, stream, waiting)

    @property
    def oldest(self) -> dt.datetime | None:
        """When the oldest waiting record arrived."""
        return min((record.arrived for buffer in self._buffers.values() for record in buffer), default=None)

    @property
    def waiting(self) -> int:
        """How many records are not written yet."""
        return sum(map(len, self._buffers.values()))

    def _happens(self, probability: float) -> bool:
        return self.rng.random() < probability

    def _accept(self, name: str, data: bytes) -> dict[str, str]:
        if self._happens(self.faults.fail_record):
            return {"ErrorCode": "ServiceUnavailableException", "ErrorMessage": "Slow down."}
        self.accepted += 1
        copies = 2 if self._happens(self.faults.duplicate_record) else 1
        arrived = [_Waiting(data=data, arrived=self.clock()) for _ in range(copies)]
        self._buffers.setdefault(name, []).extend(arrived)
        return {"RecordId": f"{self.rng.getrandbits(128):032x}"}

    def _expire(self, name: str) -> None:
        oldest = self.clock() - RETRY_FOR
        waiting = self._buffers.get(name, [])
        self.expired += [record.data for record in waiting if record.arrived < oldest]
        self._buffers[name] = [record for record in waiting if record.arrived >= oldest]

    def _is_due(self, stream: DeliveryStream, waiting: list[_Waiting]) -> bool:
        age = (self.clock() - waiting[0].arrived).total_seconds()
        return age >= stream.buffer_seconds or sum(len(record.data) for record in waiting) >= stream.buffer_bytes

    def _deliver(self, name: str, stream: DeliveryStream, waiting: list[_Waiting]) -> None:
        if self._happens(self.faults.crash_before_write):
            return
        if self._happens(self.faults.reorder):
            self.rng.shuffle(waiting)
        oldest = min(record.arrived for record in waiting)
        if self._happens(self.faults.fail_processing):
            lines = b"".join(_failure_line(record) for record in waiting)
            self.write(self._key(name, stream.error_prefix, oldest), lines)
        else:
            body = b"".join(record.data for record in waiting)
            self.write(self._key(name, stream.prefix, oldest) + stream.file_extension, body)
            if self._happens(self.faults.crash_after_write):
                return
        self._buffers[name] = []

    def _key(self, name: str, prefix: str, oldest: dt.datetime) -> str:
        folder = _TIMESTAMP.sub(lambda match: oldest.strftime(_python_format(match[1])), prefix)
        folder = folder.replace("!{firehose:error-output-type}", "processing-failed")
        return f"{folder}{name}-1-{oldest:%Y-%m-%d-%H-%M-%S}-{self.rng.getrandbits(64):016x}"


def _check_limits(records: list[bytes]) -> None:
    if not 1 <= len(records) <= MAX_RECORDS:
        raise _error("ValidationException")
    if any(len(record) > MAX_RECORD_BYTES for record in records) or sum(map(len, records)) > MAX_CALL_BYTES:
        raise _error("InvalidArgumentException")


def _error(code: str, message: str = "simulated") -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, "PutRecordBatch")


def _python_format(java: str) -> str:
    for letters, directive in _JAVA_TO_PYTHON.items():
        java = java.replace(letters, directive)
    return java


def _failure_line(record: _Waiting) -> bytes:
    failure = {
        "attemptsMade": 4,
        "arrivalTimestamp": int(record.arrived.timestamp() * 1000),
        "errorCode": "Lambda.FunctionError",
        "rawData": base64.b64encode(record.data).decode(),
    }
    return json.dumps(failure).encode() + b"\n"
