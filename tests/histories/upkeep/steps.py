"""Replay, recovery and erasure as steps of production, in processes of their own that die or stop at a chosen call."""

from __future__ import annotations

import datetime as dt
import itertools
import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NamedTuple

import boto3

from tests.histories.tiers import processes
from thermocline.adapters.clients import client
from thermocline.adapters.dynamodb_claims import DynamoClaims
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.adapters.dynamodb_runs import DynamoRuns
from thermocline.adapters.s3_recovered import S3Recovered
from thermocline.bootstrap import recover as recovery
from thermocline.bootstrap import upkeep
from thermocline.bootstrap.erase import erase
from thermocline.bootstrap.replay import convert_again, replay
from thermocline.clock import utc_now
from thermocline.contracts import load_contracts
from thermocline.convert.again import read_line_again
from thermocline.errors import ReplayRefused, ThermoclineError
from thermocline.recover.model import Choice
from thermocline.recover.settings import RecoverSettings
from thermocline.recover.use_case import Recover
from thermocline.replay.model import Order

_PRELOADED = [
    "thermocline.adapters.dynamodb_erasures",
    "thermocline.adapters.raw_fits",
    "thermocline.adapters.s3_objects",
    "thermocline.adapters.s3_parquet",
    "thermocline.adapters.s3_versions",
    "thermocline.adapters.sqs",
    "thermocline.clean.use_case",
    "thermocline.convert.conversion",
    "thermocline.erase.use_case",
    "thermocline.recover.table",
    "thermocline.replay.use_case",
    "thermocline.warm.erased_files",
    "thermocline.warm.leaving",
    "thermocline.warm.replacing",
]
_READING = ("Get", "BatchGet", "Head", "List", "Query", "Scan")
_TURN = dt.timedelta(minutes=5)


class Step(NamedTuple):
    """A step, what it is of, the hour of its clock, and what else it is told."""

    name: str
    of: str
    now: dt.datetime
    told: tuple[str, ...] = ()


class Halt(NamedTuple):
    """What becomes of a process before its call of a number that changes something."""

    call: int
    signal: int


def start(step: Step, environment: Mapping[str, str], folder: Path, halt: Halt | None) -> BaseProcess:
    """Start a step in a process that halts before a call; without one it ends."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, *processes._PRELOADED, *_PRELOADED])
    process = context.Process(target=_work, args=(step, dict(environment), folder, halt), daemon=True)
    process.start()
    return process


def has_stopped(process: BaseProcess) -> bool:
    """Wait until a process has ended or stands still; tell whether it stands."""
    while process.is_alive():
        try:
            state = Path(f"/proc/{process.pid}/stat").read_text()
        except FileNotFoundError:
            break
        if state.rpartition(") ")[2].startswith("T"):
            return True
        time.sleep(0.01)
    return False


def _work(step: Step, environment: Mapping[str, str], folder: Path, halt: Halt | None) -> None:
    os.environ.update(environment)
    tempfile.tempdir = str(folder)
    boto3.setup_default_session()
    numbers = itertools.count()

    def stand(event_name: str, **_: Any) -> None:
        reads = event_name.rpartition(".")[2].startswith(_READING)
        if not reads and halt and next(numbers) == halt.call:
            os.kill(os.getpid(), halt.signal)

    boto3.DEFAULT_SESSION.events.register("before-send", stand)
    try:
        _STEPS[step.name](step)
    except ThermoclineError as error:  # another was faster, or there is nothing to do yet: the next run does it
        (folder / f"{step.name} {step.of} {os.getpid()}.error".replace("/", "-")).write_text(f"{error!r}")


def _replay(step: Step) -> None:
    """Replay a range of generations from raw, as the command and the function of backfills do it in turns."""
    first, last = step.told
    try:
        run = replay().plan(step.of, first, last, dry=False)
    except ReplayRefused:
        return
    runs = DynamoRuns(client("dynamodb"), os.environ["LAKE_LEDGER_TABLE"])
    while True:
        for key, result in runs.results(run).items():
            if result.waits:
                convert_again()(Order(run=run.run, table=run.table, gen=result.gen, raw_key=key))
        progress = replay().progress(run.table, run.run)
        if progress.problems or not (progress.left or progress.ready):
            break
        if progress.ready:
            replay().commit(run.table, run.run, progress.ready)
    if not progress.problems:
        replay().finish(run.table, run.run)


def _convert_all(step: Step) -> None:
    for key in step.told:
        processes._convert(processes.Step("convert", key, step.now))


class _Nobody:
    def send(self, raw_keys: Sequence[str]) -> None:
        """Tell nobody: the history converts what it finds."""


def _recover(step: Step) -> None:
    settings, dynamodb = RecoverSettings.from_env(), client("dynamodb")
    contract = load_contracts()[step.of]
    Recover(
        quarantine=recovery._quarantine(),
        read=lambda row: [read_line_again(row.payload, contract)],
        claims=DynamoClaims(dynamodb, settings.ledger_table),
        objects=S3Recovered(client("s3"), settings.lake_bucket),
        ledger=DynamoLedger(dynamodb, settings.ledger_table),
        arrivals=_Nobody(),
        is_late=lambda: False,
        pause=lambda: None,
    )(Choice(table=step.of))


def _erase(step: Step) -> None:
    """Begin to erase, or go on with it, as far as it goes now."""
    run = erase().start([step.of])
    while erase().turn(run.id, utc_now() + _TURN).next == "again":
        pass


_STEPS: Mapping[str, Callable[[Step], object]] = {
    "convert all": _convert_all,
    **{name: each for name, each in processes._STEPS.items() if name not in ("compact", "seal")},  # type: ignore[dict-item]
    "compact": lambda step: upkeep.compact()(step.of),
    "clean": lambda step: upkeep.clean()(step.of),
    "seal": lambda step: processes._seal(processes.Step(step.name, step.of, step.now)),
    "replay": _replay,
    "recover": _recover,
    "erase": _erase,
}
