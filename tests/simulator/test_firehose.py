"""The simulator does what Firehose's documentation says, so that histories over it mean something."""

from __future__ import annotations

import base64
import datetime as dt
import json
import random
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from tests.fakes import FixedClock
from tests.simulator import DeliveryStream, Faults, SimulatedFirehose
from thermocline.layout import RAW_EXTENSION, firehose_error_prefix, raw_prefix


class Bench:
    """A simulator with one delivery stream, and the objects that it wrote."""

    def __init__(self, faults: Faults | None = None, *, buffer_bytes: int = 1000, seed: int = 0) -> None:
        self.clock = FixedClock()
        self.objects: list[tuple[str, bytes]] = []
        stream = DeliveryStream(
            prefix=raw_prefix("clickstream"),
            file_extension=RAW_EXTENSION,
            error_prefix=firehose_error_prefix("clickstream"),
            buffer_seconds=60,
            buffer_bytes=buffer_bytes,
        )
        self.firehose = SimulatedFirehose(
            streams={"clicks": stream},
            write=lambda key, body: self.objects.append((key, body)),
            clock=self.clock,
            rng=random.Random(seed),
            faults=faults or Faults(),
        )

    def put(self, *records: bytes, stream: str = "clicks") -> dict[str, Any]:
        return self.firehose.put_record_batch(DeliveryStreamName=stream, Records=[{"Data": data} for data in records])

    @property
    def bodies(self) -> list[bytes]:
        return [body for _, body in self.objects]


def test_records_wait_until_the_buffer_is_old_enough() -> None:
    bench = Bench()
    answer = bench.put(b"a\n", b"b\n")
    assert (answer["FailedPutCount"], len(answer["RequestResponses"])) == (0, 2)
    bench.clock.advance(seconds=59)
    bench.firehose.deliver()
    assert bench.objects == []
    bench.clock.advance(seconds=1)
    bench.firehose.deliver()
    assert bench.bodies == [b"a\nb\n"]
    bench.firehose.deliver(flush=True)
    assert len(bench.objects) == 1


def test_a_full_buffer_does_not_wait() -> None:
    bench = Bench(buffer_bytes=4)
    bench.put(b"a\n")
    bench.firehose.deliver()
    assert bench.objects == []
    bench.put(b"b\n")
    bench.firehose.deliver()
    assert bench.bodies == [b"a\nb\n"]


def test_an_object_is_named_after_its_oldest_record() -> None:
    bench = Bench()
    bench.firehose.destination_up = False
    bench.put(b"a\n")
    bench.clock.advance(hours=23)
    bench.put(b"b\n")
    bench.firehose.deliver()
    bench.firehose.destination_up = True
    bench.firehose.deliver()
    ((key, _),) = bench.objects
    assert key.startswith("raw/clickstream/2026/11/22/12/clicks-1-2026-11-22-12-34-56-")
    assert key.endswith(".ndjson.zst")


def test_what_waits_longer_than_a_day_is_lost() -> None:
    bench = Bench()
    bench.firehose.destination_up = False
    bench.put(b"a\n")
    bench.clock.advance(hours=12)
    bench.put(b"b\n")
    bench.clock.advance(hours=12, seconds=1)
    bench.firehose.destination_up = True
    bench.firehose.deliver()
    assert bench.bodies == [b"b\n"]
    assert bench.firehose.expired == [b"a\n"]


@pytest.mark.parametrize(
    ("records", "code"),
    [
        ([], "ValidationException"),
        ([b"x"] * 501, "ValidationException"),
        ([bytes(1_000 * 1024 + 1)], "InvalidArgumentException"),
        ([bytes(1_000 * 1024)] * 4 + [bytes(96 * 1024 + 1)], "InvalidArgumentException"),
    ],
)
def test_a_call_over_a_limit_is_refused_whole(records: list[bytes], code: str) -> None:
    bench = Bench()
    with pytest.raises(ClientError, match=code):
        bench.put(*records)
    assert bench.firehose.waiting == 0


@pytest.mark.parametrize("records", [[b"x"] * 500, [bytes(1_000 * 1024)] * 4 + [bytes(96 * 1024)]])
def test_a_call_at_the_limits_is_taken(records: list[bytes]) -> None:
    assert Bench().put(*records)["FailedPutCount"] == 0


def test_an_unknown_stream_is_not_found() -> None:
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        Bench().put(b"a", stream="other")


def test_a_throttled_call_takes_nothing() -> None:
    bench = Bench(Faults(throttle=1))
    with pytest.raises(ClientError, match="ServiceUnavailableException"):
        bench.put(b"a")
    assert bench.firehose.waiting == 0


def test_a_call_that_fails_in_part_takes_the_entries_that_it_does_not_name() -> None:
    bench = Bench(Faults(fail_record=0.5))
    records = [b"%d\n" % number for number in range(100)]
    answer = bench.put(*records)
    taken = [data for data, entry in zip(records, answer["RequestResponses"], strict=True) if "RecordId" in entry]
    assert 0 < answer["FailedPutCount"] == 100 - len(taken) < 100
    bench.firehose.deliver(flush=True)
    assert bench.bodies == [b"".join(taken)]


def test_a_lost_answer_hides_what_was_taken() -> None:
    bench = Bench(Faults(lose_answer=1))
    with pytest.raises(ReadTimeoutError):
        bench.put(b"a\n")
    bench.firehose.deliver(flush=True)
    assert bench.bodies == [b"a\n"]


def test_records_can_come_twice_and_out_of_order() -> None:
    bench = Bench(Faults(duplicate_record=1, reorder=1))
    records = [b"%d\n" % number for number in range(20)]
    bench.put(*records)
    bench.firehose.deliver(flush=True)
    lines = bench.bodies[0].splitlines(keepends=True)
    assert sorted(lines) == sorted(records * 2)
    assert lines != [line for record in records for line in (record, record)]


def test_a_crash_before_the_write_only_delays_it() -> None:
    bench = Bench(Faults(crash_before_write=1))
    bench.put(b"a\n")
    bench.firehose.deliver(flush=True)
    assert bench.objects == []
    bench.firehose.faults = Faults()
    bench.firehose.deliver(flush=True)
    assert bench.bodies == [b"a\n"]


def test_a_crash_after_the_write_repeats_it_under_another_key() -> None:
    bench = Bench(Faults(crash_after_write=1))
    bench.put(b"a\n")
    bench.firehose.deliver(flush=True)
    bench.firehose.faults = Faults()
    bench.firehose.deliver(flush=True)
    assert bench.bodies == [b"a\n", b"a\n"]
    assert len({key for key, _ in bench.objects}) == 2


def test_what_processing_refuses_goes_to_the_error_prefix() -> None:
    bench = Bench(Faults(fail_processing=1))
    bench.put(b"a\n")
    bench.firehose.deliver(flush=True)
    ((key, body),) = bench.objects
    assert key.startswith("firehose-errors/clickstream/processing-failed/2026/11/22/")
    failure = json.loads(body)
    assert base64.b64decode(failure["rawData"]) == b"a\n"
    assert dt.datetime.fromtimestamp(failure["arrivalTimestamp"] / 1000, dt.UTC).hour == 12


def test_the_same_seed_makes_the_same_history() -> None:
    def history(seed: int) -> list[tuple[str, bytes]]:
        bench = Bench(Faults(fail_record=0.3, duplicate_record=0.3, reorder=0.5, crash_after_write=0.5), seed=seed)
        for number in range(10):
            bench.put(b"%d\n" % number)
            bench.firehose.deliver(flush=True)
        return bench.objects

    assert history(7) == history(7)
    assert history(7) != history(8)
