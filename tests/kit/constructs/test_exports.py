"""What the package exports, and what importing it costs: each construct loads its own part of CDK."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kit import constructs

_SHOW = "print(*sorted(name for name in sys.modules if name.startswith('aws_cdk')))"


def loaded_by(statement: str) -> set[str]:
    command = [sys.executable, "-c", f"import sys\n{statement}\n{_SHOW}"]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("name", constructs.__all__)
def test_every_exported_name_is_there(name: str) -> None:
    assert getattr(constructs, name) is not None


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Lambda'"):
        constructs.Lambda  # noqa: B018


def test_the_package_by_itself_loads_nothing_of_cdk() -> None:
    assert not loaded_by("import kit.constructs")


def test_a_construct_loads_no_other_ones_part_of_cdk() -> None:
    loaded = loaded_by("from kit.constructs import App, Stack, Function, Cron")
    assert "aws_cdk.aws_events" in loaded
    assert not {f"aws_cdk.aws_{name}" for name in ("apigatewayv2", "dynamodb", "kinesis", "sns_subscriptions")} & loaded
