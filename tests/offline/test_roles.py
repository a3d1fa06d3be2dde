from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
from moto import mock_aws

from offline.roles import RoleCredentials, let_root_assume


class Sts:
    def __init__(self) -> None:
        self.assumed: list[str] = []

    def assume_role(self, **asked: Any) -> dict[str, Any]:
        self.assumed.append(asked["RoleArn"])
        number = len(self.assumed)
        return {
            "Credentials": {"AccessKeyId": f"A{number}", "SecretAccessKey": f"S{number}", "SessionToken": f"T{number}"}
        }


def test_a_role_is_assumed_once_and_again_before_its_credentials_end() -> None:
    now, sts = [1000.0], Sts()
    credentials_of = RoleCredentials(sts, clock=lambda: now[0])
    assert credentials_of("one") == credentials_of("one")
    assert credentials_of("two").access_key_id == "A2"
    assert credentials_of("one").environment() == {
        "AWS_ACCESS_KEY_ID": "A1",
        "AWS_SECRET_ACCESS_KEY": "S1",
        "AWS_SESSION_TOKEN": "T1",
    }
    now[0] = credentials_of("one").usable_until
    assert credentials_of("one").access_key_id == "A3"
    assert now[0] < 1000 + 3600
    assert sts.assumed == ["one", "two", "one"]


@mock_aws
def test_root_is_trusted_beside_the_service_and_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    iam = boto3.client("iam", region_name="us-east-1")
    service = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}
    iam.create_role(
        RoleName="r", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [service]})
    )
    for _ in range(2):
        let_root_assume(iam, "r")
    first, second = iam.get_role(RoleName="r")["Role"]["AssumeRolePolicyDocument"]["Statement"]
    assert first == service
    assert second["Principal"] == {"AWS": "arn:aws:iam::123456789012:root"}
