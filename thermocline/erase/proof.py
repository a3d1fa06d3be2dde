"""The proof of a run, out of its findings and of what the buckets have at the end."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

import msgspec

from thermocline import layout
from thermocline.erase.findings import Found
from thermocline.erase.model import Run
from thermocline.erase.ports import Objects
from thermocline.erase.report import Prefix, Report, StoreAnswer, Table, Touched, Unsearched
from thermocline.streams import QUARANTINE

PREFIXES: Final = (
    layout.RAW,
    layout.HOT,
    QUARANTINE,
    layout.WARM,
    layout.IDS,
    layout.SUBJECTS,
    layout.REPLAY,
    layout.FIREHOSE_ERRORS,
    layout.BALANCE,
)
NOTES: Final = (
    "Dead letters hold keys of raw objects, and no values.",
    "Logs and metrics hold no values of erasure keys.",
    "The ledger and its backups hold digests only.",
    "Tables without erasure keys have no rows of a subject by definition; bad rows of every stream were searched.",
    "A subject's values in other persons' rows, e.g. as text in a property, are theirs and stay.",
)


def report(run: Run, found: Iterable[Found], *, lake: Objects, results: Objects | None, now: dt.datetime) -> Report:
    """Return the proof of a run whose both passes are done."""
    findings = list(found)
    places = [(lake, f"{prefix}/") for prefix in PREFIXES] + ([(results, "")] if results else [])
    return Report(
        run=run.id,
        version=run.version,
        digests=run.digests,
        started_at=run.started_at,
        drained_at=run.drained_at or run.started_at,
        second_pass_at=run.second_pass_at or run.started_at,
        finished_at=now,
        touched=tuple(_merged(each.touched for each in findings if each.touched)),
        unsearched=tuple(_once(each.unsearched for each in findings if each.unsearched)),
        prefixes=tuple(_prefix(objects, prefix) for objects, prefix in places),
        tables=tuple(_tables(each.table for each in findings if each.table)),
        stores=tuple(_stores(each.store for each in findings if each.store)),
        notes=NOTES,
    )


def _merged(touched: Iterable[Touched]) -> Iterator[Touched]:
    """Yield one for each content of a key: a turn that died has told of it before another did it again."""

    def content(each: Touched) -> tuple[str, str, str]:
        return each.bucket, each.key, each.before or ""

    for _, group in groupby(sorted(touched, key=content), key=content):
        same = list(group)
        # One that says what became of it tells more than one that only deleted what was left.
        told = max(same, key=lambda each: (each.after is not None, each.removed))
        versions = sorted({version for each in same for version in each.versions})
        yield msgspec.structs.replace(told, versions=tuple(versions))


def _once(unsearched: Iterable[Unsearched]) -> list[Unsearched]:
    return sorted(set(unsearched), key=lambda each: (each.bucket, each.key, each.why))


def _tables(tables: Iterable[Table]) -> Iterator[Table]:
    for name, group in groupby(sorted(tables, key=lambda each: each.table), key=lambda each: each.table):
        same = list(group)
        yield Table(
            table=name,
            token=max(each.token for each in same),
            expired=tuple(sorted({snapshot for each in same for snapshot in each.expired})),
            files=max(each.files for each in same),
        )


def _stores(stores: Iterable[StoreAnswer]) -> Iterator[StoreAnswer]:
    for name, group in groupby(sorted(stores, key=lambda each: each.name), key=lambda each: each.name):
        same: Sequence[StoreAnswer] = list(group)
        yield StoreAnswer(name=name, found=sum(each.found for each in same), left=max(each.left for each in same))


def _prefix(objects: Objects, prefix: str) -> Prefix:
    digest, current, versions = hashlib.sha256(), 0, 0
    for version in objects.versions(prefix):
        versions += 1
        if version.latest and not version.marker:
            current += 1
            digest.update(f"{version.key}\x1f{version.etag}\n".encode())
    return Prefix(bucket=objects.bucket, prefix=prefix, objects=current, versions=versions, digest=digest.hexdigest())
