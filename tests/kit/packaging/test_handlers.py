from __future__ import annotations

from pathlib import Path

import pytest

from kit.errors import DefinitionError
from kit.packaging.handlers import check_handler


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "src").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    "code",
    [
        "def main(event, context): ...",
        "def main(event, context, more=None): ...",
        "def main(event, _, /): ...",
        "def main(*args): ...",
        "@logged\ndef main(event): ...",
        "main = make()",
        "main: Handler = make()",
        "from elsewhere import main",
        "from elsewhere import other as main",
    ],
)
def test_what_lambda_can_call(root: Path, code: str) -> None:
    (root / "src" / "list.py").write_text(code)
    check_handler(root, "src/list.main")


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("def other(event, context): ...", "src/list.py has no function 'main'; it has other$"),
        ("def _main(event, context): ...", "has no function 'main'$"),
        ("class main: ...", "has no function 'main'"),
        ("x = 1\ndef main(): ...", r"src/list\.py:2 must take \(event, context\)"),
        ("def main(event): ...", "must take"),
        ("def main(event, context, more): ...", "must take"),
        ("def main(event, *, context): ...", "must take"),
        ("async def main(event, context): ...", "is async"),
        ("def main(event, context:", "list.py:1 is not valid Python"),
    ],
)
def test_what_it_cannot(root: Path, code: str, message: str) -> None:
    (root / "src" / "list.py").write_text(code)
    with pytest.raises(DefinitionError, match=message):
        check_handler(root, "src/list.main")


@pytest.mark.parametrize(
    ("handler", "message"),
    [
        ("src/none.main", "there is no file src/none.py"),
        ("main", "not of the form"),
        ("../x.main", "not of the form"),
        ("src/list", "not of the form"),
    ],
)
def test_what_is_no_handler(root: Path, handler: str, message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        check_handler(root, handler)


def test_a_handler_is_never_imported(root: Path) -> None:
    (root / "src" / "list.py").write_text("raise SystemExit\ndef main(event, context): ...")
    check_handler(root, "src/list.main")
