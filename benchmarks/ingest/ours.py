"""Our ingest use case, with a sink that only counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from benchmarks.ingest.traffic import SECRET, SOURCE, measure
from thermocline.contracts import load_contracts
from thermocline.events.write_keys import derive_write_key
from thermocline.ingest.http.http_api import request_from, response_to
from thermocline.ingest.use_case import Ingest
from thermocline.sources import Source


class Discard:
    """Takes records, and counts events, without keeping them."""

    def put(self, stream: str, records: Sequence[bytes]) -> None:
        """Take records."""

    def count(self, *, stream: str, source: str, accepted: int, quarantined: int) -> None:
        """Count events."""


def main() -> None:
    """Measure the use case."""
    discard = Discard()
    sources = {SOURCE: Source(stream="clickstream")}
    ingest = Ingest(sink=discard, metrics=discard, contracts=load_contracts(), sources=sources, secret=lambda: SECRET)

    def handle(event: dict[str, Any]) -> dict[str, Any]:
        return response_to(ingest(request_from(event, received_at=dt.datetime.now(dt.UTC))))

    measure(handle, derive_write_key(SECRET, SOURCE))


if __name__ == "__main__":
    main()
