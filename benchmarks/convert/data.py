"""The input: a million canonical click events of about 600 bytes in objects of about 120 MB, made by our own ingest."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.ingest.traffic import SECRET, SOURCE
from thermocline.contracts import load_contracts
from thermocline.events.frames import zstd
from thermocline.events.write_keys import derive_write_key
from thermocline.ingest.http.request import Request
from thermocline.ingest.use_case import Ingest
from thermocline.sources import Source

OBJECTS = 5
EVENTS_PER_OBJECT = 200_000
EVENTS = OBJECTS * EVENTS_PER_OBJECT
_EVENTS_PER_REQUEST = 500
_NAMES = ("Product Viewed", "Product Added", "Checkout Started", "Order Completed")


class Collect:
    """A sink that keeps the records."""

    def __init__(self) -> None:
        self.records: list[bytes] = []

    def put(self, stream: str, records: Sequence[bytes]) -> None:
        """Keep records."""
        self.records += records

    def count(self, *, stream: str, source: str, accepted: int, quarantined: int) -> None:
        """Check that no event is quarantined."""
        if quarantined:
            raise RuntimeError(stream)


def write_objects(folder: Path) -> list[Path]:
    """Write the raw objects into `folder`, unless they are there."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"shop-{number}.ndjson" for number in range(OBJECTS)]
    for number, path in enumerate(paths):
        if not path.exists():
            partial = path.with_suffix(".partial")
            partial.write_bytes(b"".join(_records(number)))
            partial.replace(path)
    return paths


def _records(number: int) -> list[bytes]:
    sink, dice = Collect(), random.Random(number)  # noqa: S311
    sources = {SOURCE: Source(stream="clickstream")}
    ingest = Ingest(sink=sink, metrics=sink, contracts=load_contracts(), sources=sources, secret=lambda: SECRET)
    key = derive_write_key(SECRET, SOURCE)
    for start in range(0, EVENTS_PER_OBJECT, _EVENTS_PER_REQUEST):
        first = number * EVENTS_PER_OBJECT + start
        body = {"batch": [_event(dice, first + position) for position in range(_EVENTS_PER_REQUEST)]}
        request = Request(
            method="POST",
            path="/v1/batch",
            headers={"authorization": f"Bearer {key}"},
            body=json.dumps(body).encode(),
            source_ip=None,
            received_at=dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC),
        )
        if ingest(request).status != 200:
            raise RuntimeError(request.path)
    return [zstd.decompress(record) for record in sink.records]  # the peers read plain lines


def _event(dice: random.Random, number: int) -> dict[str, Any]:
    product = dice.randrange(5000)
    time = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC) + dt.timedelta(milliseconds=number * 80)
    return {
        "type": "track",
        "event": dice.choice(_NAMES),
        "userId": f"user-{dice.randrange(50000)}",
        "messageId": f"{dice.getrandbits(128):032x}",
        "timestamp": time.isoformat(timespec="milliseconds"),
        "properties": {
            "product_id": f"sku-{product}",
            "price": dice.randrange(100, 99999) / 100,
            "quantity": dice.randrange(1, 9),
            "revenue": dice.randrange(100, 99999) / 100,
        },
        "context": {"page": {"url": f"https://shop.example/p/{product}"}},
    }
