"""The independent program: a lake after a whole erasure has no findings, and each planted miss is one."""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from docs import verify_erasure as program
from tests.fakes.aws import AwsClient, aws, create_bucket
from tests.fakes.warm_tables import row, trial
from thermocline.adapters.clients import client
from thermocline.adapters.iceberg import IcebergCatalog
from thermocline.contracts import Contract
from thermocline.events.frames import framed
from thermocline.subjects import SubjectHasher, encode_digests
from thermocline.warm.model import Change, WarmFile
from thermocline.warm.parquet import options

__all__ = ["aws"]

ADA, BOB = 'ada "é" o/1 long enough', "bob"
KEY = "the subjects' key"
DIGEST = SubjectHasher(lambda: KEY).digest("person", ADA)
REWRITTEN, GONE = "raw/trips/2026/11/26/10/a.ndjson.zst", "replay/r/trips/b.parquet"
REPORT = "erasure/run/report.json"


def line(person: str) -> bytes:
    return json.dumps({"person": person, "page": "/x"}).encode() + b"\n"


def parquet(columns: dict[str, list[Any]]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink, compression="zstd")
    return sink.getvalue()


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Lake:
    """A small lake whose subject was erased, as the objects and the report tell it; its warm table takes a while."""

    def __init__(self, aws: AwsClient, folder: Path, *, table: bool) -> None:
        self.s3, self.folder = create_bucket(aws, "lake"), folder
        create_bucket(aws, "results")
        self.s3.put_bucket_versioning(Bucket="lake", VersioningConfiguration={"Status": "Enabled"})
        self.contract, self.tables = trial("trips"), [{"table": "trips", "token": 7, "expired": []}] if table else []
        if table:
            self.glue = client("glue", attempts=1)
            self.glue.create_database(DatabaseInput={"Name": "lake"})
            self.catalog_of(self.contract).ensure("trips")
            self.add(BOB, token=7)
        self.put(REWRITTEN, framed(line(BOB)))
        self.put("hot/trips/gen=2026-11-26-11/c.parquet", parquet({"person": [BOB, None]}))
        self.put("subjects/trips/gen=2026-11-26-11/c.bin", encode_digests(["0" * 32]))
        self.touched: list[dict[str, Any]] = [
            self.touch(REWRITTEN, "rewritten", before=sha(b"x"), after=sha(framed(line(BOB))), versions=["v1"]),
            self.touch(GONE, "deleted", before=sha(b"y")),
        ]
        self.report_now()

    def catalog_of(self, contract: Contract) -> IcebergCatalog:
        contracts = {contract.name: contract}
        return IcebergCatalog(glue=self.glue, s3=self.s3, bucket="lake", database="lake", contracts=contracts)

    def touch(self, key: str, action: str, bucket: str = "lake", **more: Any) -> dict[str, Any]:
        return {"bucket": bucket, "key": key, "level": "raw", "action": action, "removed": 1, **more}

    def put(self, key: str, body: bytes, bucket: str = "lake") -> str:
        return str(self.s3.put_object(Bucket=bucket, Key=key, Body=body).get("VersionId", "null"))

    def add(self, person: str, token: int, contract: Contract | None = None) -> None:
        """Commit a row to the warm table; a contract without erasure keys leaves bounds in manifests."""
        contract = contract or self.contract
        catalog = self.catalog_of(contract)
        base, schema = catalog.load("trips"), catalog.schema_of("trips")
        sink, gen = io.BytesIO(), "2026-11-26-10"
        values = [{**row(1), "person": person, "gen": gen}]
        pq.write_table(pa.Table.from_pylist(values, schema=schema), sink, **options(schema, contract, 1))
        key = f"warm/trips/data/{token}.parquet"
        self.put(key, sink.getvalue())
        time = values[0]["event_time"].replace(tzinfo=dt.UTC)
        size = {"rows": 1, "bytes": len(sink.getvalue()), "first_time": time, "last_time": time}
        file = msgspec.convert({"path": f"s3://lake/{key}", "first_gen": gen, "last_gen": gen, **size}, WarmFile)
        removed = tuple(catalog.files(base))
        catalog.commit(base, Change(token=token, gens=(gen,), add=(file,), remove=removed))
        for each in removed:
            self.purge(each.path.removeprefix("s3://lake/"))

    def purge(self, key: str) -> None:
        found = self.s3.list_object_versions(Bucket="lake", Prefix=key)
        for each in [*found.get("Versions", []), *found.get("DeleteMarkers", [])]:
            self.s3.delete_object(Bucket="lake", Key=each["Key"], VersionId=each["VersionId"])

    def prefix(self, bucket: str, prefix: str) -> dict[str, Any]:
        listed = self.s3.list_object_versions(Bucket=bucket, Prefix=prefix)
        current = sorted(
            (each["Key"], each["ETag"].strip('"')) for each in listed.get("Versions", []) if each["IsLatest"]
        )
        text = "".join(f"{key}\x1f{etag}\n" for key, etag in current)
        versions = len([*listed.get("Versions", []), *listed.get("DeleteMarkers", [])])
        return {
            "bucket": bucket,
            "prefix": prefix,
            "objects": len(current),
            "versions": versions,
            "digest": sha(text.encode()),
        }

    def report_now(self, *, minutes: int = 1, **changes: Any) -> None:
        """Write the report, as if the run ended a minute from now: all that is there is from before it."""
        prefixes = ("raw/", "hot/", "warm/", "ids/", "quarantine/", "subjects/", "replay/", "firehose-errors/")
        end = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=minutes)
        report = {
            "form": 1,
            "run": "run",
            "version": 1,
            "digests": [DIGEST],
            "second_pass_at": (end - dt.timedelta(minutes=10)).isoformat(),
            "finished_at": end.isoformat(),
            "touched": self.touched,
            "prefixes": [*(self.prefix("lake", each) for each in prefixes), self.prefix("results", "")],
            "tables": self.tables,
        }
        self.put(REPORT, json.dumps({**report, **changes}).encode())

    def verify(self, capsys: pytest.CaptureFixture[str], *more: str, value: str | None = ADA) -> list[str]:
        (self.folder / "value").write_text(f"{value}\n")
        (self.folder / "key").write_text(f"{KEY}\n")
        secret = [
            "--value-file",
            str(self.folder / "value"),
            "--key-file",
            str(self.folder / "key"),
            "--column",
            "person",
        ]
        arguments = ["--bucket", "lake", "--results", "results", "--report", REPORT, *(secret if value else []), *more]
        status = program.main(arguments)
        shown = capsys.readouterr()
        assert ADA not in shown.out + shown.err
        assert status == (1 if shown.out else 0)
        return shown.out.splitlines()


@pytest.fixture
def lake(aws: AwsClient, tmp_path: Path) -> Lake:
    return Lake(aws, tmp_path, table=True)


@pytest.fixture
def tableless(aws: AwsClient, tmp_path: Path) -> Lake:
    return Lake(aws, tmp_path, table=False)


def test_a_whole_erasure_has_no_findings(lake: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    assert lake.verify(capsys) == []
    assert lake.verify(capsys, value=None) == []


def test_lists_of_recovered_rows_have_no_rows(tableless: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    tableless.put("recoveries/trips/2026/11/26/10/recovered-1.json", b'["0123"]')
    tableless.report_now()
    assert tableless.verify(capsys) == []
    tableless.put("recoveries/trips/2026/11/26/10/recovered-1.json", json.dumps([ADA]).encode())
    assert tableless.verify(capsys) != []


ESCAPED = json.dumps({"payload": json.dumps({"user": ADA})}).encode()
ODDLY = b'{"user":"\\u0061da \\"\\u00e9\\" o\\/1 long enough"}'
HIDDEN: dict[str, tuple[str, bytes]] = {
    "plain": ("raw/trips/x", line(ADA)),
    "escaped": ("raw/trips/x", ESCAPED),
    "escaped oddly": ("raw/trips/x", ODDLY),
    "utf-8": ("raw/trips/x", json.dumps({"user": ADA}, ensure_ascii=False).encode()),
    "frames": ("raw/trips/x.ndjson.zst", framed(line(BOB)) + framed(line(ADA)) + framed(line(BOB))),
    "frames and lines": ("raw/trips/x", line(BOB) + framed(line(ADA))),
    "behind a damaged frame": ("raw/trips/x", framed(line(BOB) * 9)[:-9] + framed(line(ADA))),
    "gzip": ("raw/trips/x.gz", gzip.compress(line(BOB)) + gzip.compress(line(ADA))),
    "base64": ("raw/trips/x", json.dumps({"payload": base64.b64encode(line(ADA)).decode()}).encode()),
    "frames in base64": (
        "firehose-errors/trips/x",
        json.dumps({"rawData": base64.b64encode(framed(line(ADA))).decode()}).encode(),
    ),
    "form": ("raw/trips/x", b"event=a&user=ada+%22%C3%A9%22+o%2F1+long+enough&x=1"),
    "a URL in JSON in base64": (
        "raw/trips/x",
        base64.b64encode(json.dumps({"url": f"https://x.y/?u={quote_plus(ADA)}&a=1"}).encode()),
    ),
    "a column": ("hot/trips/gen=2026-11-26-11/x.parquet", parquet({"person": [BOB, ADA]})),
    "a refused event": (
        "quarantine/gen=2026-11-26-11/x.parquet",
        parquet({"payload": ["{}", f"{{{ODDLY.decode()}"], "gen": ["", ""]}),
    ),
    "a result": ("results:x.csv", f'"person","n"\n"{ADA.replace(chr(34), chr(34) * 2)}","1"\n'.encode()),
}


def test_the_value_is_found_in_every_form(tableless: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    for form, (place, body) in HIDDEN.items():
        bucket, _, key = place.rpartition(":")
        tableless.put(f"{key} {form}", body, bucket or "lake")
    tableless.report_now()
    findings = tableless.verify(capsys)
    assert sorted(finding.partition("://")[2] for finding in findings) == sorted(
        f"{'results' if ':' in place else 'lake'}/{place.rpartition(':')[2]} {form} has the value"
        for form, (place, _) in HIDDEN.items()
    )


def test_an_object_that_is_named_after_the_value_is_found(tableless: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    tableless.put("raw/trips/bob/x", b"")
    tableless.report_now()
    assert "s3://lake/raw/trips/bob/x has the value in its name" in tableless.verify(capsys, value=BOB)


def test_an_old_version_is_read_too(tableless: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    tableless.put("hot/trips/gen=2026-11-26-11/c.parquet", parquet({"person": [ADA]}))
    tableless.put("hot/trips/gen=2026-11-26-11/c.parquet", parquet({"person": [BOB]}))
    tableless.report_now()
    [finding] = tableless.verify(capsys)
    assert " version " in finding
    assert finding.endswith("has the value")


def test_a_bound_in_a_manifest_is_found(lake: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    careless = msgspec.structs.replace(lake.contract, name="trips", erasure_keys=(), sorted_by=())
    with lake_table_recreated(lake, careless):
        lake.add(ADA, token=8, contract=careless)
    lake.purge("warm/trips/data/8.parquet")
    lake.put("warm/trips/data/8.parquet", b"PAR1")
    lake.report_now(tables=[])
    findings = lake.verify(capsys)
    assert any(".avro has the value" in finding for finding in findings)


class lake_table_recreated:  # noqa: N801  (a context)
    """The warm table made by a contract that leaves bounds."""

    def __init__(self, lake: Lake, contract: Contract) -> None:
        self.lake, self.contract = lake, contract

    def __enter__(self) -> None:
        self.lake.glue.delete_table(DatabaseName="lake", Name="warm_trips")
        self.lake.purge("warm/trips/")
        self.lake.catalog_of(self.contract).ensure("trips")

    def __exit__(self, *_: object) -> None: ...


Plant = Callable[[Lake], object]


def _older_version(lake: Lake) -> None:
    lake.put(REWRITTEN, framed(line("eve")))
    lake.put(REWRITTEN, framed(line(BOB)))


def _second_snapshot(lake: Lake) -> None:
    lake.add("eve", token=9)
    lake.report_now(tables=[{"table": "trips", "token": 9, "expired": []}])


def _names_what_is_gone(lake: Lake) -> None:
    lake.purge("warm/trips/data/7.parquet")
    lake.report_now()


def _names_what_was_replaced(lake: Lake) -> None:
    lake.touched.append(lake.touch("warm/trips/data/7.parquet", "replaced", by=REWRITTEN, after=sha(framed(line(BOB)))))
    lake.report_now()


def _sidecar(lake: Lake) -> None:
    lake.put("subjects/trips/gen=2026-11-26-11/d.bin", encode_digests(["0" * 32, DIGEST, "f" * 32]))
    lake.report_now()


def _not_deleted(lake: Lake) -> None:
    lake.put(GONE, b"z")
    lake.report_now()


def _deleted_version(lake: Lake) -> None:
    version = lake.put("hot/trips/gen=2026-11-26-11/c.parquet", b"z")
    lake.touched.append(lake.touch("hot/trips/gen=2026-11-26-11/c.parquet", "deleted", versions=[version]))
    lake.report_now()


def _another_content(lake: Lake) -> None:
    lake.purge(REWRITTEN)
    lake.put(REWRITTEN, b"z")


def _marked(lake: Lake) -> None:
    lake.put(GONE, b"z")
    lake.s3.delete_object(Bucket="lake", Key=GONE)
    lake.report_now()


PLANTED: dict[str, tuple[Plant, str]] = {
    "an older version": (_older_version, "has 3 versions"),
    "another content": (_another_content, "has another content"),
    "a rewritten object is gone": (lambda lake: lake.purge(REWRITTEN), "is gone: it was to be rewritten"),
    "a deleted object": (_not_deleted, f"s3://lake/{GONE} was to be deleted"),
    "a marker over a deleted object": (_marked, "was to be deleted"),
    "a deleted version": (_deleted_version, "was to be deleted"),
    "an object that was never searched": (lambda lake: lake.put("other/x", b"z"), "was not searched"),
    "an object that the listing lacks": (lambda lake: lake.put("hot/trips/x", b"z"), "hot/ has other objects"),
    "one version more": (lambda lake: lake.put("hot/trips/x", b"z"), "hot/ has 1 versions of before"),
    "no table": (lambda lake: lake.report_now(tables=[{"table": "ways", "token": 8}]), "has no metadata"),
    "a digest": (_sidecar, "has the digest of a subject"),
}
PLANTED_IN_TABLES: dict[str, tuple[Plant, str]] = {
    "a second snapshot": (_second_snapshot, "a snapshot from before the erasure's commit"),
    "a fence that is too low": (
        lambda lake: lake.report_now(tables=[{"table": "trips", "token": 8}]),
        "its fence is 7",
    ),
    "a file that is named and gone": (_names_what_is_gone, "which is not there"),
    "a file that is named and was replaced": (_names_what_was_replaced, "which was replaced"),
}


@pytest.mark.parametrize("miss", PLANTED)
def test_a_planted_miss_is_found_without_the_value(
    tableless: Lake, capsys: pytest.CaptureFixture[str], miss: str
) -> None:
    plant, told = PLANTED[miss]
    plant(tableless)
    findings = tableless.verify(capsys, value=None)
    assert any(told in finding for finding in findings), findings


@pytest.mark.parametrize("miss", PLANTED_IN_TABLES)
def test_a_miss_in_a_table_is_found(lake: Lake, capsys: pytest.CaptureFixture[str], miss: str) -> None:
    plant, told = PLANTED_IN_TABLES[miss]
    plant(lake)
    findings = lake.verify(capsys, value=None)
    assert any(told in finding for finding in findings), findings


def test_a_report_on_another_subject_is_told(tableless: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    assert tableless.verify(capsys, value="eve") == ["the report is about other subjects than this value"]


def test_what_came_after_the_run_is_no_finding_in_raw(tableless: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    tableless.report_now(minutes=-1, prefixes=[], tables=[], touched=[])
    tableless.put("raw/trips/2026/11/26/12/x", line(ADA))
    assert tableless.verify(capsys) == []
    tableless.put("hot/trips/gen=2026-11-26-12/x.parquet", parquet({"person": [ADA]}))
    [finding] = tableless.verify(capsys)
    assert finding.startswith("s3://lake/hot/")


def test_objects_that_upkeep_removed_since_are_no_findings_later(
    tableless: Lake, capsys: pytest.CaptureFixture[str]
) -> None:
    tableless.purge(REWRITTEN)
    assert tableless.verify(capsys, "--later", value=None) == []


def test_a_short_value_is_a_word_and_not_a_part_of_one(tableless: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    tableless.put("raw/trips/x", b'{"total":1042,"id":"a42","n":"420"}')
    tableless.report_now(digests=[SubjectHasher(lambda: KEY).digest("person", "42")])
    assert tableless.verify(capsys, value="42") == []
    tableless.put("raw/trips/x", b'{"id":42}')
    assert any("has the value" in finding for finding in tableless.verify(capsys, value="42"))


def test_it_uses_nothing_of_the_project() -> None:
    source = Path(program.__file__).read_text()
    imported = [text.split()[1].split(".")[0] for text in source.splitlines() if text.startswith(("import ", "from "))]
    assert {"boto3", "pyarrow"} <= {*imported}
    assert not {"thermocline", "cli", "kit", "stacks", "lambdas", "pyiceberg"} & {*imported}
