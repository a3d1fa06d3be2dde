"""A lake whose processes stop, die and go on in any order, and what it must show in the end."""

from __future__ import annotations

import datetime as dt
import io
import os
import signal
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq

from docs import verify_erasure
from tests.athena_local.endpoint.tables import CREDENTIALS, Endpoint
from tests.fakes.emulator import client
from tests.fakes.subjects import HASHER, SECRET
from tests.histories.tiers import deployed
from tests.histories.tiers.deployed import BUCKET, CONTRACTS, DATABASE, LEDGER, DeployedLake
from tests.histories.tiers.traffic import click
from tests.histories.upkeep.steps import Halt, Step, has_stopped, start
from thermocline.balance.model import Books, Range
from thermocline.bootstrap.balance import balance_of
from thermocline.contracts.validator import validator_for
from thermocline.events.batch import Refused
from thermocline.events.quarantine import quarantine_row
from thermocline.generations import hour_of
from thermocline.streams import QUARANTINE

CLICKS = "clickstream"
SUBJECT = "visitor to forget 6f1c"
OTHER = "visitor to keep 8a42"
DIGEST = HASHER.digest("anonymous_id", SUBJECT)
_MORE_SETTINGS = {
    "RESULTS_BUCKET": "results",
    "BACKFILLS_QUEUE_URL": "",
    "SETTLED_HOURS": "0",
    "CLEAN_MARGIN_HOURS": "0",
    "LONGEST_ATTEMPT_SECONDS": "900",
    "SETTLE_SECONDS": "0",
    "SOURCES_FILE": "",
    "WRITE_KEY_SECRET": "",
    "EPOCHS_TABLE": "",
}
_LONG_AGO = {"S": "2026-01-01T00:00:00Z"}


class Sent(NamedTuple):
    """An event: its id, whose it is, and whether it came as a bad row that is good by now."""

    event: str
    person: str
    bad: bool


class UpkeepLake(DeployedLake):
    """A lake with all of its upkeep.

    Attributes
    ----------
    sent
        Every event, by its id.
    refused
        How many lines were sent that stay bad.
    stopped
        Processes that stand before a call.
    """

    def __init__(self, endpoint: Endpoint, folder: Path) -> None:
        now = dt.datetime.now(dt.UTC).replace(minute=0, second=0, microsecond=0)
        super().__init__(endpoint, now, folder)
        self._url = endpoint.aws_url
        sqs = client("sqs", self._url)
        queue = sqs.create_queue(QueueName="backfills")["QueueUrl"]
        settings = deployed._SETTINGS | _MORE_SETTINGS | {"BACKFILLS_QUEUE_URL": queue}
        self._environment = CREDENTIALS | {f"LAKE_{name}": value for name, value in settings.items()}
        self._environment["AWS_ENDPOINT_URL"] = self._url
        self.sent: dict[str, Sent] = {}
        self.refused = 0
        self.stopped: list[Any] = []
        self.erased = False
        self.happened: Counter[str] = Counter()
        self._folder = folder
        self.does("end deploy")

    # What happens

    def sends(self, name: str, numbers: Sequence[int], *, hours_ago: int, bad: int = 0) -> str:
        """Let clicks of two persons arrive, the subject's among them, and lines that are bad for ever."""
        rows = [self._click(number, hours_ago) for number in numbers]
        self.refused += bad
        key = self.arrive(CLICKS, name, [*rows, *(f"bad {name} {each}\n".encode() for each in range(bad))])
        self._note(rows, bad=False)
        return key

    def sends_bad_rows(self, name: str, numbers: Sequence[int], *, hours_ago: int) -> str:
        """Let bad rows arrive, as of a contract that was stricter: their events are good by now."""
        encode, rows = validator_for(CONTRACTS[CLICKS]).encode, [self._click(number, hours_ago) for number in numbers]
        bad = [
            quarantine_row(
                Refused(raw=encode(row).rstrip(b"\n"), reason="invalid", detail="a contract of before"),
                stream=CLICKS,
                source=row["source"],
                protocol=None,
                stage="convert",
                received=row["received_at"],
                redact=False,
            )
            for row in rows
        ]
        self._note(rows, bad=True)
        return self.arrive(QUARANTINE, name, bad)

    def _click(self, number: int, hours_ago: int) -> dict[str, Any]:
        row = click(number, self.now - dt.timedelta(hours=hours_ago))
        return row | {"anonymous_id": SUBJECT if number % 3 == 0 else OTHER}

    def _note(self, rows: Sequence[Mapping[str, Any]], *, bad: bool) -> None:
        for row in rows:
            event, person = row["event_id"], row["anonymous_id"]
            self.sent.setdefault(event, Sent(event, person, bad))

    def does(self, name: str, of: str = "", *told: str, hours_ago: int = 0, halt: Halt | None = None) -> None:
        """Run a step to its end, or to where it halts."""
        step = Step(name, of, self.now - dt.timedelta(hours=hours_ago), told)
        process = start(step, self._environment, self._folder, halt)
        if has_stopped(process):
            self.stopped.append(process)
            self.happened[f"{name} stopped"] += 1
            return
        process.join()
        assert process.exitcode in (0, -signal.SIGKILL), (step, process.exitcode)
        self.happened[f"{name} {'killed' if process.exitcode else 'ended'}"] += 1

    def goes_on(self, place: int, *, kill: bool) -> None:
        """Let a process go on that stands, or end it."""
        process = self.stopped.pop(place % len(self.stopped))
        os.kill(process.pid, signal.SIGKILL if kill else signal.SIGCONT)
        process.join()
        assert process.exitcode in (0, -signal.SIGKILL), process.exitcode
        self.happened["killed late" if kill else "went on late"] += 1

    def let_attempts_die(self) -> None:
        """Let attempts be so old that none of them lives."""
        for item in self.states.items():
            if item["pk"]["S"] == "attempts":
                self.states.put({**item, "begun_at": _LONG_AGO})

    def raw_keys(self) -> list[str]:
        """Return the keys of all raw objects that there are."""
        listed = client("s3", self._url).list_objects_v2(Bucket=BUCKET, Prefix="raw/").get("Contents", [])
        return [item["Key"] for item in listed]

    def generations(self) -> list[str]:
        """Return the generations that have entries of clicks."""
        return sorted(
            {
                item["sk"]["S"].partition("#")[0]
                for item in self.states.items()
                if item["pk"]["S"] == f"entries#{CLICKS}"
            }
        )

    # How it ends

    def calms_down(self, *, kill: bool) -> None:
        """Let everything end or die, then do all that is left to do."""
        while self.stopped:
            self.goes_on(0, kill=kill)
        self.let_leases_end()
        self.let_attempts_die()
        for _ in range(2):  # a recovery writes raw objects, and its rows leave when these are done
            self._settles()
            self.does("recover", CLICKS)
        self._settles()
        if self.erased:
            self.does("erase", DIGEST)
            self.does("erase", DIGEST)  # what came late is in raw, until the next erasure

    def _settles(self) -> None:
        self.does("convert all", "", *self.raw_keys())
        self.does("promote all", hours_ago=-2)

    # What must be true

    def check(self) -> None:
        """Every event is in the view, or in quarantine, once; nothing of an erased subject is anywhere."""
        shown = Counter(str(row[0]) for row in self.rows_of(CLICKS, "event_id"))
        expected = {each.event for each in self.sent.values() if not (self.erased and each.person == SUBJECT)}
        assert shown == Counter(dict.fromkeys(expected, 1))
        left = [row for row in self.rows_of(QUARANTINE, "payload") if SUBJECT in str(row[0])]
        assert left == [] or not self.erased
        assert len(self.rows_of(QUARANTINE, "event_id")) == self.refused
        assert self.books().balanced, list(self.books().findings())
        if self.erased:
            assert list(self.findings()) == []

    def rows_of(self, table: str, column: str) -> list[list[str | None]]:
        """Return a column of a table's view."""
        return self._endpoint.rows(f'SELECT "{column}" FROM "{table}"')[1:]

    def books(self) -> Books:
        """Return the books of all generations."""
        balance = balance_of(**self._clients, ledger_table=LEDGER, bucket=BUCKET, database=DATABASE)
        return balance(Range(first=hour_of(self.now - dt.timedelta(days=2))))

    def findings(self) -> Iterator[str]:
        """Yield what the independent program finds of the subject."""
        s3 = client("s3", self._url)
        reports = [
            item for item in s3.list_objects_v2(Bucket=BUCKET, Prefix="erasure/")["Contents"]
            if item["Key"].endswith("/report.json")
        ]  # fmt: skip
        assert reports
        latest = max(reports, key=lambda item: item["LastModified"])["Key"]
        (value := self._folder / "value").write_text(SUBJECT)
        (key := self._folder / "key").write_text(SECRET)
        options = ["--bucket", BUCKET, "--results", "results", "--report", latest, "--endpoint-url", self._url]
        options += ["--value-file", str(value), "--key-file", str(key), "--column", "anonymous_id"]
        if status := verify_erasure.main(options):
            yield f"the program ends with {status}"


def rows_in(body: bytes) -> list[dict[str, Any]]:
    """Return the rows of a Parquet file."""
    rows: list[dict[str, Any]] = pq.read_table(io.BytesIO(body)).to_pylist()
    return rows
