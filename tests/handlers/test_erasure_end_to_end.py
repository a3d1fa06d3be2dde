"""A subject's way out of a lake over the emulator: exported, erased by the handler, verified by the second program."""

from __future__ import annotations

import base64
import io
import itertools
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cli.deployment import Deployment, session_arguments
from cli.erasure import erase_all, read_report
from cli.exported import export_subjects
from cli.subjects import digests_of, subject_hasher
from docs import verify_erasure
from lambdas.erase.handler import handler
from tests.athena_local.endpoint.tables import CREDENTIALS
from tests.fakes.emulator import client, emulator
from tests.fakes.subjects import SECRET, SUBJECT_KEY, create_subject_key
from tests.handlers.test_erase import Context, forget
from tests.thermocline.erase.lake import SmallLake, click, refused
from thermocline.adapters.iceberg import IcebergCatalog
from thermocline.contracts import load_contracts
from thermocline.erase.settings import EraseSettings
from thermocline.events.frames import framed
from thermocline.export.model import Manifest

_numbers = itertools.count()
ADA, BOB = "ada@example.com", "bob@example.com"
SUBJECTS = {"user_id": frozenset({ADA})}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with emulator(tmp_path_factory.mktemp("emulator")) as address:
        create_subject_key(client("secretsmanager", address))
        yield address


@pytest.fixture
def lake(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallLake]:
    """A lake with rows of two persons in every place, and the settings of its erase function."""
    for name, value in {**CREDENTIALS, "AWS_ENDPOINT_URL": url}.items():
        monkeypatch.setenv(name, value)
    lake = SmallLake(url, tmp_path, f"lake-{next(_numbers)}")
    catalog = IcebergCatalog(
        glue=lake.glue, s3=lake.s3, bucket=lake.name, database=lake.name, contracts=load_contracts()
    )
    for table in load_contracts():
        catalog.ensure(table)
    settings = EraseSettings(
        lake_bucket=lake.name,
        results_bucket=lake.results,
        ledger_table=lake.name,
        database=lake.name,
        subject_key_secret=SUBJECT_KEY,
        lease_seconds=960,
        longest_attempt_seconds=0,
        settle_seconds=0,
        storage_class="STANDARD",
    )
    for name, value in settings.to_env().items():
        monkeypatch.setenv(name, value)
    _fill(lake)
    forget()
    yield lake
    forget()


def _fill(lake: SmallLake) -> None:
    promoted = lake.arrive([click("w1", ADA), click("w2", BOB)], [click("w3", BOB)])
    bad = lake.arrive([refused(b'{"user_id":"%s"' % ADA.encode())], [refused(b'{"user_id":"bob"')], stream="quarantine")
    for key in (promoted, bad):
        lake.convert(key)
    lake.promote()
    lake.clean(promoted)
    lake.convert(lake.arrive([click("h1", ADA), click("h1", ADA), click("h2", BOB)]))
    lake.s3.put_object(Bucket=lake.results, Key="q.csv", Body=f'"user_id"\n"{ADA}"\n'.encode())
    lake.s3.put_object(Bucket=lake.name, Key="firehose-errors/clickstream/x", Body=failed(click("f", ADA)))


def failed(line: bytes) -> bytes:
    """Return a record that Firehose could not deliver, as it writes it."""
    return json.dumps({"errorCode": "x", "rawData": base64.b64encode(framed(line)).decode()}).encode() + b"\n"


def deployed(lake: SmallLake) -> Deployment:
    """Return the lake as the commands see it."""
    outputs = {"LedgerTable": lake.name, "LakeBucket": lake.name, "Database": lake.name, "SubjectKeyArn": SUBJECT_KEY}
    return Deployment(
        stage="local",
        ingest_url="",
        outputs=outputs,
        session=session_arguments(CREDENTIALS),
        endpoints={"": lake.url},
    )


def exported(lake: SmallLake, folder: Path) -> Manifest:
    return export_subjects(deployed(lake), SUBJECTS, folder, show=lambda _: None)


def erase(lake: SmallLake) -> str:
    """Erase ada as the command does, and return the report's key."""
    digests = digests_of(SUBJECTS, subject_hasher(deployed(lake)))
    [erased] = erase_all(
        lambda event: json.loads(json.dumps(handler(event, Context()))),
        digests,
        until=None,
        wait=True,
        show=lambda _: None,
        pause=lambda _: None,
    )
    assert erased.report
    assert read_report(deployed(lake), erased.run)["digests"] == digests
    return erased.report


def verify(lake: SmallLake, report: str, folder: Path) -> int:
    (folder / "value").write_text(ADA)
    (folder / "key").write_text(SECRET)
    return verify_erasure.main(
        ["--bucket", lake.name, "--results", lake.results, "--report", report, "--endpoint-url", lake.url,
         "--value-file", str(folder / "value"), "--key-file", str(folder / "key"), "--column", "user_id"]
    )  # fmt: skip


def rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_a_subject_is_exported_erased_and_verified(
    lake: SmallLake, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = exported(lake, tmp_path / "before")
    assert {name: table.rows for name, table in manifest.tables.items()} == {"clickstream": 2, "quarantine": 1}
    assert {row["event_id"]: row["user_id"] for row in rows(tmp_path / "before" / "clickstream.ndjson")} == {
        "w1": ADA,
        "h1": ADA,
    }
    assert ADA in rows(tmp_path / "before" / "quarantine.ndjson")[0]["payload"]
    report = erase(lake)
    assert verify(lake, report, tmp_path) == 0, capsys.readouterr().out
    assert ADA not in capsys.readouterr().err
    assert exported(lake, tmp_path / "after").rows == 0
    bob = {row["event_id"] for row in lake.rows()["clickstream"]}
    assert bob == {"w2", "w3", "h2"}


def test_each_place_that_an_erasure_left_out_would_be_found(
    lake: SmallLake, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = erase(lake)
    parquet, avro = (_written(form) for form in ("parquet", "avro"))
    planted = {
        (lake.name, "hot/clickstream/gen=2026-11-01-00/x.parquet"): parquet,
        (lake.name, "quarantine/gen=2026-11-01-00/x.parquet"): parquet,
        (lake.name, "warm/clickstream/metadata/old.avro"): avro,
        (lake.results, "again.csv"): f'"{ADA}"\n'.encode(),
    }
    for (bucket, key), body in planted.items():
        lake.s3.put_object(Bucket=bucket, Key=key, Body=body)
    lake.s3.put_object(Bucket=lake.name, Key="hot/clickstream/gen=2026-11-01-00/x.parquet", Body=b"")
    assert verify(lake, report, tmp_path) == 1
    told = capsys.readouterr().out
    assert [place for place in planted if f"s3://{place[0]}/{place[1]}" not in told] == []
    assert "x.parquet version " in told


def _written(form: str) -> bytes:
    sink = io.BytesIO()
    if form == "parquet":
        pq.write_table(pa.table({"payload": [f'{{"user":"{ADA}"}}']}), sink, compression="zstd")
        return sink.getvalue()
    schema = {"type": "record", "name": "file", "fields": [{"name": "bound", "type": "bytes"}]}
    value = ADA.encode()
    packed = zlib.compress(bytes([2 * len(value)]) + value)[2:-4]
    meta = {b"avro.schema": json.dumps(schema).encode(), b"avro.codec": b"deflate"}
    pairs = b"".join(_avro(name) + _avro(text) for name, text in meta.items())
    return b"Obj\x01" + _long(len(meta)) + pairs + b"\x00" + b"s" * 16 + _long(1) + _avro(packed) + b"s" * 16


def _avro(text: bytes) -> bytes:
    return _long(len(text)) + text


def _long(number: int) -> bytes:
    number, out = number << 1, bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])
