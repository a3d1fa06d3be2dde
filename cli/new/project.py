"""Makes a project: the lake's own files, and an app on them."""

import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from cli.errors import CliError
from cli.new.files import copy_files, ignored
from kit.project import NAME_RULE, is_app_name

TEMPLATE = Path(__file__).parent / "template"
SOURCE_NAME = "notes"

_TARGETS_LEFT_OUT = ("alone", "bench", "defences", "test-all", "test-nightly", "test-pythons", "test-trino")


def make_project(source: Path, target: Path, *, name: str) -> None:
    """Make the project `name` in `target` from the lake in `source`.

    Raises
    ------
    CliError
        The folder is not empty, resources cannot have the name, or the source is incomplete.
    """
    if not is_app_name(name):
        raise CliError(f"{name!r} can't be the app's name ({NAME_RULE}): give another one, as in `--name notes`")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise CliError(f"{target} is there already and is not empty: choose another folder")
    copy_files(source, target)
    shutil.copytree(TEMPLATE, target, ignore=ignored, dirs_exist_ok=True)
    _name(target, name)
    _add_source(sorted((target / "config").glob("*.toml")))
    makefile = target / "Makefile"
    makefile.write_text("\n\n".join(_without_targets(makefile.read_text().split("\n\n"))))


def name_of(folder: Path) -> str:
    """Return an app's name for its folder's. A long name is not cut, since two cut ones could be the same."""
    return re.sub(r"[^a-z0-9]", "", folder.resolve().name.lower()).lstrip("0123456789")


def init_git(target: Path) -> bool:
    """Make the folder a git repository; return False without git, or if the folder is in a repository already."""
    inside = ["git", "-C", str(target), "rev-parse", "--is-inside-work-tree"]
    try:
        if subprocess.run(inside, capture_output=True, check=False).returncode == 0:
            return False
        return subprocess.run(["git", "init", "--quiet", str(target)], check=False).returncode == 0
    except FileNotFoundError:
        return False


def _name(target: Path, name: str) -> None:
    cdk = target / "cdk.json"
    settings = json.loads(cdk.read_text())
    settings["context"]["app"] = name
    cdk.write_text(json.dumps(settings, indent=2) + "\n")
    readme = target / "README.md"
    readme.write_text(readme.read_text().replace("{name}", name))


def _add_source(configs: Iterable[Path]) -> None:
    for path in configs:
        text = path.read_text()
        if SOURCE_NAME not in tomllib.loads(text)["sources"]:  # a project made from a project has it
            path.write_text(f'{text.rstrip()}\n\n[sources.{SOURCE_NAME}]\nstream = "clickstream"\n')


def _without_targets(paragraphs: Iterable[str]) -> Iterator[str]:
    """Yield the paragraphs of a Makefile, without the targets that need files that were not copied."""
    names = re.compile(rf" (?:{'|'.join(_TARGETS_LEFT_OUT)})(?= )")
    for paragraph in paragraphs:
        if not paragraph.startswith(tuple(f"{target}:" for target in _TARGETS_LEFT_OUT)):
            yield names.sub("", paragraph) if ".PHONY" in paragraph else paragraph
