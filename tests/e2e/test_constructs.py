"""Every construct that has functions, offline and for real: what is sent to it reaches its function."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import boto3
import pytest
import requests

from offline.cdk import Cdk
from offline.environment import client_environment
from offline.errors import OfflineError
from offline.functions import hand_over, stack_outputs
from offline.lifecycle import down, launch, wait_until_running
from offline.state import LakeFolder
from stacks.code import ROOT
from tests.e2e.lake import wait_for

pytestmark = pytest.mark.long

APP = Path(__file__).parent / "constructs"
PREFIX = "local-parts-"
SOURCES = {"queue", "stream", "table", "topic", "bus", "bucket", "bucket-queue", "bucket-topic"}


class Parts(NamedTuple):
    """The deployed app."""

    cdk: Cdk
    aws: dict[str, str]
    runner_url: str
    outputs: dict[str, str]

    def client(self, service: str) -> Any:
        return boto3.client(
            service,
            endpoint_url=self.aws["AWS_ENDPOINT_URL"],
            aws_access_key_id=self.aws["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=self.aws["AWS_SECRET_ACCESS_KEY"],
            region_name=self.aws["AWS_REGION"],
        )

    def seen(self) -> dict[str, Any]:
        items = self.client("dynamodb").scan(TableName=self.outputs["Seen"])["Items"]
        return {item["pk"]["S"]: json.loads(item["event"]["S"]) for item in items}

    def deploy(self) -> None:
        self.cdk.deploy(self.cdk.synth("local")[0])


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    root = tmp_path_factory.mktemp("parts") / "project"
    shutil.copytree(APP, root, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    folder = LakeFolder(root=root, name=f"e2e-parts-{root.stat().st_ino}")
    try:
        launch(folder, "local")
        state = wait_until_running(folder)
        aws = client_environment(state)
        cdk = Cdk(root=root, log=folder.logs / "cdk.log", aws=aws, tools=ROOT)
        deployed = Parts(cdk, aws, state.url("runner"), {})
        deployed.cdk.bootstrap()
        deployed.deploy()
        yield deployed._replace(outputs=stack_outputs(PREFIX, aws))
    finally:
        down(folder)


def test_what_is_sent_to_a_construct_reaches_its_function(parts: Parts) -> None:
    answer = parts.client("lambda").invoke(FunctionName=parts.outputs["Poster"])
    assert "FunctionError" not in answer, answer["Payload"].read()
    seen = wait_for(parts.seen, lambda found: found.keys() >= SOURCES)
    assert [record["s3"]["object"]["key"] for record in seen["bucket"]["Records"]] == ["a/one.txt"]


def test_a_script_runs_when_its_stack_is_created_updated_and_deleted(parts: Parts) -> None:
    created = parts.seen()["Create"]
    assert (created["RequestType"], created["number"]) == ("Create", "7")
    assert "Update" not in parts.seen()
    source = parts.cdk.root / "src" / "seen.py"
    source.write_text(f"{source.read_text()}\n# changed\n")
    parts.deploy()
    assert parts.seen()["Update"]["number"] == "7"
    cloudformation = parts.client("cloudformation")
    cloudformation.delete_stack(StackName=f"{PREFIX}script")
    assert wait_for(parts.seen, lambda found: "Delete" in found)["Delete"]["RequestType"] == "Delete"


def test_a_scripts_error_fails_the_deployment(parts: Parts) -> None:
    source = parts.cdk.root / "src" / "seen.py"
    source.write_text(
        source.read_text().replace('    _see(event["RequestType"], event)', '    raise ValueError("no way")')
    )
    with pytest.raises(OfflineError, match="no way"):
        parts.deploy()


@pytest.mark.skipif(shutil.which("go") is None, reason="Go is not on this machine")
def test_a_function_in_go_is_deployed_and_says_that_it_does_not_run_offline(parts: Parts) -> None:
    hand_over(PREFIX, parts.runner_url, parts.aws)
    client, name = parts.client("lambda"), parts.outputs["Go"]
    deployed = client.get_function(FunctionName=name)
    configuration = deployed["Configuration"]
    assert (configuration["Runtime"], configuration["Architectures"]) == ("provided.al2023", ["arm64"])
    code = requests.get(deployed["Code"]["Location"], timeout=30).content
    with zipfile.ZipFile(io.BytesIO(code)) as archive:
        (program,) = archive.infolist()
        assert (program.filename, archive.read(program)[:4]) == ("bootstrap", b"\x7fELF")
        assert program.external_attr >> 16 & 0o111, "Lambda could not start it"
    answer = client.invoke(FunctionName=name, Payload=b'{"name": "you"}')
    assert "FunctionError" in answer
    told = json.loads(answer["Payload"].read())
    assert "provided.al2023 does not run offline, only Python and Node.js do" in told["errorMessage"]


def test_the_events_of_every_source_run_the_edited_handler(parts: Parts) -> None:
    hand_over(PREFIX, parts.runner_url, parts.aws)
    source = parts.cdk.root / "src" / "seen.py"
    source.write_text(source.read_text().replace('{"pk": label,', '{"pk": f"edited: {label}",'))
    parts.client("lambda").invoke(FunctionName=parts.outputs["Poster"])
    wanted = {f"edited: {source}" for source in SOURCES | {"cron"}}
    wait_for(parts.seen, lambda found: found.keys() >= wanted, seconds=90)  # the cron's minute is the longest
