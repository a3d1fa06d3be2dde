"""Which of the lake's files a new project gets: those that git tracks or, without git, all."""

import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from cli.errors import CliError

# What a project needs to run, test and deploy; the lake's history, its core's tests and its benchmarks stay here.
COPIED = (
    ".gitignore", "LICENSE", "Makefile", "cdk.json", "package.json", "package-lock.json", "pyproject.toml",
    "requirements.txt", "athena_local", "checks", "cli", "config", "contracts", "docs/cli.md", "docs/datasets", "edge",
    "glue_jobs", "kit", "lambdas", "offline", "sql", "stacks", "thermocline",
)  # fmt: skip
_NEVER = ("__pycache__", "*.pyc", "*.egg-info", ".*_cache")


def copy_files(source: Path, target: Path) -> None:
    """Copy what a project needs.

    Raises
    ------
    CliError
        The source does not have all of it, for example because it was installed as a wheel.
    """
    for file in source_files(source):
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source / file, target / file)


def source_files(source: Path) -> list[PurePath]:
    """Return the files of `COPIED`, relative to `source` (see `copy_files` for errors)."""
    if missing := [entry for entry in COPIED if not (source / entry).exists()]:
        raise CliError(f"{source} has no {missing[0]}: run the `lake new` of a checkout of the lake, or of a project")
    tracked = [file for file in _tracked(source) if (source / file).is_file()]
    # A repository to which not all was added yet, such as a new project's, lists too little.
    knows_all = all(any(file.is_relative_to(entry) for file in tracked) for entry in COPIED)
    return sorted(tracked if knows_all else _walked(source))


def ignored(_folder: object, names: Iterable[str]) -> set[str]:
    """Return the names that are never copied, in the form that `shutil.copytree` needs."""
    return {name for name in names if any(PurePath(name).match(pattern) for pattern in _NEVER)}


def _tracked(source: Path) -> Iterator[PurePath]:
    try:
        listing = subprocess.run(
            ["git", "-C", str(source), "ls-files", "-z", "--", *COPIED], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return iter(())
    return (PurePath(name) for name in listing.stdout.split("\0") if name)


def _walked(source: Path) -> Iterator[PurePath]:
    for entry in COPIED:
        paths = (source / entry).rglob("*") if (source / entry).is_dir() else iter([source / entry])
        for path in paths:
            file = path.relative_to(source)
            if path.is_file() and not ignored(None, file.parts):
                yield file
