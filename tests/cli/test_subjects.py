"""Subjects as a person writes them, and their digests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import boto3
import pytest

from cli.deployment import Deployment
from cli.errors import CliError
from cli.subjects import digests_of, subject_hasher, subjects_of
from tests.fakes.aws import AwsClient, aws
from thermocline.contracts import load_contracts
from thermocline.subjects import SubjectHasher

__all__ = ["aws"]

CONTRACTS = load_contracts()
KEYS = {"user_id", "anonymous_id", "previous_id", "device_id"}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("user_id=ada", {"user_id": {"ada"}}),
        ("user_id==", {"user_id": {"="}}),
        ("ada", {key: {"ada"} for key in KEYS}),
        ("=a=b", {key: {"a=b"} for key in KEYS}),
        ("A-b=c", {key: {"A-b=c"} for key in KEYS}),
    ],
)
def test_a_subject_is_a_column_and_a_value_or_a_value(text: str, meant: dict[str, set[str]]) -> None:
    assert subjects_of([text], None, CONTRACTS) == meant


@pytest.mark.parametrize("text", ["", "user_id=", "usr_id=ada", "event_id=ada", "="])
def test_a_subject_that_is_no_such_thing_is_refused_and_not_said_again(text: str) -> None:
    with pytest.raises(CliError) as refused:
        subjects_of([text], None, CONTRACTS)
    assert "ada" not in str(refused.value)


def test_a_file_has_one_on_each_line(tmp_path: Path) -> None:
    file = tmp_path / "subjects"
    file.write_text("user_id=ada\n\nuser_id=bob\r\n")
    assert subjects_of(["device_id=d"], file, CONTRACTS) == {"user_id": {"ada", "bob"}, "device_id": {"d"}}


def test_somebody_must_be_named() -> None:
    with pytest.raises(CliError, match="name a subject"):
        subjects_of(None, None, CONTRACTS)


def test_digests_are_made_with_the_stages_own_key(aws: AwsClient) -> None:
    class Deployed(Deployment):
        def client(self, service: str) -> Any:
            return boto3.client(service)

    arn = aws("secretsmanager").create_secret(Name="key", SecretString="s")["ARN"]
    hasher = subject_hasher(Deployed(stage="local", ingest_url="", outputs={"SubjectKeyArn": arn}))
    own = SubjectHasher(lambda: "s")
    digests = digests_of({"user_id": {"ada", "bob"}, "device_id": {"d"}}, hasher)
    expected = [own.digest("user_id", "ada"), own.digest("user_id", "bob"), own.digest("device_id", "d")]
    assert digests == sorted(expected)
