"""Steps of production in processes of their own, which end, or stop, before a chosen call to AWS."""

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

from tests.histories.tiers.upkeep import convert_object, end, erase_subject, in_order, recover_table, replay_range
from thermocline.bootstrap import upkeep
from thermocline.bootstrap.promote import promote
from thermocline.bootstrap.publish import end_deploy, publish
from thermocline.contracts import load_contracts
from thermocline.generations import hour_of
from thermocline.seal.plan import Rules
from thermocline.seal.use_case import Seal

_PRELOADED = [
    __name__,
    "duckdb",
    "pyiceberg.io.pyarrow",
    "thermocline.adapters.dynamodb_leases",
    "thermocline.adapters.dynamodb_runs",
    "thermocline.adapters.glue_views",
    "thermocline.adapters.iceberg",
    "thermocline.adapters.s3_files",
    "thermocline.compact.use_case",
    "thermocline.erase.use_case",
    "thermocline.promote.use_case",
    "thermocline.publish.use_case",
    "thermocline.replay.use_case",
    "thermocline.seal.use_case",
    "thermocline.warm.rows",
]
CALLS = "calls"
"""Name of the file that says how many calls that change something a process made that came to its end."""
_READING = ("Get", "BatchGet", "Head", "List", "Query", "Scan")


class Step(NamedTuple):
    """A step of the lake.

    Attributes
    ----------
    of
        A table; for ``convert`` a raw key; for ``replay`` a table and its first and last generation, parted by ``/``.
    now
        By convert's clock; promotion takes generations before this hour.
    """

    name: str
    of: str
    now: dt.datetime


def start(
    steps: Sequence[Step],
    environment: Mapping[str, str],
    folder: Path,
    before: int | None,
    sent: signal.Signals = signal.SIGKILL,
) -> BaseProcess:
    """Start steps in a process, which sends itself a signal before a call that changes something, counted from 0 on.

    These are all places where it can die: what AWS has before a call is what it had after the one before it, and calls
    that read change nothing.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    process = context.Process(target=_work, args=(steps, dict(environment), folder, before, sent), daemon=True)
    process.start()
    return process


def _work(
    steps: Sequence[Step], environment: Mapping[str, str], folder: Path, before: int | None, sent: signal.Signals
) -> None:
    os.environ.update(environment)
    tempfile.tempdir = str(folder)
    boto3.setup_default_session()
    numbers = itertools.count()

    def interrupt(event_name: str, **_: Any) -> None:
        reads = event_name.rpartition(".")[2].startswith(_READING)
        if not reads and next(numbers) == before:
            os.kill(os.getpid(), sent)

    boto3.DEFAULT_SESSION.events.register("before-send", interrupt)
    for step in steps:
        _STEPS[step.name](step)
    (folder / CALLS).write_text(str(next(numbers)))


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
    for table in in_order():
        while promote()(table, before=hour_of(step.now)).state == "promoted":
            pass


_STEPS: Mapping[str, Callable[[Step], object]] = {
    "convert": lambda step: convert_object(step.of, step.now),
    "convert strictly": lambda step: convert_object(step.of, step.now, strict=True),
    "end": lambda step: end(step.now),
    "erase": lambda step: erase_subject(),
    "promote": _promote,
    "promote all": _promote_all,
    "recover": lambda step: recover_table(step.of, step.now),
    "replay": lambda step: replay_range(*step.of.split("/")),
    "publish": lambda step: publish()(step.of),
    "clean": lambda step: upkeep.clean()(step.of),
    "compact": lambda step: upkeep.compact()(step.of),
    "seal": _seal,
    "end deploy": lambda step: end_deploy()(),
}
