"""`python -m offline.spark STATE --table T --before G`: a run of the promotion job with a Spark of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from offline.spark.jars import jars
from offline.spark.session import SparkMissingError, java_home, spark_environment

_SCRIPT: Final = Path(__file__).resolve().parents[2] / "glue_jobs" / "promote.py"
_TIMEOUT_VARIABLE: Final = "LAKE_JOB_SECONDS"


def main(argv: Sequence[str]) -> None:
    """Run the job, and write what became of it: ``{"status": "succeeded"}``, or ``failed`` with a ``reason``."""
    state, *arguments = argv
    reason = run([sys.executable, str(_SCRIPT), *arguments], float(os.environ.get(_TIMEOUT_VARIABLE, "10800")))
    outcome = {"status": "failed", "reason": reason} if reason else {"status": "succeeded"}
    partial = Path(f"{state}.partial")
    partial.write_text(json.dumps(outcome))
    partial.rename(state)


def run(command: Sequence[str], seconds: float) -> str:
    """Run a command with Spark, and return why it failed; "" if it did not."""
    try:
        java_home()  # asked before 120 MB are fetched
        environment = spark_environment(os.environ, jars(print))
    except (OSError, SparkMissingError, ValueError) as error:
        return str(error)
    try:
        done = subprocess.run(
            command, env={**os.environ, **environment}, stderr=subprocess.PIPE, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return f"it was ended after {seconds:.0f} seconds"
    sys.stderr.write(done.stderr)
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    return "" if done.returncode == 0 else lines[-1] if lines else f"exit status {done.returncode}"


if __name__ == "__main__":
    main(sys.argv[1:])
