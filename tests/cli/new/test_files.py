from __future__ import annotations

import subprocess
from pathlib import Path, PurePath

import pytest

from cli.errors import CliError
from cli.new.files import COPIED, copy_files, source_files
from offline.environment import CODE_ROOT

FOLDERS = {entry for entry in COPIED if (CODE_ROOT / entry).is_dir()}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small lake: every entry has one file, and one folder has what tools leave behind."""
    root = tmp_path / "lake"
    for entry in COPIED:
        file = root / entry / "one.py" if entry in FOLDERS else root / entry
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(entry)
    (root / ".gitignore").write_text("__pycache__/\n")
    (root / "cli" / "__pycache__").mkdir()
    (root / "cli" / "__pycache__" / "one.cpython-311.pyc").touch()
    (root / "tests").mkdir()
    (root / "tests" / "test_core.py").touch()
    return root


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True)


def names(root: Path) -> set[str]:
    return {str(file) for file in source_files(root)}


def everything() -> set[str]:
    return {f"{entry}/one.py" if entry in FOLDERS else entry for entry in COPIED}


def test_a_tree_without_git_gives_all_but_what_tools_left(tree: Path) -> None:
    assert names(tree) == everything()


def test_a_checkout_gives_what_git_tracks(tree: Path) -> None:
    git(tree, "init")
    git(tree, "add", ".")
    (tree / "cli" / "scratch.py").touch()
    assert names(tree) == everything()


def test_a_file_that_was_deleted_since_is_not_missed(tree: Path) -> None:
    (tree / "cli" / "old.py").touch()
    git(tree, "init")
    git(tree, "add", ".")
    (tree / "cli" / "old.py").unlink()
    assert "cli/old.py" not in names(tree)


def test_a_repository_to_which_little_was_added_gives_all_there_is(tree: Path) -> None:
    git(tree, "init")
    assert names(tree) == everything()
    git(tree, "add", "cli/one.py")
    assert names(tree) == everything()


def test_a_tree_that_is_not_whole_says_what_to_do(tree: Path, tmp_path: Path) -> None:
    (tree / "Makefile").unlink()
    with pytest.raises(CliError, match="has no Makefile: run the `lake new` of a checkout"):
        copy_files(tree, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_files_are_copied_with_their_folders(tree: Path, tmp_path: Path) -> None:
    copy_files(tree, tmp_path / "new")
    copied = {str(path.relative_to(tmp_path / "new")) for path in (tmp_path / "new").rglob("*") if path.is_file()}
    assert copied == everything()
    assert (tmp_path / "new" / "cli" / "one.py").read_text() == "cli"


def test_the_lake_gives_its_code_and_none_of_its_own_tests_and_history() -> None:
    tops = {file.parts[0] for file in source_files(CODE_ROOT)}
    assert {"cli", "stacks", "Makefile", "cdk.json"} <= tops
    assert tops.isdisjoint({".git", ".venv", ".lake", "node_modules", "build", "benchmarks", "tests", "README.md"})
    assert not any(file.is_relative_to(PurePath("docs/adr")) for file in source_files(CODE_ROOT))
