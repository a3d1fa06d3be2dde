"""A failure whose text no UTF-8 can hold is still reported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FAILING = """
def test_that_fails():
    assert "\\ud800" == ""

def test_that_passes():
    pass
"""


def test_a_lone_surrogate_in_a_failure_leaves_the_summary(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "conftest.py").write_text((Path(__file__).parents[1] / "conftest.py").read_text())
    (tmp_path / "tests" / "test_one.py").write_text(FAILING)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "1", "-p", "no:cacheprovider", "-ra", "tests"],
        cwd=tmp_path, env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": ""}, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert "INTERNALERROR" not in run.stdout + run.stderr
    assert "1 failed, 1 passed" in run.stdout
    assert "FAILED tests/test_one.py::test_that_fails" in run.stdout
