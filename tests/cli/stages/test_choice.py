from __future__ import annotations

import pytest

from cli.errors import CliError
from cli.stages.choice import aws_config, refuse_if_protected
from stacks.config import load_config, personal_config


def test_the_offline_stage_is_refused_with_what_to_do_instead() -> None:
    with pytest.raises(CliError, match="'local' is the offline one: `lake up` deploys it"):
        aws_config("local", instead="`lake up` deploys it")
    assert aws_config("dev", instead="") == load_config("dev")


def test_the_default_is_ones_own_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAKE_STAGE", "ada")
    assert aws_config(None, instead="") == personal_config("ada")


def test_only_a_protected_stage_refuses() -> None:
    with pytest.raises(CliError, match=r"'prod' is protected \(config/prod.toml\), which refuses live mode"):
        refuse_if_protected(load_config("prod"), "live mode")
    refuse_if_protected(load_config("dev"), "live mode")
