from __future__ import annotations

import pytest

from cli.commands.deploy import differing_stacks


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Stack a\nThere were no differences\n\n✨  Number of stacks with differences: 0\n", 0),
        ("✨  Number of stacks with differences: 12\n", 12),
        ("cut short", None),
        ("Number of stacks with differences: ", None),
    ],
)
def test_the_number_of_stacks_that_differ_is_read(text: str, count: int | None) -> None:
    assert differing_stacks(text) == count
