from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.api.validation import batch, page, page_size, query_text, request_token, required
from athena_local.errors import InvalidRequestError

ONE = "1 validation error detected: Value at '"


@pytest.mark.parametrize(
    ("token", "message"),
    [
        (None, "clientRequestToken is null or empty"),
        ("x" * 31, f"{ONE}clientRequestToken' failed to satisfy constraint: Member must have length greater than"),
        ("x" * 129, f"{ONE}clientRequestToken' failed to satisfy constraint: Member must have length less than"),
    ],
)
def test_a_token_has_32_to_128_characters(token: str | None, message: str) -> None:
    with pytest.raises(InvalidRequestError, match=message):
        request_token({"ClientRequestToken": token})
    assert request_token({"ClientRequestToken": "x" * 32}) == "x" * 32


def test_a_query_has_at_most_262144_bytes() -> None:
    assert len(query_text({"QueryString": "x" * 262_144})) == 262_144
    with pytest.raises(InvalidRequestError, match="less than or equal to 262144"):
        query_text({"QueryString": "é" * 131_073})


def test_at_most_50_executions_are_got_together() -> None:
    assert batch({"QueryExecutionIds": ["x"] * 50}, "QueryExecutionIds") == ["x"] * 50
    with pytest.raises(InvalidRequestError, match=f"{ONE}queryExecutionIds' .* less than or equal to 50"):
        batch({"QueryExecutionIds": ["x"] * 51}, "QueryExecutionIds")


def test_what_is_required() -> None:
    message = "1 validation error detected: Value null at 'queryExecutionId' failed to satisfy constraint: "
    with pytest.raises(InvalidRequestError, match=f"{message}Member must not be null"):
        required({}, "QueryExecutionId")


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"MaxResults": 0}, f"{ONE}maxResults' failed to satisfy constraint: Member must have value greater than"),
        ({"MaxResults": 51}, f"{ONE}maxResults' failed to satisfy constraint: Member must have value less than"),
        ({"MaxResults": 0, "NextToken": ""}, "2 validation errors detected: Value at 'nextToken' .*; Value at 'maxR"),
    ],
)
def test_pages_have_bounds(parameters: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidRequestError, match=message):
        page_size(parameters, most=50)


@given(items=st.lists(st.integers(), max_size=30), size=st.integers(1, 50))
def test_pages_together_are_everything(items: list[int], size: int) -> None:
    seen: list[int] = []
    token: dict[str, Any] = {}
    while True:
        shown, following = page(items, {"MaxResults": size, **token})
        seen.extend(shown)
        if not following:
            break
        token = following
    assert seen == items


def test_a_token_that_no_page_gave() -> None:
    with pytest.raises(InvalidRequestError, match="Malformed nextPageToken x"):
        page([1, 2], {"NextToken": "x"})
