"""Recovery may read and write what it brings back, and no more."""

from __future__ import annotations

import json

from tests.infra.assembly import Stage
from thermocline.recover.settings import RecoverSettings


def test_the_function_has_its_settings_and_ends_before_its_time(stage: Stage) -> None:
    function = stage.function("recover")
    settings = RecoverSettings.from_env(
        {name: value if isinstance(value, str) else "x" for name, value in function["Environment"]["Variables"].items()}
    )
    assert settings.recover_seconds < function["Timeout"] < settings.lease_seconds
    assert settings.memory_mb < function["MemorySize"]
    assert settings.cold_storage_class == stage.config.upkeep.cold_storage_class
    assert settings.write_key_secret == f"{stage.config.stage}-thermocline-write-keys"


def test_of_the_tables_it_commits_to_quarantine_alone(stage: Stage) -> None:
    statements = [
        statement
        for key, policy in stage.resources("AWS::IAM::Policy")
        if "RecoverRole" in key
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
    ]
    glue = json.dumps([each["Resource"] for each in statements if "glue:UpdateTable" in each["Action"]])
    assert "warm_quarantine" in glue
    assert "warm_clickstream" not in glue
    written = json.dumps([each["Resource"] for each in statements if "s3:PutObject" in each["Action"]])
    assert [prefix for prefix in ("/hot/", "/warm/clickstream/", "/ids/clickstream/") if prefix in written] == []
    assert not any("s3:DeleteObject" in each["Action"] for each in statements)
