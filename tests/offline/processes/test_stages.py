"""A stage's life by the commands, with the real CDK and the emulator in AWS's place."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest

from offline.children import is_ok
from offline.emulator import emulator_spec
from offline.environment import ACCOUNT, CODE_ROOT, REGION
from offline.ports import free_ports
from offline.processes import end_all
from offline.state import LakeFolder
from tests.signals import start
from thermocline.streams import load_streams

pytestmark = pytest.mark.long

STAGE = "ada"
LAYERS = ("catalog", "edge", "ingest", "processing", "serving", "storage", "tiers", "views")
LAKE_BUCKET = f"{STAGE}-thermocline-lake-{ACCOUNT}-{REGION}"
OBJECTS = 1_050  # more than one page


@dataclass(frozen=True, kw_only=True)
class Cloud:
    """The emulator, and a project whose commands speak to it."""

    url: str
    project: Path

    def client(self, service: str) -> Any:
        return boto3.client(
            service, endpoint_url=self.url, region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test"
        )

    def command(self, *arguments: str, **environment: str) -> "subprocess.Popen[str]":
        return start(
            (str(Path(sys.executable).with_name("lake")), *arguments),
            cwd=self.project,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.project),
                "LAKE_STAGE": STAGE,
                "AWS_ENDPOINT_URL": self.url,
                "AWS_ACCESS_KEY_ID": "test",
                "AWS_SECRET_ACCESS_KEY": "test",
                "AWS_REGION": REGION,
                "AWS_EC2_METADATA_DISABLED": "true",
                **environment,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def lake(
        self, *arguments: str, answer: str = "", status: int = 0, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end, and check its exit status."""
        with self.command(*arguments, **environment) as process:
            out, err = process.communicate(answer, timeout=200)
        assert process.returncode == status, f"{out}\n{err}"
        return subprocess.CompletedProcess(arguments, status, out, err)

    def stacks(self) -> set[str]:
        pages = self.client("cloudformation").get_paginator("describe_stacks").paginate()
        return {stack["StackName"] for page in pages for stack in page["Stacks"]} - {"CDKToolkit"}

    def buckets(self) -> set[str]:
        return {b["Name"] for b in self.client("s3").list_buckets()["Buckets"] if b["Name"].startswith(f"{STAGE}-")}

    def fill(self) -> None:
        """Fill two buckets: versions, current and not, and delete markers in one of them."""
        s3 = self.client("s3")
        with ThreadPoolExecutor(4) as threads:
            keys = (f"hot/{number % 600}" for number in range(OBJECTS))
            list(threads.map(lambda key: s3.put_object(Bucket=LAKE_BUCKET, Key=key, Body=b"x"), keys))
        for number in range(3):
            s3.delete_object(Bucket=LAKE_BUCKET, Key=f"hot/{number}")
        s3.put_object(Bucket=LAKE_BUCKET.replace("lake", "access-logs", 1), Key="lake/log", Body=b"x")


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    folder = LakeFolder(root=tmp_path_factory.mktemp("project"), name="aws")
    project = folder.root
    shutil.copy(Path(__file__).with_name("stage_app.py"), project / "app.py")
    shutil.copy(CODE_ROOT / "cdk.json", project)
    (project / "node_modules").symlink_to(CODE_ROOT / "node_modules")
    folder.temp.mkdir(parents=True)
    [port] = free_ports(1)
    spec = emulator_spec(folder, stage="none", port=port, aws={}, runner_url="")
    with (folder.path / "emulator.log").open("wb") as log:
        process = subprocess.Popen(spec.command, cwd=project, env=spec.environment, stdout=log, stderr=log)
    try:
        cloud = Cloud(url=f"http://127.0.0.1:{port}", project=project)
        deadline = time.monotonic() + 60
        while not is_ok(cloud.url + str(spec.ready_path)):
            assert time.monotonic() < deadline, log.name
            time.sleep(0.1)
        yield cloud
    finally:
        end_all(folder, grace_seconds=5)
        process.wait()


@pytest.fixture(scope="module")
def deployed(cloud: Cloud) -> dict[str, Any]:
    """A stage of one's own, deployed and full; what ``lake deploy --json`` printed."""
    answer: dict[str, Any] = json.loads(cloud.lake("deploy", "--json").stdout)
    cloud.fill()
    return answer


def test_deploy_tells_the_outputs_and_where_it_went(cloud: Cloud, deployed: dict[str, Any]) -> None:
    assert {name: deployed[name] for name in ("stage", "account", "region")} == {
        "stage": STAGE,
        "account": ACCOUNT,
        "region": REGION,
    }
    assert deployed["outputs"]["LakeBucket"] == LAKE_BUCKET
    assert deployed["outputs"]["IngestUrl"].startswith("http")
    assert not [name for name in deployed["outputs"] if name.startswith("Exports")]
    assert cloud.stacks() == {f"{STAGE}-thermocline-{layer}" for layer in LAYERS}


def test_deploying_again_changes_nothing_and_says_what_to_do_next(cloud: Cloud, deployed: dict[str, Any]) -> None:
    done = cloud.lake("deploy", "--stage", STAGE)
    assert f"IngestUrl          {deployed['outputs']['IngestUrl']}" in done.stdout
    assert f"lake send events.ndjson --source shop --stage {STAGE}" in done.stderr
    assert f"stage {STAGE} → account {ACCOUNT}, {REGION}, at {cloud.url}" in done.stderr
    log = cloud.project / ".lake" / "stages" / STAGE / "cdk.log"
    assert str(log) in done.stderr
    assert "CREATE_COMPLETE" in log.read_text()


def test_cloudfront_sends_the_secret_that_ingest_reads(cloud: Cloud, deployed: dict[str, Any]) -> None:
    domain = deployed["outputs"]["IngestUrl"].removeprefix("https://")
    distributions = cloud.client("cloudfront").list_distributions()["DistributionList"]["Items"]
    (distribution,) = [each for each in distributions if each["DomainName"] == domain]
    (origin,) = distribution["Origins"]["Items"]
    (header,) = origin["CustomHeaders"]["Items"]
    name = deployed["outputs"]["EdgeSecretName"]
    value = cloud.client("secretsmanager").get_secret_value(SecretId=name)["SecretString"]
    assert header == {"HeaderName": "x-lake-edge-secret", "HeaderValue": value}
    assert origin["DomainName"].endswith(f".execute-api.{REGION}.amazonaws.com")


def test_diff_tells_whether_anything_differs(cloud: Cloud, deployed: dict[str, Any]) -> None:
    assert "Number of stacks with differences: 0" in cloud.lake("diff", "--check").stdout
    # Nothing of this stage is deployed, so that all of it differs.
    other = cloud.lake("diff", "--check", status=1, LAKE_STAGE="bob")
    assert f"Number of stacks with differences: {len(LAYERS)}" in other.stdout
    assert "AWS::S3::Bucket" in other.stdout


def test_a_full_stage_refuses_and_names_what_would_be_lost(cloud: Cloud, deployed: dict[str, Any]) -> None:
    refused = cloud.lake("remove", "--yes", status=1)
    assert refused.stderr.count("\n") == 1
    assert "holds data, so nothing was removed" in refused.stderr
    assert LAKE_BUCKET in refused.stderr
    assert "--delete-data" in refused.stderr
    assert len(cloud.stacks()) == len(LAYERS)


@pytest.mark.parametrize(("answer", "says"), [("adda\n", "'adda' is not 'ada'"), ("", "type 'ada' when asked")])
def test_data_go_only_when_the_stages_name_is_typed(
    cloud: Cloud, deployed: dict[str, Any], answer: str, says: str
) -> None:
    refused = cloud.lake("remove", "--delete-data", answer=answer, status=1)
    assert f"bucket {LAKE_BUCKET}, with all its contents" in refused.stderr.replace("\n", " ")
    assert says in refused.stderr
    assert len(cloud.stacks()) == len(LAYERS)


def test_interrupted_removal_goes_on_and_leaves_neither_stack_nor_bucket(
    cloud: Cloud, deployed: dict[str, Any]
) -> None:
    with cloud.command("remove", "--delete-data", "--yes") as process:
        deadline = time.monotonic() + 60
        while len(cloud.stacks()) == len(LAYERS):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        process.wait(60)
    left = cloud.stacks()
    assert f"{STAGE}-thermocline-storage" in left
    assert len(left) < len(LAYERS)

    removed = json.loads(cloud.lake("remove", "--delete-data", "--yes", "--json").stdout)
    assert set(removed["stacks"]) == left
    assert removed["stacks"][-1] == f"{STAGE}-thermocline-storage"
    assert removed["emptied"][LAKE_BUCKET] == OBJECTS + 3 + len(load_streams())  # each warm table has its metadata
    assert removed["kept"] == []
    assert cloud.stacks() == set()
    assert cloud.buckets() == set()
    assert "nothing of stage ada is deployed" in cloud.lake("remove").stdout


def test_a_stage_without_data_goes_when_its_name_is_typed(cloud: Cloud) -> None:
    cloud.lake("deploy", LAKE_STAGE="bob")
    done = cloud.lake("remove", answer="bob\n", LAKE_STAGE="bob")
    assert f"removed stage bob: {len(LAYERS)} stacks, 0 objects" in done.stdout
    assert cloud.stacks() == set()
