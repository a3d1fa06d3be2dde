import os
from pathlib import Path

import pytest

from offline.environment import clean_environment
from offline.state import LakeFolder


def test_a_child_gets_nothing_of_the_users_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("AWS_PROFILE", "AWS_ENDPOINT_URL_S3", "HTTPS_PROXY", "PYTHONSTARTUP", "SECRET"):
        monkeypatch.setenv(variable, "the user's")
    environment = clean_environment(LakeFolder(root=tmp_path, name="demo"))
    assert "the user's" not in environment.values()
    assert environment["AWS_CONFIG_FILE"] == os.devnull
    assert environment["HOME"] == environment["TMPDIR"] == str(tmp_path / ".lake" / "demo" / "tmp")
