from __future__ import annotations

from pathlib import Path

import pytest
from botocore.exceptions import NoCredentialsError
from msgspec.structs import replace

from cli.errors import CliError
from cli.stages.target import find_target
from stacks.config import load_config
from tests.fakes.aws import REGION, AwsClient, aws

__all__ = ["aws"]

ACCOUNT = "123456789012"
DEV = load_config("dev")


def test_account_and_region_are_those_of_the_credentials(aws: AwsClient) -> None:
    target = find_target(DEV, {})
    assert (target.account, target.region) == (ACCOUNT, REGION)
    assert str(target) == f"account {ACCOUNT}, {REGION}"
    assert target.client("s3").meta.region_name == REGION


def test_a_process_gets_exactly_the_credentials_that_were_checked(aws: AwsClient) -> None:
    environ = {"AWS_PROFILE": "other", "AWS_ENDPOINT_URL": "http://x", "AWS_SESSION_TOKEN": "stale", "HOME": "/h"}
    variables = dict(find_target(DEV, environ).environment)
    # moto's own credentials
    assert (variables["AWS_ACCESS_KEY_ID"], variables["AWS_SECRET_ACCESS_KEY"]) == ("FOOBARKEY", "FOOBARSECRET")
    assert variables["AWS_REGION"] == variables["AWS_DEFAULT_REGION"] == REGION
    assert variables["AWS_ENDPOINT_URL"] == "http://x"
    assert "stale" not in variables.values()
    assert not {"AWS_PROFILE", "HOME"} & set(variables)


def test_another_account_is_refused(aws: AwsClient) -> None:
    assert find_target(replace(DEV, account=ACCOUNT), {}).account == ACCOUNT
    with pytest.raises(CliError, match=f"belongs to account 999999999999 .* are for {ACCOUNT}: sign in"):
        find_target(replace(DEV, account="999999999999"), {})


def test_another_region_is_refused(aws: AwsClient) -> None:
    assert find_target(replace(DEV, region="eu-west-1"), {"AWS_REGION": "eu-west-1"}).region == "eu-west-1"
    with pytest.raises(CliError, match=f"belongs to region eu-west-1 .* are for {REGION}: set AWS_REGION"):
        find_target(replace(DEV, region="eu-west-1"), {})


def test_the_configurations_region_is_enough(aws: AwsClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    assert find_target(replace(DEV, region="eu-west-1"), {}).region == "eu-west-1"
    with pytest.raises(CliError, match="no AWS region: set AWS_REGION"):
        find_target(DEV, {})


def test_without_credentials_nothing_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(NoCredentialsError):
        find_target(DEV, {})
