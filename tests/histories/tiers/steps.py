"""What the actors do that the lake has no code for yet, and how its code is called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from tests.histories.tiers.oracle import Raw
from tests.histories.tiers.warm import Row
from thermocline.convert.attempts import begin
from thermocline.errors import CommitFailed, ViewChanged
from thermocline.ledger import Entry, HotFile
from thermocline.streams import QUARANTINE
from thermocline.warm.model import Change


class Ports(msgspec.Struct, frozen=True, kw_only=True):
    """The ports of all actors."""

    ledger: Any
    leases: Any
    catalog: Any
    rows: Any
    store: Any
    views: Any


def convert(ports: Ports, key: str, raw: Raw, hour: str, token: Callable[[], str]) -> bool:
    """Begin an attempt, write its files, and finish it; True when the object is done."""
    attempt = begin(ports.ledger, key, stream=raw.stream, hour=hour, pause=lambda retry: None, token=token)
    if attempt is None:
        return True
    files = []
    for table in (raw.stream, QUARANTINE):
        if events := raw.rows(table):
            file = f"hot/{table}/gen={attempt.gen}/{key.replace('/', '-')}-{attempt.token}.parquet"
            ports.store.put(file, {Row(attempt.gen, event, key) for event in events})
            files.append(HotFile(table=table, key=file, rows=len(events), bytes=1))
    entry = Entry(
        raw_key=key,
        stream=raw.stream,
        gen=attempt.gen,
        status="done",
        token=attempt.token,
        suppression=attempt.suppression,
        lines=len(raw.events),
        files=tuple(files),
    )
    return bool(ports.ledger.finish(entry))


def park(ports: Ports, key: str, token: str) -> bool:
    """Park an entry that is not done."""
    entry = ports.ledger.entry(key)
    return bool(entry and entry.status == "pending" and ports.ledger.park(entry, token=token))


def publish(ports: Ports, table: str) -> None:
    """Bring a view to its watermark."""
    while True:
        stored = ports.views.read(table)
        watermark = ports.ledger.marks(table).watermark
        if stored.watermark == watermark:
            return
        try:
            ports.views.write(table, watermark=watermark, version=stored.version)
        except ViewChanged:
            continue
        return


def clean(ports: Ports, table: str) -> None:
    """Delete hot files that no view shows any more."""
    settled = min(view.watermark for view in ports.views.open(table))
    for key in ports.store.list(f"hot/{table}/"):
        if key < f"hot/{table}/gen={settled}":
            ports.store.delete(key)


def compact(ports: Ports, table: str) -> bool:
    """Write all files of a table into one; True when it is committed."""
    inputs = ports.catalog.files(ports.catalog.load(table))
    if len(inputs) < 2:
        return False
    merged = ports.rows.merge(table, inputs)
    token = ports.leases.acquire(table)
    try:
        base = ports.catalog.load(table)
        there = {file.path for file in ports.catalog.files(base)}
        if base.fence > token or not {file.path for file in inputs} <= there:
            return False
        ports.catalog.commit(base, Change(token=token, add=merged, remove=tuple(inputs)))
    except CommitFailed:
        return False
    finally:
        ports.leases.release(table, token)
    return True
