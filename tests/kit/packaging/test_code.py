from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kit.errors import DefinitionError
from kit.packaging.code import package, stage_code
from kit.packaging.package import Package, Project

SHIPPED = {
    "kit/__init__.py",
    "kit/errors.py",
    "kit/runtime/__init__.py",
    "kit/runtime/http.py",
    "kit/runtime/links.py",
    "kit/runtime/script.py",
}
PACKAGES = ("contracts", "lambdas")
MAIN = "def main(event, context): ..."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("src/list.py", "src/sub/deep.py", "lib/tool.py", "other/x.py", "top.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(MAIN)
    return tmp_path


def files(made: Package) -> set[str]:
    return {path.relative_to(made.folder).as_posix() for path in made.folder.rglob("*") if path.is_file()} - SHIPPED


def made(root: Path, handler: str, *, include: tuple[str, ...] = (), **options: Any) -> Package:
    return package(Project(root=root, include=include), handler=handler, **{"runtime": "python3.14"} | options)


def test_code_is_the_handlers_folder_and_what_is_included(root: Path) -> None:
    staged = made(root, "src/sub/deep.main", include=("lib",))
    assert files(staged) == {"src/list.py", "src/sub/deep.py", "lib/tool.py"}
    assert staged.handler == "src.sub.deep.main"


def test_handler_at_the_root_is_a_file_of_its_own(root: Path) -> None:
    assert files(made(root, "top.main")) == {"top.py"}


def test_src_becomes_the_codes_root(root: Path) -> None:
    staged = made(root, "list.main", src="src", include=("lib",))
    assert files(staged) == {"list.py", "sub/deep.py", "lib/tool.py"}
    assert staged.handler == "list.main"


def test_links_are_always_there(root: Path) -> None:
    staged = made(root, "top.main")
    assert {path.relative_to(staged.folder).as_posix() for path in staged.folder.rglob("*")} >= SHIPPED


def test_functions_of_one_folder_share_one_asset(root: Path) -> None:
    assert made(root, "src/list.main").folder == made(root, "src/sub/deep.main").folder


@pytest.mark.parametrize(
    ("handler", "options", "message"),
    [
        ("", {}, "needs a handler"),
        ("list.main", {"src": "none"}, "src 'none': there is no such folder"),
        ("src/list.main", {"runtime": "cobol85"}, r"runtime 'cobol85' is not supported; use python3\.12, "),
        ("src/list.main", {"runtime": "python2.7"}, r"runtime 'python2\.7' is not supported"),
        ("src/list.main", {"bundle": "x"}, "Python is not bundled"),
    ],
)
def test_wrong_use_is_told(root: Path, handler: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        made(root, handler, **options)


def test_staged_code_is_the_packages_and_nothing_else(tmp_path: Path) -> None:
    root = tmp_path / "project"
    for name in (*PACKAGES, "stacks", "offline"):
        (root / name / "__pycache__").mkdir(parents=True)
        (root / name / "__pycache__" / "module.cpython-313.pyc").write_bytes(b"")
        (root / name / "module.py").write_text("")
    (root / "app.py").write_text("")
    (root / "lambdas" / ".hidden").write_text("")
    stage_code(root, tmp_path / "staged", PACKAGES)
    staged = {path.relative_to(tmp_path / "staged").as_posix() for path in (tmp_path / "staged").rglob("*")}
    assert staged == {*PACKAGES, *(f"{name}/module.py" for name in PACKAGES)}
