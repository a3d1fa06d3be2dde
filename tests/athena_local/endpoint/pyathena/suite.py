"""PyAthena's own tests, from its repository, against the endpoint.

Their tag is that of the installed version in `requirements.in`. ``PYATHENA_REPOSITORY`` names another place of the
repository than GitHub, such as a clone.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import yaml

from tests.athena_local.endpoint.environments import cache_folder, python_of

FOLDER = Path(__file__).parent
LOCK = FOLDER / "requirements.txt"
KNOWN = FOLDER / "known.yaml"
VERSION = re.findall(r"^pyathena==(\S+)", LOCK.read_text(), re.MULTILINE)[0]
_REPOSITORY = "https://github.com/laughingman7743/PyAthena"
_TEST_SECONDS = 240  # one inserts forty rows, one statement each


class NotFetchedError(Exception):
    """The repository could not be fetched."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a run of the tests gave.

    Attributes
    ----------
    passed
        The ids of the tests that passed.
    failed
        The first line of what was said, by the id of a test that failed.
    """

    passed: frozenset[str]
    failed: Mapping[str, str]

    @property
    def share(self) -> float:
        """The share of tests that passed, of those that ran."""
        return len(self.passed) / max(len(self.passed) + len(self.failed), 1)


def sources() -> Path:
    """Return a checkout of the tests at the installed version's tag.

    Raises
    ------
    NotFetchedError
        There is no way to the repository.
    """
    folder = cache_folder() / f"pyathena-{VERSION}"
    if not folder.exists():
        address = os.environ.get("PYATHENA_REPOSITORY", _REPOSITORY)
        partial = folder.with_suffix(f".{os.getpid()}")
        clone = ("git", "clone", "--quiet", "--depth", "1", "--branch", f"v{VERSION}")
        cloned = subprocess.run((*clone, address, partial), capture_output=True, text=True, check=False)
        if cloned.returncode:
            raise NotFetchedError(f"{address}: {cloned.stderr.strip()}")
        shutil.rmtree(partial / "pyathena")  # the tests run with the installed package
        partial.rename(folder)
    return folder


def known(folder: str) -> dict[str, bool]:
    """Return the ids of the tests of a folder that are known to fail, and whether each fails every time."""
    entries = yaml.safe_load(KNOWN.read_text())
    tests = {test: not entry.get("sometimes", False) for entry in entries for test in entry["tests"]}
    return {test: always for test, always in tests.items() if test.startswith(f"{folder}.")}


def run(environment: Mapping[str, str], report: Path, *arguments: str, seconds: float = 1800) -> Outcome:
    """Run tests of the repository, and end whatever is left of them.

    Parameters
    ----------
    environment
        Endpoints, credentials and workgroups, as PyAthena's tests read them.
    report
        Where pytest writes its report. What it prints goes beside it, with the suffix ``.log``.
    arguments
        Further arguments of pytest, such as the folders to run.
    seconds
        How long they may take.

    Raises
    ------
    subprocess.TimeoutExpired
        They took longer.
    """
    folder = sources()
    options = ("-q", f"--timeout={_TEST_SECONDS}", "-p", "no:cacheprovider", "-p", "address", f"--junitxml={report}")
    command = (str(python_of(LOCK)), "-m", "pytest", *options, *arguments)
    environment = {**environment, "PYTHONPATH": str(FOLDER)}
    with (
        report.with_suffix(".log").open("w") as log,
        subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True) as tests,
    ):
        try:
            tests.wait(seconds)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(tests.pid, signal.SIGKILL)
    return outcome(report)


def outcome(report: Path) -> Outcome:
    """Read pytest's report."""
    passed, failed = set(), {}
    for case in ET.parse(report).iter("testcase"):
        name = f"{str(case.get('classname')).removeprefix('tests.')}::{case.get('name')}"
        problem = next((each for each in case if each.tag in ("failure", "error")), None)
        if problem is not None:
            failed[name] = (problem.get("message") or "").partition("\n")[0]
        elif case.find("skipped") is None:
            passed.add(name)
    return Outcome(passed=frozenset(passed), failed=failed)
