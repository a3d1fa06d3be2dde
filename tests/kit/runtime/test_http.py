from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.runtime.http import body_of


@given(st.binary())
def test_what_was_encoded_is_had_back(body: bytes) -> None:
    assert body_of({"body": base64.b64encode(body).decode(), "isBase64Encoded": True}) == body


@given(st.text())
def test_text_is_utf_8(text: str) -> None:
    assert body_of({"body": text, "isBase64Encoded": False}) == text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("event", [{}, {"body": None}, {"body": "", "isBase64Encoded": True}])
def test_no_body_is_empty(event: dict[str, object]) -> None:
    assert body_of(event) == b""


def test_what_is_no_base64_stays_as_it_came() -> None:
    assert body_of({"body": "{", "isBase64Encoded": True}) == b"{"
