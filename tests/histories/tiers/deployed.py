"""A lake on the emulator whose steps run in processes of their own, with everything that production has."""

from __future__ import annotations

import datetime as dt
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from athena_local.api.server import application
from athena_local.bootstrap import build_api
from tests.athena_local.endpoint.tables import CREDENTIALS, Endpoint, glue_table, serve
from tests.fakes.aws import create_ledger_table
from tests.fakes.emulator import client, emulator
from tests.fakes.subjects import SUBJECT_KEY, create_subject_key
from tests.histories.tiers.lake_state import States
from tests.histories.tiers.processes import Step, start
from thermocline.balance.model import Range
from thermocline.bootstrap.balance import balance_of
from thermocline.contracts import load_contracts
from thermocline.contracts.glue import glue_columns, glue_partition_keys, projection_parameters
from thermocline.contracts.validator import validator_for
from thermocline.layout import hot_table, table_prefix
from thermocline.streams import QUARANTINE

BUCKET = "lake"
DATABASE = "shop"  # the endpoint's
CONTRACTS = load_contracts()
TABLES = ("clickstream", "telemetry", QUARANTINE)
LEDGER = "ledger"
_QUERIES = sorted((Path(__file__).parents[3] / "sql" / "queries").glob("*.sql"))
_SETTINGS = {
    "LAKE_BUCKET": BUCKET,
    "LEDGER_TABLE": LEDGER,
    "DATABASE": DATABASE,
    "ARRIVALS_QUEUE_URL": "",
    "SUBJECT_KEY_SECRET": SUBJECT_KEY,
    "LEASE_SECONDS": "960",
    "MEMORY_MB": "200",
    "LAMBDA_MAX_BYTES": "1000000",
    "STALLED_HOURS": "1",
    "STORAGE_CLASS": "STANDARD",
    "COLD_STORAGE_CLASS": "GLACIER_IR",
    "LEAST_FILES": "2",
}

Rows = Sequence[Sequence[str | None]]


@contextmanager
def started(folder: Path) -> Iterator[Endpoint]:
    """Start an emulator with a bucket, a database and the offline Athena in a folder, and end it."""
    with emulator(folder) as url:
        glue, s3, athena = (client(name, url) for name in ("glue", "s3", "athena"))
        for bucket in (BUCKET, "results"):
            s3.create_bucket(Bucket=bucket)
        s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        glue.create_database(DatabaseInput={"Name": DATABASE})
        configuration = {"ResultConfiguration": {"OutputLocation": "s3://results/"}}
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
        for table in CONTRACTS:
            self._create_hot(table)
        parts = {name: each for name, each in self._clients.items() if name != "cloudwatch"}
        self.states = States(**parts, bucket=BUCKET, ledger=LEDGER, database=DATABASE)

    def _create_hot(self, table: str) -> None:
        location, contract = f"s3://{BUCKET}/{table_prefix(table)}", CONTRACTS[table]
        parameters = projection_parameters(location=location, first_generation=self._gen(days_ago=2))
        keys = glue_partition_keys(contract)
        wanted = glue_table(hot_table(table), location, Parameters=parameters, PartitionKeys=keys)
        wanted["StorageDescriptor"]["Columns"] = glue_columns(contract)
        self._clients["glue"].create_table(DatabaseName=DATABASE, TableInput=wanted)

    def _gen(self, days_ago: int) -> str:
        return f"{self.now - dt.timedelta(days=days_ago):%Y-%m-%d-%H}"

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

    def run(self, *steps: Step) -> None:
        """Run steps to their end."""
        assert not self.dies(*steps)

    def dies(self, *steps: Step, before: int | None = None, after: float | None = None) -> bool:
        """Run steps, kill their process before a call or after some seconds, and tell whether it had not ended."""
        settings = {f"LAKE_{name}": value for name, value in _SETTINGS.items()}
        environment = CREDENTIALS | settings | {"AWS_ENDPOINT_URL": self._endpoint.aws_url}
        process = start(steps, environment, self._folder, before)
        process.join(after)
        process.kill()
        process.join()
        assert process.exitcode in (0, -signal.SIGKILL), steps
        return process.exitcode != 0

    def let_leases_end(self) -> None:
        """Let the time of every lease be up."""
        for item in self.states.items():
            if item["sk"]["S"] == "lease" and "until" in item:
                self.states.put({**item, "until": {"N": "0"}})

    # What it shows

    def rows(self) -> dict[str, Rows]:
        """Return what each table's view shows, sorted."""
        tables = {table: self._endpoint.rows(f'SELECT * FROM "{table}"')[1:] for table in TABLES}
        return {table: sorted(rows, key=str) for table, rows in tables.items()}

    def shows(self, *, answers: bool) -> Shown:
        """Return what it shows, with or without the answers, and see to it that its books balance."""
        books = balance_of(**self._clients, ledger_table=LEDGER, bucket=BUCKET, database=DATABASE)
        assert books(Range(first=self._gen(days_ago=1))).balanced
        queries = _QUERIES if answers else ()
        return Shown(self.rows(), {path.stem: self._endpoint.rows(path.read_text()) for path in queries})
