from __future__ import annotations

import os
import subprocess
import tomllib
from pathlib import Path

import pytest

from checks.alone import HOUSES, ROOT, bare_python, clone_of, passes, stands_alone

OTHERS = ("cli", "lambdas", "offline", "stacks", "thermocline")


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bare_python(tmp_path_factory.mktemp("lake one ü") / "python")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clone_of("athena_local", tmp_path_factory.mktemp("lake one ü") / "clone")


def test_the_clone_has_one_house(clone: Path) -> None:
    assert sorted(path.name for path in clone.iterdir() if path.is_dir() and not path.is_symlink()) == [
        ".git", "athena_local", "tests",
    ]  # fmt: skip
    assert sorted(path.name for path in (clone / "tests").iterdir()) == ["athena_local", "conftest.py"]


@pytest.mark.parametrize("house", [*OTHERS, "kit"])
def test_no_other_house_can_be_imported(python: Path, clone: Path, house: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    def run(statement: str) -> subprocess.CompletedProcess[str]:
        command = (python, "-c", statement)
        return subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True, check=False)

    assert run("import athena_local, duckdb, pytest").returncode == 0
    assert f"No module named '{house}'" in run(f"import {house}").stderr


@pytest.mark.parametrize(("imported", "passed"), [("json", True), ("thermocline", False)])
def test_a_planted_import_fails_the_check(
    python: Path, clone: Path, capfd: pytest.CaptureFixture[str], imported: str, *, passed: bool
) -> None:
    module = clone / "athena_local" / "tables" / "date_patterns.py"
    before = module.read_text()
    module.write_text(f"import {imported}\n{before}")
    try:
        assert passes(python, clone, "athena_local", ["-n", "0", "-k", "date_patterns"]) is passed
    finally:
        module.write_text(before)
    shown = capfd.readouterr()
    assert (f"No module named '{imported}'" in shown.out + shown.err) is not passed


def test_what_a_published_house_needs_is_among_the_projects_packages() -> None:
    def packages(file: Path) -> set[str]:
        requirements = tomllib.loads(file.read_text())["project"]["dependencies"]
        return {requirement.partition("=")[0].partition(">")[0] for requirement in requirements}

    assert packages(ROOT / "athena_local" / "pyproject.toml") <= packages(ROOT / "pyproject.toml")


@pytest.mark.long
@pytest.mark.parametrize("house", HOUSES)
def test_each_house_passes_its_tests_alone(house: str) -> None:
    assert stands_alone(house)
