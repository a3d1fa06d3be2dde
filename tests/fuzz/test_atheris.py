"""A short run of the coverage-guided fuzzer; it ends with an error at the first crash."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.requests import VALID

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "seconds", [2, pytest.param(20, marks=pytest.mark.long), pytest.param(250, marks=pytest.mark.nightly)]
)
def test_coverage_guided_bodies_crash_nothing(tmp_path: Path, seconds: int) -> None:
    pytest.importorskip("atheris", reason="atheris has no wheel for this Python or processor")
    for number, valid in enumerate(VALID):
        (tmp_path / f"valid-{number}").write_bytes(bytes([number]) + valid.body)
    # In a process of its own: the fuzzer ends the one it runs in.
    limits = [f"-max_total_time={seconds}", "-max_len=4096", f"-artifact_prefix={tmp_path}/"]
    command = [sys.executable, "-m", "tests.fuzz.atheris_ingest", str(tmp_path), *limits]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=290, check=False)
    assert run.returncode == 0, run.stderr[-4_000:]
    assert "Done" in run.stderr
