"""Makes a project: the lake's own files, and an app on them."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from offline.errors import LakeError

TEMPLATE = Path(__file__).parent / "template"
SOURCE_NAME = "notes"

# What a project needs to run, test and deploy; the lake's history, its core's tests and its benchmarks stay here.
COPIED = (
    ".gitignore", "LICENSE", "Makefile", "cdk.json", "package.json", "package-lock.json", "pyproject.toml",
    "requirements.txt", "checks", "cli", "config", "contracts", "docs/cli.md", "docs/datasets", "lambdas", "offline",
    "sql", "stacks", "thermocline",
)  # fmt: skip
_NEVER = shutil.ignore_patterns("__pycache__", "*.pyc", "*.egg-info", ".*_cache")
_TARGETS_LEFT_OUT = ("bench", "defences")
_NAME = re.compile(r"[a-z][a-z0-9-]{1,19}")


def make_project(source: Path, target: Path, *, name: str) -> None:
    """Make the project `name` in `target` from the lake in `source`.

    Raises
    ------
    LakeError
        The folder is not empty, or the name cannot begin the names of resources.
    """
    if not _NAME.fullmatch(name):
        raise LakeError(f"{name!r} can't be an app's name: use 2-20 of a-z, 0-9 and -, as in `--name my-notes`")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise LakeError(f"{target} is there already and is not empty: choose another folder")
    for entry in COPIED:
        _copy(source / entry, target / entry)
    shutil.copytree(TEMPLATE, target, ignore=_NEVER, dirs_exist_ok=True)
    _name(target, name)
    _add_source(sorted((target / "config").glob("*.toml")))
    makefile = target / "Makefile"
    makefile.write_text("\n\n".join(_without_targets(makefile.read_text().split("\n\n"))))


def name_of(folder: Path) -> str:
    """A name for the app, from its folder's."""
    return re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-").lstrip("0123456789-")[:20].rstrip("-")


def init_git(target: Path) -> bool:
    """Make the folder a git repository; False where there is no git, or it is in one already."""
    inside = ["git", "-C", str(target), "rev-parse", "--is-inside-work-tree"]
    try:
        if subprocess.run(inside, capture_output=True, check=False).returncode == 0:
            return False
        return subprocess.run(["git", "init", "--quiet", str(target)], check=False).returncode == 0
    except FileNotFoundError:
        return False


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=_NEVER)
    elif source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)


def _name(target: Path, name: str) -> None:
    cdk = target / "cdk.json"
    settings = json.loads(cdk.read_text())
    settings["context"]["app"] = name
    cdk.write_text(json.dumps(settings, indent=2) + "\n")
    readme = target / "README.md"
    readme.write_text(readme.read_text().replace("{name}", name))


def _add_source(configs: Iterable[Path]) -> None:
    for path in configs:
        path.write_text(f'{path.read_text().rstrip()}\n\n[sources.{SOURCE_NAME}]\nstream = "clickstream"\n')


def _without_targets(paragraphs: Iterable[str]) -> Iterator[str]:
    """Leave out what needs files that were not copied."""
    names = re.compile(rf" (?:{'|'.join(_TARGETS_LEFT_OUT)})(?= )")
    for paragraph in paragraphs:
        if not paragraph.startswith(tuple(f"{target}:" for target in _TARGETS_LEFT_OUT)):
            yield names.sub("", paragraph) if ".PHONY" in paragraph else paragraph
