"""A value is found wherever a text has it."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.mentions import values

VALUES = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=12)
PEOPLE = st.builds(
    lambda parts, joint: joint.join(parts), st.lists(VALUES, min_size=1, max_size=4), st.sampled_from("@. -_/:")
)


def wrapped(value: str) -> list[str]:
    """Return texts that have a value, as bad rows have them."""
    tree: Any = {"events": [{"who": value}, 1, None, True], "b": {}}
    text = json.dumps(tree)
    return [
        value,
        text,
        json.dumps({value: 1}),
        json.dumps({"inner": text}),
        json.dumps({"inner": json.dumps({"x": text})}),
        json.dumps({"path": f"/v1/devices/{quote(value, safe='')}/state?x=1"}),
        f"https://example.com/a?b=c&user={quote_plus(value)}#top",
        urlencode({"a": "1 2", "user": value}),
        base64.b64encode(f"{text} and more".encode()).decode(),
        json.dumps({"rawData": base64.b64encode(text.encode()).decode()}),
        f"a,{value},b\nc;d",
        f"error: user <{value}> is unknown",
        f'{{"who": "{value}", "cut": "he',
        json.dumps(tree, ensure_ascii=True)[:-8],
        base64.b64encode(b"\x00\xff" + value.encode() + b"\xfe\x01").decode(),
    ]


@given(value=PEOPLE)
def test_it_is_found_in_every_form(value: str) -> None:
    missed = [text for text in wrapped(value) if value not in set(values(text))]
    assert not missed


@pytest.mark.parametrize("text", ['{"user": 42}', "[[[42]]]", "42", "user=42", '{"42": 1}', '{"n": 42.0, "m": "42"}'])
def test_numbers_are_values(text: str) -> None:
    assert "42" in set(values(text))


@pytest.mark.parametrize("text", ["", "{", "[1, ", "\x00", '{"a": "\\ud800"}', "=" * 100, "{" * 5000, "%%%", "=?&"])
def test_any_text_can_be_read(text: str) -> None:
    assert text in set(values(text))


def test_a_part_of_a_value_is_not_the_value() -> None:
    assert "ann" not in set(values('{"user": "joann", "mail": "annette"}'))
