"""The real ingest, convert and sweep over simulated Firehose, S3, SQS and time."""

from __future__ import annotations

import datetime as dt
import gzip
import random
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from lambdas.convert.handler import convert_batch
from tests.fakes import HASHER, FakeMetrics, FixedClock, MemoryLedger
from tests.fakes.requests import SECRET, SOURCES
from tests.histories.bucket import Bucket
from tests.histories.client import Client
from tests.histories.faults import Fuse, Kill, Killed
from tests.simulator import DeliveryStream, Faults, SimulatedFirehose, SimulatedQueue
from tests.simulator.queue import Message
from tests.thermocline.convert.rows import CONTRACTS, read
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.adapters.firehose import FirehoseSink
from thermocline.convert.arrivals import raw_keys
from thermocline.convert.heartbeat import Retries
from thermocline.convert.use_case import Convert
from thermocline.events.frames import framed
from thermocline.generations import following, hour_of
from thermocline.ingest.use_case import Ingest
from thermocline.layout import RAW_EXTENSION, raw_prefix, stream_of
from thermocline.streams import QUARANTINE
from thermocline.sweep.use_case import Sweep

STREAMS = ("clickstream", QUARANTINE)
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

    def __init__(self, seed: int, ledger: MemoryLedger | DynamoLedger | None = None) -> None:
        self.clock = FixedClock()
        self.ledger = ledger or MemoryLedger()
        self.bucket = Bucket(self.clock)
        self.notification_faults = NotificationFaults()
        self.poison: set[str] = set()
        self.damaged: set[str] = set()
        self.promoted: dict[str, set[str]] = {table: set() for table in STREAMS}
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
        self._convert = Convert(
            store=store,
            ledger=fused_ledger,
            contracts=CONTRACTS,
            hasher=HASHER,
            clock=self.clock,
            pause=lambda _retry: None,
        )
        self._sweep = Sweep(
            listing=store,
            ledger=fused_ledger,
            arrivals=self._fuse.wrap(self.queue),
            metrics=FakeMetrics(),
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

    def write_damaged(self, *, changed: bool) -> None:
        """Write a raw object of a damaged frame, cut or changed, before frames that an earlier object has, too."""
        key = f"raw/clickstream/{self.clock.now:%Y/%m/%d/%H}/damaged-{len(self.raw)}{RAW_EXTENSION}"
        frame = framed(b'{"event_id":"x"}\n' * 9)
        frame = frame[:-1] + bytes([frame[-1] ^ 1]) if changed else frame[:-3]
        good = set(self.raw) - self.poison - self.damaged
        whole = [self.bucket.body(other) for other in sorted(good) if stream_of(other) == "clickstream"]
        self.damaged.add(key)
        self.write_raw(key, frame + (self._rng.choice(whole) if whole else b""))

    def pass_time(self, **units: float) -> None:
        """Let time pass; Firehose delivers what is due, and the schedule sweeps at least once a day."""
        step = dt.timedelta(**units)
        if self.firehose.oldest and self.clock.now + step - self.firehose.oldest > _NO_OLDER:
            self._deliver_everything()
        self.clock.now += step
        self.firehose.deliver()
        if self.clock.now - self._swept_at >= dt.timedelta(hours=24):
            self.sweep()

    def promote(self, *, open_too: bool) -> None:
        """Close the generations before this hour (or this one too), and take the files of those that are done."""
        limit = hour_of(self.clock.now + dt.timedelta(hours=int(open_too)))
        for table in STREAMS:
            streams = STREAMS if table == QUARANTINE else (table,)
            limit = min([limit, *(self.ledger.marks(stream).closing for stream in streams if stream != table)])
            self.ledger.close(table, limit)
            self._take(table, streams, limit)

    def _take(self, table: str, streams: Sequence[str], limit: str) -> None:
        while True:
            start = self.ledger.marks(table).watermark
            gens = filter(None, (self.ledger.next_generation(stream, start) for stream in streams))
            if (gen := min(gens, default=limit)) >= limit:
                self.ledger.advance(table, limit)
                return
            entries = [entry for stream in streams for entry in self.ledger.entries(stream, gen)]
            if not all(entry.done for entry in entries):
                return
            self.promoted[table] |= {file.key for entry in entries for file in entry.files_of(table)}
            self.ledger.advance(table, following(gen))
            self.happened["generation promoted"] += 1

    def violations(self) -> list[str]:
        """Return what must never be: files that change, and entries or files that generations get once promoted."""
        wrong = list(self.bucket.violations)
        entries = self.ledger.entries_of(self.raw).values()
        for table in STREAMS:
            below = [entry for entry in entries if entry.gen and entry.gen < self.ledger.marks(table).watermark]
            named = {file.key for entry in below for file in entry.files_of(table)}
            wrong += [f"{key} is in a generation that was promoted without it" for key in named ^ self.promoted[table]]
            wrong += [f"{e.raw_key} is not done below the watermark" for e in below if e.stream == table and not e.done]
        return wrong

    def convert(self, *, kill: Kill | None = None) -> bool:
        """Run the convert function on the next batch; return whether there was one."""
        messages = {str(place): message for place, message in enumerate(self.queue.receive())}
        event = {"Records": [_record(name, message) for name, message in messages.items()]}
        self._fuse.arm(kill, lambda: self._overtake(messages.values()))
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

    def _overtake(self, messages: Iterable[Message]) -> None:
        """Convert the same messages in another process, and promote what that makes."""
        self.happened["convert overtaken"] += 1
        for key in (key for message in messages for key in raw_keys(message.body)):
            with suppress(zlib.error, EOFError):
                self._convert(key)
        self.promote(open_too=True)

    def sweep(self, *, kill: Kill | None = None) -> None:
        """Run the sweep function."""
        self._fuse.arm(kill)
        try:
            swept = self._sweep()
        except Killed:
            self.happened["sweep killed"] += 1
            return
        self.happened["queued again by the sweeper"] += swept.queued
        self.happened["object parked"] += swept.parked
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

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return the rows of the files that the ledger names."""
        named = [file for entry in self.ledger.entries_of(self.raw).values() for file in entry.files_of(table)]
        return [row for file in named for row in read(self.bucket.body(file.key))]

    def _deliver_everything(self) -> None:
        faults, self.firehose.faults = self.firehose.faults, Faults()
        self.firehose.destination_up = True
        self.firehose.deliver(flush=True)
        self.firehose.faults = faults

    def _is_done(self, key: str) -> bool:
        entry = self.ledger.entry(key)
        return bool(entry and entry.done)


def _record(name: str, message: Message) -> dict[str, Any]:
    attributes = {"ApproximateReceiveCount": str(message.receives)}
    return {"messageId": name, "receiptHandle": message.receipt, "body": message.body, "attributes": attributes}
