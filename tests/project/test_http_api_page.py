"""docs/http-api.md: every behaviour has a test that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    line
    for line in (ROOT / "docs" / "http-api.md").read_text().splitlines()
    if line.startswith("| ") and "behaviour |" not in line
]


def test_the_page_has_rows() -> None:
    assert len(ROWS) > 25


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[2:40])
def test_a_row_names_a_test_that_is_there(row: str) -> None:
    *_, test, _ = (cell.strip() for cell in row.split("|"))
    found = re.fullmatch(r"`(tests/[\w/]+\.py)::(\w+)`", test)
    assert found, row
    assert f"def {found[2]}(" in (ROOT / found[1]).read_text()
