from __future__ import annotations

import pytest

from stacks.queries import description_of, load_queries


@pytest.mark.parametrize(
    ("sql", "description"),
    [
        ("-- description: Sessions: by month.\n-- grain: month\nSELECT 1", "Sessions: by month."),
        ("-- grain: month\n--description:  Late \nSELECT 1", "Late"),
        ("SELECT 1\n-- description: too late", ""),
        ("-- grain: month\n", ""),
        ("", ""),
    ],
)
def test_description_is_read_from_the_header_only(sql: str, description: str) -> None:
    assert description_of(sql) == description


def test_every_query_of_the_project_says_what_it_answers() -> None:
    queries = list(load_queries())
    assert queries
    assert all(query.description for query in queries)
