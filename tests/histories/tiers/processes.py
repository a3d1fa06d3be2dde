"""Steps of production in processes of their own, which end by SIGKILL before a chosen call to AWS."""

from __future__ import annotations

import datetime as dt
import itertools
import multiprocessing
import os
import signal
import tempfile
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NamedTuple

import boto3

from thermocline.adapters.clients import client
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.adapters.s3 import S3Store
from thermocline.bootstrap import upkeep
from thermocline.bootstrap.promote import promote
from thermocline.bootstrap.publish import end_deploy, publish
from thermocline.bootstrap.subjects import subject_hasher
from thermocline.contracts import load_contracts
from thermocline.convert.settings import ConvertSettings
from thermocline.convert.use_case import Convert
from thermocline.generations import hour_of
from thermocline.seal.plan import Rules
from thermocline.seal.use_case import Seal

_PRELOADED = [
    __name__,
    "duckdb",
    "pyiceberg.io.pyarrow",
    "thermocline.adapters.dynamodb_leases",
    "thermocline.adapters.glue_views",
    "thermocline.adapters.iceberg",
    "thermocline.adapters.s3_files",
    "thermocline.compact.use_case",
    "thermocline.promote.use_case",
    "thermocline.publish.use_case",
    "thermocline.seal.use_case",
    "thermocline.warm.rows",
]
_READING = ("Get", "BatchGet", "Head", "List", "Query", "Scan")


class Step(NamedTuple):
    """A step of the lake.

    Attributes
    ----------
    of
        A table; for ``convert`` a raw key.
    now
        By convert's clock; promotion takes generations before this hour.
    """

    name: str
    of: str
    now: dt.datetime


def start(steps: Sequence[Step], environment: Mapping[str, str], folder: Path, die_before: int | None) -> BaseProcess:
    """Start steps in a process, which kills itself before its call of a number that changes something, from 0 on.

    These are all places where it can die: what AWS has before a call is what it had after the one before it, and calls
    that read change nothing.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    process = context.Process(target=_work, args=(steps, dict(environment), folder, die_before), daemon=True)
    process.start()
    return process


def _work(steps: Sequence[Step], environment: Mapping[str, str], folder: Path, die_before: int | None) -> None:
    os.environ.update(environment)
    tempfile.tempdir = str(folder)
    boto3.setup_default_session()
    numbers = itertools.count()

    def die(event_name: str, **_: Any) -> None:
        reads = event_name.rpartition(".")[2].startswith(_READING)
        if not reads and next(numbers) == die_before:
            os.kill(os.getpid(), signal.SIGKILL)

    boto3.DEFAULT_SESSION.events.register("before-send", die)
    for step in steps:
        _STEPS[step.name](step)


def _convert(step: Step) -> None:
    settings = ConvertSettings.from_env()
    Convert(
        store=S3Store(client("s3"), settings.lake_bucket),
        ledger=DynamoLedger(client("dynamodb"), settings.ledger_table),
        contracts=load_contracts(),
        hasher=subject_hasher(settings.subject_key_secret),
        clock=lambda: step.now,
    )(step.of)


def _seal(step: Step) -> None:
    """Seal when the late window of every month that there is has closed."""
    Seal(
        ledger=upkeep._ledger(),
        leases=upkeep._leases(),
        catalog=upkeep._catalog(),
        rewriter=upkeep._rewriter(),
        contracts=load_contracts(),
        clock=lambda: step.now + dt.timedelta(days=62),
        rules=Rules(late=dt.timedelta(days=30), small_bytes=0, most_bytes=1 << 30),
    )(step.of)


def _promote(step: Step) -> None:
    promote()(step.of, before=hour_of(step.now))


def _promote_all(step: Step) -> None:
    for table in load_contracts():  # quarantine is the last
        while promote()(table, before=hour_of(step.now)).state == "promoted":
            pass


_STEPS: Mapping[str, Callable[[Step], object]] = {
    "convert": _convert,
    "promote": _promote,
    "promote all": _promote_all,
    "publish": lambda step: publish()(step.of),
    "compact": lambda step: upkeep.compact()(step.of),
    "seal": _seal,
    "end deploy": lambda step: end_deploy()(),
}
