"""The job for large generations: its version, rights, time and code; offline there is none."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from checks.templates import built
from tests.infra.assembly import Stage, synthesise
from thermocline.promote.settings import PromoteSettings
from thermocline.spark.settings import SparkSettings

Job = dict[str, Any]


@pytest.fixture(params=["dev", "prod"])
def deployed(request: pytest.FixtureRequest) -> Stage:
    return synthesise(str(request.param))


def job_of(stage: Stage) -> Job:
    return stage.one("tiers", "AWS::Glue::Job")


def statements(stage: Stage) -> list[dict[str, Any]]:
    """What the job's role allows."""
    role = job_of(stage)["Role"]["Fn::GetAtt"][0]
    policies = [p["Properties"] for _, p in stage.resources("AWS::IAM::Policy")]
    return [s for p in policies if {"Ref": role} in p["Roles"] for s in p["PolicyDocument"]["Statement"]]


def test_it_is_glue_5_1_and_gives_up_after_its_time(deployed: Stage) -> None:
    job, config = job_of(deployed), deployed.config.promote.glue
    assert (job["GlueVersion"], job["Command"]["Name"], job["MaxRetries"]) == ("5.1", "glueetl", 0)
    assert (job["Timeout"], job["NumberOfWorkers"], job["WorkerType"]) == (
        config.timeout_minutes, config.workers, config.worker_type,
    )  # fmt: skip
    assert job["ExecutionProperty"]["MaxConcurrentRuns"] == config.max_concurrent_runs


def test_a_file_of_its_is_committed_long_before_it_could_be_an_orphan(deployed: Stage) -> None:
    assert 2 * job_of(deployed)["Timeout"] <= deployed.config.upkeep.orphan_age_days * 24 * 60


def test_it_has_the_settings_that_it_reads(deployed: Stage) -> None:
    arguments = job_of(deployed)["DefaultArguments"]
    assert {name for name in arguments if name.startswith("--LAKE_")} == {
        f"--LAKE_{name.upper()}" for name in SparkSettings.__struct_fields__
    }
    assert arguments["--LAKE_JOB_SECONDS"] == str(60 * job_of(deployed)["Timeout"])


def test_it_reads_tables_writes_warm_and_deletes_nothing(deployed: Stage) -> None:
    assert "Delete" not in json.dumps(statements(deployed))
    (put,) = [s for s in statements(deployed) if "s3:PutObject" in s["Action"]]
    assert {each["Fn::Join"][1][-1] for each in put["Resource"]} == {"/warm/*", "/ids/*"}
    made = [s["Resource"] for s in statements(deployed) if "glue:CreateTable" in s["Action"]]
    assert len(made) == 1  # views, as the function's: no table of its own


def test_what_it_spills_and_logs_is_encrypted_by_the_stages_key(deployed: Stage) -> None:
    made = deployed.one("tiers", "AWS::Glue::SecurityConfiguration")["EncryptionConfiguration"]
    assert made["CloudWatchEncryption"]["CloudWatchEncryptionMode"] == "SSE-KMS"
    assert [each["S3EncryptionMode"] for each in made["S3Encryptions"]] == ["SSE-KMS"]
    assert made["JobBookmarksEncryption"]["JobBookmarksEncryptionMode"] == "CSE-KMS"
    (ref,) = job_of(deployed)["SecurityConfiguration"].values()
    assert ref.startswith("PromoteJobEncryption")


def test_the_promote_function_may_start_it_and_no_other(deployed: Stage) -> None:
    variables = deployed.function("promote")["Environment"]["Variables"]
    assert variables["LAKE_SPARK_JOB"] == job_of(deployed)["Name"]
    assert int(variables["LAKE_JOB_SECONDS"]) == 60 * job_of(deployed)["Timeout"]
    starting = [
        policy["Properties"]
        for _, policy in deployed.resources("AWS::IAM::Policy")
        if "glue:StartJobRun" in json.dumps(policy)
    ]
    assert [policy["Roles"] for policy in starting] == [
        [{"Ref": deployed.function("promote")["Role"]["Fn::GetAtt"][0]}]
    ]


def test_its_wheel_has_the_lake_with_its_contracts_and_pins_what_it_needs() -> None:
    with built("dev") as app:
        (wheel,) = Path(app.synth().directory).glob("asset.thermocline-*.whl")
        archive = zipfile.ZipFile(io.BytesIO(wheel.read_bytes()))
    names = set(archive.namelist())
    assert {"thermocline/spark/rows.py", "thermocline/bootstrap/spark.py", "contracts/clickstream.odcs.yaml"} <= names
    (metadata,) = [name for name in names if name.endswith("/METADATA")]
    assert "Requires-Dist: pyiceberg==0.12.0" in archive.read(metadata).decode()
    url = synthesise("dev").one("tiers", "AWS::Glue::Job")["DefaultArguments"]["--additional-python-modules"]
    assert json.dumps(url).rstrip('"]}').endswith(wheel.name.removeprefix("asset."))


def test_offline_it_is_a_process_of_this_machine(local: Stage) -> None:
    assert not [each for each, _ in local.resources() if "PromoteJob" in each]
    variables = local.function("promote")["Environment"]["Variables"]
    assert variables["LAKE_SPARK_JOB"] == ""
    assert variables.keys() == {f"LAKE_{name.upper()}" for name in PromoteSettings.__struct_fields__}
