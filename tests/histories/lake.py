"""The real ingest, convert and sweep over simulated Firehose, S3, SQS and time."""

from __future__ import annotations

import datetime as dt
import gzip
import random
from collections import Counter
from dataclasses import dataclass
from typing import Any

from lambdas.convert.handler import convert_batch
from tests.fakes import FakeMetrics, FixedClock, MemoryLedger
from tests.fakes.requests import SECRET, SOURCES
from tests.histories.bucket import Bucket
from tests.histories.client import Client
from tests.histories.faults import Fuse, Kill, Killed
from tests.simulator import DeliveryStream, Faults, SimulatedFirehose, SimulatedQueue
from tests.simulator.queue import Message
from tests.thermocline.convert.rows import CONTRACTS, read
from thermocline.adapters.firehose import FirehoseSink
from thermocline.convert.heartbeat import Retries
from thermocline.convert.use_case import Convert
from thermocline.ingest.use_case import Ingest
from thermocline.layout import RAW_EXTENSION, generation, raw_prefix, stream_of
from thermocline.sweep.use_case import Sweep

STREAMS = ("clickstream", "quarantine")
# Firehose keeps records for a day at most; what it loses after that no code of ours can save.
_NO_OLDER = dt.timedelta(hours=23)
_SETTLE = dt.timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True)
class NotificationFaults:
    """How likely S3's notification is lost, doubled or late, from 0 to 1."""

    lose: float = 0
    double: float = 0
    delay: float = 0


class SimulatedLake:
    """One lake and its client; everything random comes from `seed`."""

    def __init__(self, seed: int, ledger: Any = None) -> None:
        self.clock = FixedClock()
        self.ledger = ledger or MemoryLedger()
        self.bucket = Bucket(self.clock, self.ledger.watermark)
        self.notification_faults = NotificationFaults()
        self.poison: set[str] = set()
        self.raw: list[str] = []
        self.happened: Counter[str] = Counter()
        self._rng = random.Random(seed)
        self._fuse = Fuse()
        self._swept_at = self.clock.now
        self.queue = SimulatedQueue(clock=self.clock, rng=self._rng, max_receives=2)
        self.firehose = SimulatedFirehose(
            streams={name: DeliveryStream(prefix=raw_prefix(name), file_extension=RAW_EXTENSION) for name in STREAMS},
            write=self.write_raw,
            clock=self.clock,
            rng=self._rng,
        )
        self.ingest = self._ingest()
        self.client = Client(self.ingest, self.clock)
        store, fused_ledger = self._fuse.wrap(self.bucket), self._fuse.wrap(self.ledger)
        self._convert = Convert(store=store, ledger=fused_ledger, contracts=CONTRACTS, clock=self.clock)
        self._sweep = Sweep(
            listing=store,
            ledger=fused_ledger,
            arrivals=self._fuse.wrap(self.queue),
            streams=STREAMS,
            clock=self.clock,
            settle=_SETTLE,
            look_back=dt.timedelta(hours=72),
        )

    def _ingest(self) -> Ingest:
        sink = FirehoseSink(self.firehose, "", sleep=lambda _seconds: None, monotonic=lambda: 0)
        return Ingest(sink=sink, metrics=FakeMetrics(), contracts=CONTRACTS, sources=SOURCES, secret=lambda: SECRET)

    def write_raw(self, key: str, body: bytes) -> None:
        """Write a raw object, and notify the queue as well or badly as the faults say."""
        self.raw.append(key)
        self.bucket.write(key, body)
        faults = self.notification_faults
        if self._rng.random() >= faults.lose:
            copies = 2 if self._rng.random() < faults.double else 1
            late = dt.timedelta(minutes=20 if self._rng.random() < faults.delay else 0)
            self.queue.notify(key, copies=copies, delay=late)
        else:
            self.happened["notification lost"] += 1

    def write_unreadable(self) -> None:
        """Write a raw object that nothing can read."""
        key = f"raw/clickstream/{self.clock.now:%Y/%m/%d/%H}/unreadable-{len(self.raw)}.gz"
        self.poison.add(key)
        self.write_raw(key, gzip.compress(b'{"event_id":"x"}\n' * 9)[:-9])

    def pass_time(self, **units: float) -> None:
        """Let time pass; Firehose delivers what is due, and the schedule sweeps at least once a day."""
        step = dt.timedelta(**units)
        if self.firehose.oldest and self.clock.now + step - self.firehose.oldest > _NO_OLDER:
            self._deliver_everything()
        self.clock.now += step
        self.firehose.deliver()
        if self.clock.now - self._swept_at >= dt.timedelta(hours=24):
            self.sweep()

    def publish(self, *, open_too: bool) -> None:
        """Close the generations before this hour (or this one too) by moving the watermark, as promote does."""
        through = generation(self.clock.now + dt.timedelta(hours=int(open_too)))
        if all(self._is_done(key) for key in self.raw if key not in self.poison):
            self.ledger.move_watermark("clickstream", max(through, self.ledger.watermark("clickstream") or through))
            self.happened["watermark moved"] += 1

    def convert(self, *, kill: Kill | None = None) -> bool:
        """Run the convert function on the next batch; return whether there was one."""
        messages = {str(place): message for place, message in enumerate(self.queue.receive())}
        event = {"Records": [_record(name, message) for name, message in messages.items()]}
        self._fuse.arm(kill)
        try:
            answer = convert_batch(event, lambda: self._convert, self.queue, Retries())
        except Killed:
            self.happened["convert killed"] += 1
            return bool(messages)
        failed = {failure["itemIdentifier"] for failure in answer["batchItemFailures"]}
        for name, message in messages.items():
            if name not in failed:
                self.queue.delete(message)
        return bool(messages)

    def sweep(self, *, kill: Kill | None = None) -> None:
        """Run the sweep function."""
        self._fuse.arm(kill)
        try:
            self.happened["queued again by the sweeper"] += self._sweep().queued
        except Killed:
            self.happened["sweep killed"] += 1
            return
        self._swept_at = self.clock.now

    def redrive(self) -> None:
        """Move the dead letters back to the queue."""
        self.happened["dead letter redriven"] += len(self.queue.dead)
        self.queue.redrive()

    def calm_down(self) -> None:
        """Let everything work again, and wait until nothing is left to do; somebody redrives the dead letters."""
        self.firehose.faults, self.notification_faults = Faults(), NotificationFaults()
        for _ in range(12):
            while self.client.waiting:
                self.client.send_again(answer_lost=False)
            self._deliver_everything()
            self.clock.now += _SETTLE
            while self.convert():
                pass
            if all(self._is_done(key) for key in self.raw if key not in self.poison):
                return
            self.sweep()
            self.redrive()

    def rows(self, stream: str) -> list[dict[str, Any]]:
        """Return every row of a hot table."""
        prefix = "quarantine/" if stream == "quarantine" else f"hot/{stream}/"
        return [row for body in self.bucket.bodies(prefix) for row in read(body)]

    def _deliver_everything(self) -> None:
        faults, self.firehose.faults = self.firehose.faults, Faults()
        self.firehose.destination_up = True
        self.firehose.deliver(flush=True)
        self.firehose.faults = faults

    def _is_done(self, key: str) -> bool:
        assert stream_of(key)
        progress = self.ledger.progress([key]).get(key)
        return bool(progress and progress.done)


def _record(name: str, message: Message) -> dict[str, Any]:
    attributes = {"ApproximateReceiveCount": str(message.receives)}
    return {"messageId": name, "receiptHandle": message.receipt, "body": message.body, "attributes": attributes}
