from __future__ import annotations

import pytest

from stacks.serving import description_of


@pytest.mark.parametrize(
    ("sql", "description"),
    [
        ("-- description: Sessions: by month.\n-- grain: month\nSELECT 1", "Sessions: by month."),
        ("-- grain: month\n--description:  Late \nSELECT 1", "Late"),
        ("SELECT 1\n-- description: too late", None),
        ("-- grain: month\n", None),
        ("", None),
    ],
)
def test_description_is_read_from_the_header_only(sql: str, description: str | None) -> None:
    assert description_of(sql) == description
