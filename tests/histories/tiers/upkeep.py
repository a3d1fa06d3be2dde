"""Upkeep in a process of its own: replay from raw, recovery from quarantine and erasure, as commands drive them."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec.structs import replace

from tests.fakes.subjects import SUBJECT_KEY
from thermocline.adapters.clients import client
from thermocline.adapters.dynamodb_claims import DynamoClaims
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.adapters.s3 import S3Store
from thermocline.adapters.s3_objects import S3Objects
from thermocline.adapters.s3_recovered import S3Recovered
from thermocline.adapters.sqs import SqsArrivals
from thermocline.bootstrap import recover as recovering
from thermocline.bootstrap.erase import erase_of
from thermocline.bootstrap.promote import promote
from thermocline.bootstrap.replay import convert_again, replay
from thermocline.bootstrap.subjects import subject_hasher
from thermocline.clock import utc_now
from thermocline.contracts import Contract, load_contracts
from thermocline.convert.settings import ConvertSettings
from thermocline.convert.use_case import Convert
from thermocline.erase.settings import EraseSettings
from thermocline.generations import following, hour_of
from thermocline.layout import RAW, is_recovered
from thermocline.recover.model import Choice
from thermocline.recover.settings import RecoverSettings
from thermocline.recover.use_case import Recover
from thermocline.replay.model import Order
from thermocline.replay.settings import ReplaySettings
from thermocline.streams import QUARANTINE
from thermocline.warm.folders import own_folder

COLUMN, SUBJECT = "anonymous_id", "visitor 1"
"""Who is erased."""


class _LeapingClock:
    """The true time, and what an erasure would have waited."""

    def __init__(self) -> None:
        self.ahead = dt.timedelta()

    def __call__(self) -> dt.datetime:
        return utc_now() + self.ahead


def in_order() -> list[str]:
    """Return the tables in the order in which they are promoted: quarantine waits for all streams."""
    return sorted(load_contracts(), key=lambda table: table == QUARANTINE)


def convert_object(raw_key: str, now: dt.datetime, *, strict: bool = False) -> None:
    """Convert a raw object; strictly: by an older contract, which takes no event of a user."""
    settings = ConvertSettings.from_env()
    Convert(
        store=S3Store(client("s3"), settings.lake_bucket),
        ledger=_ledger(),
        contracts=_strict() if strict else load_contracts(),
        hasher=subject_hasher(settings.subject_key_secret),
        clock=lambda: now,
    )(raw_key)


def end(now: dt.datetime) -> None:
    """Convert what is not converted, and promote it all."""
    for key in _open_objects():
        convert_object(key, now)
    for table in in_order():
        while promote()(table, before=following(hour_of(now))).state == "promoted":
            pass


def replay_range(table: str, first: str, last: str) -> None:
    """Replay generations, and work on the queue of what is to be converted meanwhile."""
    run = replay().plan(table, first, last, dry=False)
    while (progress := replay().progress(table, run.run)).left:
        assert not progress.problems
        if progress.ready is None or replay().commit(table, run.run, progress.ready).state == "converting":
            _work_on_backfills()
    replay().finish(table, run.run)


def recover_table(table: str, now: dt.datetime) -> None:
    """Bring a table's rows back from quarantine; what it writes is converted while it waits for that."""

    def convert_recovered() -> None:
        for key in filter(is_recovered, _open_objects()):
            convert_object(key, now)

    settings = RecoverSettings.from_env()
    Recover(
        quarantine=recovering._quarantine(),
        read=recovering.reading(settings),
        claims=DynamoClaims(client("dynamodb"), settings.ledger_table),
        objects=S3Recovered(client("s3"), settings.lake_bucket),
        ledger=_ledger(),
        arrivals=SqsArrivals(client("sqs"), settings.arrivals_queue_url),
        is_late=lambda: False,
        pause=convert_recovered,
    )(Choice(table=table))


def erase_subject() -> None:
    """Erase the subject, turn by turn; what a turn says to wait passes at once."""
    clock, hasher = _LeapingClock(), subject_hasher(SUBJECT_KEY)
    erase = erase_of(
        EraseSettings.from_env(),
        dynamodb=client("dynamodb"),
        s3=client("s3", read_timeout=60),
        glue=client("glue", attempts=1),
        hasher=hasher,
        contracts=load_contracts(),
        folder=own_folder(Path(tempfile.gettempdir())),
        clock=clock,
    )
    run = erase.start([hasher.digest(COLUMN, SUBJECT)])
    while (turn := erase.turn(run.id, clock() + dt.timedelta(minutes=10))).next != "done":
        assert turn.next != "failed", turn.reason
        clock.ahead += dt.timedelta(seconds=turn.wait_seconds)


def _ledger() -> DynamoLedger:
    return DynamoLedger(client("dynamodb"), ConvertSettings.from_env().ledger_table)


def _open_objects() -> Iterator[str]:
    for key in list(S3Objects(client("s3"), ConvertSettings.from_env().lake_bucket).keys(f"{RAW}/")):
        entry = _ledger().entry(key)
        if entry is None or not entry.done:
            yield key


def _strict() -> dict[str, Contract]:
    contracts = load_contracts()
    clicks = contracts["clickstream"]
    columns = tuple(replace(each, type="int") if each.name == "user_id" else each for each in clicks.columns)
    return {**contracts, clicks.name: replace(clicks, columns=columns)}


def _work_on_backfills() -> None:
    sqs, url = client("sqs"), ReplaySettings.from_env().backfills_queue_url
    messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    assert messages, "what is to be converted is in the queue"
    for message in messages:
        convert_again()(msgspec.json.decode(message["Body"], type=Order))
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
