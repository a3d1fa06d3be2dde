"""Convert and the sweeper in short; all other steps are the lake's own code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from tests.histories.tiers.oracle import Raw
from tests.histories.tiers.warm import Row
from thermocline.convert.attempts import begin
from thermocline.errors import LedgerConflict
from thermocline.layout import hot_key
from thermocline.ledger import HotFile
from thermocline.streams import QUARANTINE


class Ports(msgspec.Struct, frozen=True, kw_only=True):
    """The ports of all actors."""

    ledger: Any
    leases: Any
    catalog: Any
    rows: Any
    store: Any
    views: Any
    book: Any


def convert(ports: Ports, key: str, raw: Raw, hour: str, token: Callable[[], str]) -> bool:
    """Begin an attempt, write its files, and finish it; False when another attempt has taken over."""
    attempt = begin(ports.ledger, key, stream=raw.stream, hour=hour, pause=lambda retry: None, token=token)
    if attempt is None:
        return True
    files = []
    for table in (raw.stream, QUARANTINE):
        if events := raw.rows(table):
            file = hot_key(table, key, attempt.gen, attempt.token)
            ports.store.put(file, {Row(attempt.gen, event, key) for event in events})
            files.append(HotFile(table=table, key=file, rows=len(events), bytes=1))
    return bool(ports.ledger.finish(attempt.finished(files=tuple(files), lines=len(raw.events), raw_bytes=1)))


def park(ports: Ports, key: str, token: str) -> bool:
    """Park an entry that is not done."""
    entry = ports.ledger.entry(key)
    if entry is None or entry.status != "pending":
        return False
    try:
        ports.ledger.park(entry, token=token)
    except LedgerConflict:
        return False
    return True
