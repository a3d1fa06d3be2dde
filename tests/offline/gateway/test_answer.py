"""Results as AWS's own Lambda Test Tool recorded the real gateway's answers to them, and their neighbours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offline.gateway.answer import INTERNAL_SERVER_ERROR, Answer, answer_of

JSON = (("Content-Type", "application/json"),)
TEXT = ("Content-Type", "text/plain; charset=utf-8")


def answer(result: Any) -> Answer:
    return answer_of(json.dumps(result).encode())


@pytest.mark.parametrize(
    ("payload", "body"),
    [
        (b'{"name": "John Doe", "age": 30}', b'{"name": "John Doe", "age": 30}'),
        (b"[1, 2, 3]", b"[1, 2, 3]"),
        (b"42", b"42"),
        (b"true", b"true"),
        (b"null", b"null"),
        (b'"Hello, World!"', b"Hello, World!"),
        (b'"Special \\"quoted\\" text"', b'Special "quoted" text'),
        (b'""', b""),
        (b'{"name": "John Doe", "age":', b'{"name": "John Doe", "age":'),
        (b'{"statusCode": 200, "x": NaN}', b'{"statusCode": 200, "x": NaN}'),
        (b"\x00\xff", b"\x00\xff"),
    ],
)
def test_a_result_without_a_status_is_the_body(payload: bytes, body: bytes) -> None:
    assert answer_of(payload) == Answer(status=200, headers=JSON, body=body)


def test_a_result_with_a_status_says_all_itself() -> None:
    result = {"statusCode": 201, "headers": {"Content-Type": "text/html", "X-Own": "a,b"}, "body": "<p>é</p>"}
    assert answer(result) == Answer(
        status=201, headers=(("Content-Type", "text/html"), ("X-Own", "a,b")), body="<p>é</p>".encode()
    )


def test_the_type_is_text_unless_told_in_any_case() -> None:
    assert answer({"statusCode": 200, "body": "x"}).headers == (TEXT,)
    assert answer({"statusCode": 200, "headers": {"content-TYPE": "a/b"}}).headers == (("content-TYPE", "a/b"),)


def test_every_cookie_is_a_header() -> None:
    result = {"statusCode": 200, "cookies": ["a=1; Path=/", "b=2"], "headers": {"Set-Cookie": "c=3"}}
    assert [v for k, v in answer(result).headers if k == "Set-Cookie"] == ["a=1; Path=/", "b=2", "c=3"]


def test_base64_is_decoded() -> None:
    assert answer({"statusCode": 200, "body": "AQL/", "isBase64Encoded": True}).body == b"\x01\x02\xff"


def test_numbers_and_truths_may_be_headers_and_the_status_a_string() -> None:
    result = {"statusCode": "204", "headers": {"A": 1, "B": True, "C": 1.5, "D": None}}
    assert answer(result) == Answer(status=204, headers=(("A", "1"), ("B", "true"), ("C", "1.5"), TEXT))


@pytest.mark.parametrize(
    "wrong",
    [
        {"statusCode": 200.5},
        {"statusCode": 0},
        {"statusCode": 99},
        {"statusCode": 1000},
        {"statusCode": -200},
        {"statusCode": "OK"},
        {"statusCode": ""},
        {"statusCode": None},
        {"statusCode": True},
        {"statusCode": [200]},
        {"statusCode": 200, "body": {"a": 1}},
        {"statusCode": 200, "body": [1]},
        {"statusCode": 200, "body": 1},
        {"statusCode": 200, "headers": ["a"]},
        {"statusCode": 200, "headers": "a"},
        {"statusCode": 200, "headers": {"a": {"b": 1}}},
        {"statusCode": 200, "headers": {"a": ["b"]}},
        {"statusCode": 200, "headers": {"a": "b\r\nc: d"}},
        {"statusCode": 200, "headers": {"a": "\ud800"}},
        {"statusCode": 200, "headers": {"a b": "c"}},
        {"statusCode": 200, "headers": {"": "c"}},
        {"statusCode": 200, "cookies": [1]},
        {"statusCode": 200, "cookies": "a=1"},
        {"statusCode": 200, "cookies": {"a": "1"}},
        {"statusCode": 200, "isBase64Encoded": "yes", "body": "AQI="},
        {"statusCode": 200, "isBase64Encoded": 1, "body": "AQI="},
        {"statusCode": 200, "isBase64Encoded": True, "body": "not base64!"},
    ],
)
def test_a_result_that_cannot_be_read_is_an_error_and_tells_nothing(wrong: dict[str, Any]) -> None:
    assert answer(wrong) == INTERNAL_SERVER_ERROR
    assert INTERNAL_SERVER_ERROR.status == 500
    assert INTERNAL_SERVER_ERROR.body == b'{"message":"Internal Server Error"}'


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
MEMBERS = st.sampled_from(["statusCode", "headers", "body", "cookies", "isBase64Encoded", "other"])


@given(st.dictionaries(MEMBERS, JSON_VALUES))
def test_no_result_is_more_than_an_answer(result: dict[str, Any]) -> None:
    found = answer(result)
    assert 200 <= found.status <= 599
    assert all(isinstance(value, str) for header in found.headers for value in header)


@given(st.binary())
def test_no_payload_is_more_than_an_answer(payload: bytes) -> None:
    assert answer_of(payload).status in (200, 500)
