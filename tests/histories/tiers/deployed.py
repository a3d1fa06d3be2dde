"""A lake on the emulator whose steps run in processes of their own, with everything that production has."""

from __future__ import annotations

import datetime as dt
import io
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

import psutil

from athena_local.api.server import application
from athena_local.bootstrap import build_api
from docs import verify_erasure
from tests.athena_local.endpoint.tables import CREDENTIALS, Endpoint, glue_table, serve
from tests.fakes.aws import create_ledger_table
from tests.fakes.emulator import client, emulator
from tests.fakes.subjects import SECRET, SUBJECT_KEY, create_subject_key
from tests.histories.tiers.lake_state import State, States
from tests.histories.tiers.processes import CALLS, Step, start
from tests.histories.tiers.upkeep import COLUMN, SUBJECT
from thermocline.balance.model import Range
from thermocline.bootstrap.balance import balance_of
from thermocline.contracts import load_contracts
from thermocline.contracts.glue import glue_columns, glue_partition_keys, projection_parameters
from thermocline.contracts.validator import validator_for
from thermocline.layout import hot_table, table_prefix
from thermocline.streams import QUARANTINE

BUCKET, RESULTS = "lake", "results"
DATABASE = "shop"  # the endpoint's
CONTRACTS = load_contracts()
TABLES = ("clickstream", "telemetry", QUARANTINE)
LEDGER = "ledger"
_QUERIES = sorted((Path(__file__).parents[3] / "sql" / "queries").glob("*.sql"))
_SETTINGS = {
    "LAKE_BUCKET": BUCKET,
    "RESULTS_BUCKET": RESULTS,
    "LEDGER_TABLE": LEDGER,
    "DATABASE": DATABASE,
    "ARRIVALS_QUEUE_URL": "",
    "SOURCES_FILE": "config/local.toml",
    "WRITE_KEY_SECRET": "",
    "EPOCHS_TABLE": "",
    "SUBJECT_KEY_SECRET": SUBJECT_KEY,
    "LEASE_SECONDS": "960",
    "MEMORY_MB": "200",
    "LAMBDA_MAX_BYTES": "1000000",
    "STALLED_HOURS": "1",
    "STORAGE_CLASS": "STANDARD",
    "COLD_STORAGE_CLASS": "GLACIER_IR",
    "LEAST_FILES": "2",
    "SETTLED_HOURS": "0",
    "LONGEST_ATTEMPT_SECONDS": "180",
    "SETTLE_SECONDS": "900",
}

Rows = Sequence[Sequence[str | None]]


@contextmanager
def started(folder: Path) -> Iterator[Endpoint]:
    """Start an emulator with a bucket, a database and the offline Athena in a folder, and end it."""
    with emulator(folder) as url:
        glue, s3, athena = (client(name, url) for name in ("glue", "s3", "athena"))
        for bucket in (BUCKET, RESULTS):
            s3.create_bucket(Bucket=bucket)
        s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        glue.create_database(DatabaseInput={"Name": DATABASE})
        configuration = {"ResultConfiguration": {"OutputLocation": f"s3://{RESULTS}/"}}
        athena.create_work_group(Name="analysts", Configuration=configuration)
        (cache := folder / "cache").mkdir()
        api = build_api(endpoint_url=url, region="us-east-1", cache_dir=cache, memory_limit="500MB")
        address, stop = serve(application(api))
        try:
            yield Endpoint(url, address, client("athena", address), s3, glue)
        finally:
            stop()


class Shown(NamedTuple):
    """What a lake shows: the rows of each table's view, and the answers to the queries of ``sql``."""

    rows: Mapping[str, Rows]
    answers: Mapping[str, Rows]


class DeployedLake:
    """A lake in the emulator of an endpoint.

    Parameters
    ----------
    now
        The beginning of the open hour: promotion takes the generations before it.
    folder
        For the files of the steps.
    """

    def __init__(self, endpoint: Endpoint, now: dt.datetime, folder: Path) -> None:
        self.now = now
        self._endpoint, self._folder = endpoint, folder
        self._clients = {name: client(name, endpoint.aws_url) for name in ("dynamodb", "s3", "glue", "cloudwatch")}
        create_ledger_table(self._clients["dynamodb"], LEDGER)
        create_subject_key(client("secretsmanager", endpoint.aws_url))
        self._sqs = client("sqs", endpoint.aws_url)
        attributes = {"VisibilityTimeout": "0"}  # what a killed worker had is there at once
        self._queue = self._sqs.create_queue(QueueName="backfills", Attributes=attributes)["QueueUrl"]
        for table in CONTRACTS:
            self._create_hot(table)
        parts = {name: each for name, each in self._clients.items() if name != "cloudwatch"}
        self.states = States(**parts, bucket=BUCKET, ledger=LEDGER, database=DATABASE)

    def _create_hot(self, table: str) -> None:
        location, contract = f"s3://{BUCKET}/{table_prefix(table)}", CONTRACTS[table]
        parameters = projection_parameters(location=location, first_generation=self.gen(days_ago=2))
        keys = glue_partition_keys(contract)
        wanted = glue_table(hot_table(table), location, Parameters=parameters, PartitionKeys=keys)
        wanted["StorageDescriptor"]["Columns"] = glue_columns(contract)
        self._clients["glue"].create_table(DatabaseName=DATABASE, TableInput=wanted)

    def gen(self, *, days_ago: int = 0, hours_ago: int = 0) -> str:
        """Return a generation before the open one."""
        return f"{self.now - dt.timedelta(days=days_ago, hours=hours_ago):%Y-%m-%d-%H}"

    # What happens

    def arrive(self, stream: str, name: str, rows: Sequence[Mapping[str, Any] | bytes]) -> str:
        """Put a raw object of canonical rows, and of lines that are none, and return its key."""
        encode = validator_for(CONTRACTS[stream]).encode
        key = f"raw/{stream}/{self.now:%Y/%m/%d/%H}/{name}.ndjson.zst"
        body = b"".join(row if isinstance(row, bytes) else encode(dict(row)) for row in rows)
        self._clients["s3"].put_object(Bucket=BUCKET, Key=key, Body=body)
        return key

    def step(self, name: str, of: str = "", *, hours_ago: int = 0) -> Step:
        """Return a step, by a clock that is behind so many hours."""
        return Step(name, of, self.now - dt.timedelta(hours=hours_ago))

    def run(self, *steps: Step) -> int:
        """Run steps to their end, and return how many calls of theirs changed something."""
        assert not self.dies(*steps)
        return int((self._folder / CALLS).read_text())

    def dies(self, *steps: Step, before: int | None = None, after: float | None = None) -> bool:
        """Run steps, kill their process before a call or after some seconds, and tell whether it had not ended."""
        process = start(steps, self._environment(), self._folder, before)
        process.join(after)
        process.kill()
        process.join()
        assert process.exitcode in (0, -signal.SIGKILL), steps
        return process.exitcode != 0

    def overtakes(self, *steps: Step, before: int) -> bool:
        """Let steps sleep before a call, until their leases are over and another process has done them all.

        Returns False if they ended before that call. When they wake up they may fail.
        """
        process = start(steps, self._environment(), self._folder, before, signal.SIGSTOP)
        try:
            while process.is_alive() and psutil.Process(process.pid).status() != psutil.STATUS_STOPPED:
                time.sleep(0.01)
            if slept := process.is_alive():
                self.let_leases_end()
                self.run(*steps)
                psutil.Process(process.pid).resume()
            process.join()
        finally:
            process.kill()
        assert process.exitcode in (0, 1), steps
        return slept

    def _environment(self) -> dict[str, str]:
        settings = {f"LAKE_{name}": value for name, value in _SETTINGS.items()}
        queue = {"LAKE_BACKFILLS_QUEUE_URL": self._queue, "AWS_ENDPOINT_URL": self._endpoint.aws_url}
        return CREDENTIALS | settings | queue

    def let_leases_end(self) -> None:
        """Let the time of every lease be up."""
        for item in self.states.items():
            if item["sk"]["S"] == "lease" and "until" in item:
                self.states.put({**item, "until": {"N": "0"}})

    def goes_back_to(self, state: State) -> None:
        """Bring it to a state; one result of a query names the subject, and nothing waits in the queue."""
        self.states.write(state)
        self._sqs.purge_queue(QueueUrl=self._queue)
        s3 = self._clients["s3"]
        for key in self._keys(RESULTS):
            s3.delete_object(Bucket=RESULTS, Key=key)
        s3.put_object(Bucket=RESULTS, Key="visitors.csv", Body=f'"visitor"\n"{SUBJECT}"\n'.encode())

    # What it shows

    def left_over(self) -> list[str]:
        """Return what only a run that is under way has: keys of objects and items."""
        keys = [key for key in self._keys(BUCKET) if key.startswith(("replay/", "erasure/"))]
        items = [f"{item['pk']['S']} {item['sk']['S']}" for item in self.states.items()]
        return [key for key in keys if not key.endswith("/report.json")] + [
            name for name in items if name.startswith("replay#")
        ]

    def findings(self) -> str:
        """Return what the independent program says of the erasure, "" if nothing of the subject is left."""
        (value := self._folder / "value").write_text(SUBJECT)
        (key := self._folder / "key").write_text(SECRET)
        report = max(key for key in self._keys(BUCKET) if key.endswith("/report.json"))  # the last run's
        options = ["--bucket", BUCKET, "--results", RESULTS, "--endpoint-url", self._endpoint.aws_url]
        options += ["--value-file", str(value), "--key-file", str(key), "--column", COLUMN]
        with redirect_stdout(io.StringIO()) as said, redirect_stderr(io.StringIO()):
            verify_erasure.main([*options, "--report", report])
        return said.getvalue()

    def places_of_subject(self) -> list[str]:
        """Return the versions of objects that name the subject, in whatever form."""
        buckets, value = verify_erasure.Buckets(self._clients["s3"], [BUCKET, RESULTS]), verify_erasure.Needle(SUBJECT)
        return [str(each) for each in buckets.versions if not each.marker and verify_erasure._why(buckets, each, value)]

    def _keys(self, bucket: str) -> list[str]:
        pages = self._clients["s3"].get_paginator("list_objects_v2").paginate(Bucket=bucket)
        return [item["Key"] for page in pages for item in page.get("Contents", [])]

    def rows(self) -> dict[str, Rows]:
        """Return what each table's view shows, sorted."""
        tables = {table: self._endpoint.rows(f'SELECT * FROM "{table}"')[1:] for table in TABLES}
        return {table: sorted(rows, key=str) for table, rows in tables.items()}

    def shows(self, *, answers: bool) -> Shown:
        """Return what it shows, with or without the answers, and see to it that its books balance."""
        books = balance_of(**self._clients, ledger_table=LEDGER, bucket=BUCKET, database=DATABASE)
        assert books(Range(first=self.gen(days_ago=1))).balanced
        queries = _QUERIES if answers else ()
        return Shown(self.rows(), {path.stem: self._endpoint.rows(path.read_text()) for path in queries})
