from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError
from hypothesis import given
from hypothesis import strategies as st

from thermocline.adapters.firehose import FirehoseSink
from thermocline.errors import SinkThrottled, SinkUnavailable

RECORDS = [b"a", b"b", b"c", b"d"]
THROTTLED = ClientError({"Error": {"Code": "ServiceUnavailableException"}}, "PutRecordBatch")
TIMED_OUT = ConnectTimeoutError(endpoint_url="https://firehose")


class FakeFirehose:
    """Answers each call as scripted: an exception, or the positions that fail; then everything succeeds."""

    def __init__(self, script: Sequence[Exception | set[int]] = ()) -> None:
        self._script = list(script)
        self.calls: list[list[bytes]] = []
        self.stored: list[bytes] = []
        self.streams: set[str] = set()

    def put_record_batch(self, *, DeliveryStreamName: str, Records: list[dict[str, bytes]]) -> dict[str, Any]:
        data = [record["Data"] for record in Records]
        self.calls.append(data)
        self.streams.add(DeliveryStreamName)
        step = self._script.pop(0) if self._script else set()
        if isinstance(step, Exception):
            raise step
        self.stored += [record for position, record in enumerate(data) if position not in step]
        entries = [
            {"ErrorCode": "ServiceUnavailableException", "ErrorMessage": "Slow down."}
            if position in step
            else {"RecordId": "r"}
            for position in range(len(data))
        ]
        return {"FailedPutCount": len(step & set(range(len(data)))), "RequestResponses": entries}


def sink(client: FakeFirehose, pauses: list[float] | None = None) -> FirehoseSink:
    return FirehoseSink(client, "dev-", sleep=(pauses if pauses is not None else []).append)


def test_all_records_go_to_the_streams_own_delivery_stream() -> None:
    client, pauses = FakeFirehose(), list[float]()
    sink(client, pauses).put("clickstream", RECORDS)
    assert (client.calls, client.streams, pauses) == ([RECORDS], {"dev-clickstream"}, [])


def test_only_failed_entries_are_sent_again_in_order() -> None:
    client = FakeFirehose([{1, 3}, {0}])
    sink(client).put("clickstream", RECORDS)
    assert client.calls == [RECORDS, [b"b", b"d"], [b"b"]]


@given(st.lists(st.sets(st.integers(0, 5)), max_size=4), st.lists(st.binary(min_size=1), min_size=1, unique=True))
def test_every_record_is_stored_exactly_once(script: list[set[int]], records: list[bytes]) -> None:
    client = FakeFirehose(script)
    sink(client).put("clickstream", records)
    assert sorted(client.stored) == sorted(records)


@pytest.mark.parametrize("error", [THROTTLED, TIMED_OUT])
def test_a_call_that_fails_is_made_again_with_growing_pauses(error: Exception) -> None:
    client, pauses = FakeFirehose([error, error, {0}]), list[float]()
    sink(client, pauses).put("clickstream", RECORDS)
    assert client.calls == [RECORDS, RECORDS, RECORDS, [b"a"]]
    assert len(pauses) == 3
    assert all(0.05 * 2**n * 0.5 <= pause <= 0.05 * 2**n for n, pause in enumerate(pauses, start=1))


@pytest.mark.parametrize(
    ("step", "failed", "code"),
    [
        ({2}, 1, "ServiceUnavailableException"),
        (THROTTLED, 4, "ServiceUnavailableException"),
        (TIMED_OUT, 4, "ConnectTimeoutError"),
    ],
)
def test_it_gives_up_and_says_so(step: Exception | set[int], failed: int, code: str) -> None:
    client = FakeFirehose([step, *[{0} if isinstance(step, set) else step] * 4])
    with pytest.raises(SinkUnavailable) as caught:
        sink(client).put("clickstream", RECORDS)
    assert (caught.value.failed, caught.value.code, len(client.calls)) == (failed, code, 5)


def failure(code: str, message: str = "") -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, "PutRecordBatch")


class FailingEntries:
    """Takes no record; the entries of its answers fail for these reasons."""

    def __init__(self, *reasons: tuple[str, str]) -> None:
        self._entries = [{"ErrorCode": code, "ErrorMessage": message} for code, message in reasons]

    def put_record_batch(self, *, DeliveryStreamName: str, Records: list[dict[str, bytes]]) -> dict[str, Any]:
        return {"FailedPutCount": len(self._entries), "RequestResponses": self._entries}


@pytest.mark.parametrize(
    ("code", "message", "throttled"),
    [
        ("ServiceUnavailableException", "Slow down.", True),
        ("ThrottlingException", "Rate exceeded", True),
        ("LimitExceededException", "", True),
        ("ServiceUnavailableException", "The service is unavailable.", False),
        ("InternalFailure", "Slow down.", False),
        ("ResourceNotFoundException", "", False),
    ],
)
def test_a_throttle_is_told_from_an_outage(code: str, message: str, throttled: bool) -> None:
    for client in (FakeFirehose([failure(code, message)] * 5), FailingEntries((code, message))):
        with pytest.raises(SinkUnavailable) as caught:
            FirehoseSink(client, "dev-thermocline-", sleep=lambda _seconds: None).put("clickstream", [b"a"])
        assert (isinstance(caught.value, SinkThrottled), caught.value.code) == (throttled, code)


def test_an_outage_among_throttled_records_is_an_outage() -> None:
    client = FailingEntries(("ServiceUnavailableException", "Slow down."), ("InternalFailure", ""))
    with pytest.raises(SinkUnavailable) as caught:
        FirehoseSink(client, "dev-thermocline-", sleep=lambda _seconds: None).put("clickstream", [b"a", b"b"])
    assert (isinstance(caught.value, SinkThrottled), caught.value.code) == (False, "InternalFailure")


def test_calls_keep_firehoses_limits() -> None:
    client = FakeFirehose()
    sink(client).put("clickstream", [b"x"] * 501)
    assert [len(call) for call in client.calls] == [500, 1]
    client = FakeFirehose()
    sink(client).put("clickstream", [bytes(1_000 * 1024)] * 5)
    assert [len(call) for call in client.calls] == [4, 1]


def test_nothing_is_no_call() -> None:
    client = FakeFirehose()
    sink(client).put("clickstream", [])
    assert client.calls == []


def test_failures_that_are_counted_but_not_named_are_all_sent_again() -> None:
    class Nameless:
        def put_record_batch(self, *, DeliveryStreamName: str, Records: list[dict[str, bytes]]) -> dict[str, Any]:
            return {"FailedPutCount": 1, "RequestResponses": [{} for _ in Records]}

    with pytest.raises(SinkUnavailable, match="2 records were not put: unknown"):
        FirehoseSink(Nameless(), "dev-", sleep=lambda _seconds: None).put("clickstream", [b"a", b"b"])


def test_no_attempt_begins_after_the_budget_of_time() -> None:
    client, times = FakeFirehose([THROTTLED] * 5), iter([100.0, 107.9, 108.0])
    impatient = FirehoseSink(client, "dev-", sleep=lambda _seconds: None, monotonic=lambda: next(times))
    with pytest.raises(SinkUnavailable):
        impatient.put("clickstream", RECORDS)
    assert len(client.calls) == 2
