"""The lake with IAM enforced: every function under its own role, and what happens when a right is taken away."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from cli.deployment import offline_deployment
from cli.project import lake_folder
from offline.lifecycle import down, up
from tests.e2e.lake import Lake, lake_command, wait_for

pytestmark = pytest.mark.long

NAME = f"e2e-iam-{os.getpid()}"
EVENTS = "select user_id from clickstream where event_name = '{}'"


@pytest.fixture(scope="module")
def lake() -> Iterator[Lake]:
    folder = lake_folder(NAME)
    try:
        yield Lake(offline_deployment(up(folder, iam=True)))
    finally:
        down(folder)
        shutil.rmtree(folder.path)


def send(lake: Lake, name: str) -> None:
    answer = lake.post("/v1/events", {"event_name": name, "user_id": "u1"})
    assert (answer.status_code, answer.json()["quarantined"]) == (200, 0), answer.text


def test_an_event_goes_all_the_way_under_the_functions_own_roles(lake: Lake) -> None:
    send(lake, "Signed Up")
    assert lake.wait_for(EVENTS.format("Signed Up"), rows=1) == [("u1",)]


def test_the_journal_shows_no_call_without_a_grant(lake: Lake) -> None:
    found = json.loads(lake_command("permissions", "--json", name=NAME).stdout)
    assert {"ingest", "convert", "sweep"} <= found.keys()
    used = {finding["action"] for finding in found["ingest"] if finding["verdict"] == "used"}
    assert used == {"firehose:PutRecordBatch", "secretsmanager:GetSecretValue"}
    assert not [finding for function in found.values() for finding in function if finding["verdict"] == "missing"]


def test_without_a_right_a_function_is_denied_and_nothing_is_lost(lake: Lake) -> None:
    iam, role, policy, document = convert_policy(lake)
    lake.deliver_failures_again_after(seconds=2)
    narrowed = json.loads(json.dumps(document).replace('"dynamodb:PutItem"', '"dynamodb:DescribeTable"'))
    assert narrowed != document
    iam.put_role_policy(RoleName=role, PolicyName=policy, PolicyDocument=json.dumps(narrowed))
    log = lake_folder(NAME).logs / "lambda-local-thermocline-convert.log"
    try:
        send(lake, "Denied")
        wait_for(log.read_text, lambda text: "AccessDenied" in text and "dynamodb:PutItem" in text)
        assert lake.query(EVENTS.format("Denied")) == []
    finally:
        iam.put_role_policy(RoleName=role, PolicyName=policy, PolicyDocument=json.dumps(document))
    assert lake.wait_for(EVENTS.format("Denied"), rows=1) == [("u1",)]


def convert_policy(lake: Lake) -> tuple[Any, str, str, dict[str, Any]]:
    configuration = lake.deployment.client("lambda").get_function_configuration(
        FunctionName="local-thermocline-convert"
    )
    iam, role = lake.deployment.client("iam"), configuration["Role"].rsplit("/", 1)[-1]
    (policy,) = iam.list_role_policies(RoleName=role)["PolicyNames"]
    return iam, role, policy, iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
