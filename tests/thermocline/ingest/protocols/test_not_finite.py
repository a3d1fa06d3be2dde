from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.errors import RequestError
from thermocline.ingest.protocols.json_body import split_body
from thermocline.ingest.protocols.not_finite import split_messages

VALUES = st.recursive(
    st.floats() | st.text(st.sampled_from('NaInfity "\\[],'), max_size=8) | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("naif", max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(VALUES, min_size=1, max_size=6))
def test_an_arrays_elements_are_told_apart_whatever_numbers_are_in_them(elements: list[object]) -> None:
    """Python's own writer writes NaN and Infinity."""
    texts = [json.dumps(element) for element in elements]
    assert split_messages(f"[{', '.join(texts)}]".encode()) == [text.encode() for text in texts]


@given(st.lists(VALUES, max_size=3).map(lambda value: json.dumps(value).encode()[:-1]))
def test_what_is_broken_otherwise_stays_broken(body: bytes) -> None:
    with pytest.raises(RequestError, match="not valid JSON"):
        split_messages(body)


@pytest.mark.parametrize("body", [b'{"a":1}', b"[1,2]", b'{"a":1}\n{"a":NaN}', b"nan"])
def test_other_bodies_are_split_as_ever(body: bytes) -> None:
    assert split_messages(body) == split_body(body)
