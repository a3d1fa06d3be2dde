from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.commands.deploy import differing_stacks
from cli.main import app
from tests.fakes.aws import AwsClient, aws

__all__ = ["aws"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Stack a\nThere were no differences\n\n✨  Number of stacks with differences: 0\n", 0),
        ("✨  Number of stacks with differences: 12\n", 12),
        ("cut short", None),
        ("Number of stacks with differences: ", None),
    ],
)
def test_the_number_of_stacks_that_differ_is_read(text: str, count: int | None) -> None:
    assert differing_stacks(text) == count


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("app.py", "cdk.json"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refusal(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr.splitlines()[-1]


COMMANDS = pytest.mark.parametrize("command", ["deploy", "diff", "remove"])


@COMMANDS
def test_without_credentials_one_line_says_what_to_do(
    command: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(project / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    says = "lake: no AWS credentials: sign in with `aws sso login` or set AWS_PROFILE"
    assert refusal(command, "--stage", "dev") == says
    monkeypatch.setenv("AWS_PROFILE", "adda")
    assert "`aws configure list-profiles`" in refusal(command, "--stage", "dev")


@COMMANDS
def test_the_offline_stage_is_refused_with_what_to_do_instead(command: str, project: Path) -> None:
    expected = "`lake down` removes it" if command == "remove" else "`lake up` deploys"
    assert expected in refusal(command, "--stage", "local")


@COMMANDS
def test_a_mistyped_stage_is_not_made(command: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAKE_STAGE", "ada")
    assert "unknown stage 'prdo'" in refusal(command, "--stage", "prdo")


def test_a_protected_stage_refuses_removal_before_anything_is_asked(project: Path) -> None:
    assert "'prod' is protected" in refusal("remove", "--stage", "prod", "--delete-data", "--yes")


@pytest.mark.parametrize("command", ["deploy", "diff"])
def test_a_missing_cdk_says_how_to_get_it(command: str, project: Path, aws: AwsClient) -> None:
    assert refusal(command, "--stage", "dev") == "lake: the CDK CLI is not installed: `make setup` installs it"
