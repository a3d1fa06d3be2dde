from __future__ import annotations

from pathlib import Path

import pytest

from cli.dev.changes import INFRASTRUCTURE, Changes


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("stacks", "lambdas", "config"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.py").write_text("1")
    return tmp_path


def test_a_change_is_noticed_once_and_only_when_it_has_come_to_rest(root: Path) -> None:
    changes = Changes(root)
    assert not changes.noticed()
    (root / "stacks" / "a.py").write_text("22")
    assert not changes.noticed()
    (root / "config" / "a.py").write_text("333")
    assert not changes.noticed()
    assert changes.noticed()
    assert not changes.noticed()


def test_an_edited_handler_is_no_change_of_the_infrastructure(root: Path) -> None:
    changes = Changes(root)
    (root / "lambdas" / "a.py").write_text("22")
    assert [changes.noticed() for _ in range(3)] == [False, False, False]
    assert {"app.py", "stacks", "config", "contracts", "sql"} <= {*INFRASTRUCTURE}
