"""docs/behaviour.md: every change has a test that is there."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
PAGE = TESTS.parent / "docs" / "behaviour.md"


def test_every_change_has_a_test_that_is_there() -> None:
    rows = [line for line in PAGE.read_text().splitlines() if line.startswith("| ") and not line.startswith("| before")]
    named = [re.search(r"\| `(test_\w+)` \|$", row) for row in rows]
    there = {name for file in TESTS.rglob("test_*.py") for name in re.findall(r"def (test_\w+)\(", file.read_text())}
    assert len(rows) > 50
    assert [row for row, name in zip(rows, named, strict=True) if name is None or name[1] not in there] == []
