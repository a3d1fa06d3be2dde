from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.ingest.identity import identity_of

LEFT_OUT = frozenset({"sentAt", "_metadata"})
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=4), values, max_size=5), st.randoms())
def test_how_an_event_is_spelt_does_not_matter(event: dict[str, Any], dice: Any) -> None:
    names = list(event)
    dice.shuffle(names)
    again = {name: event[name] for name in names}
    spelt = [
        msgspec.json.encode(event),
        *(json.dumps(again, ensure_ascii=a, indent=i).encode() for a, i in [(True, 1), (False, None)]),
    ]
    assert len({identity_of(text, LEFT_OUT) for text in spelt}) == 1


@given(values, values)
def test_what_is_sent_does(one: Any, other: Any) -> None:
    texts = [msgspec.json.encode({"a": value, "sentAt": 1}, order="sorted") for value in (one, other)]
    assert (identity_of(texts[0], LEFT_OUT) == identity_of(texts[1], LEFT_OUT)) == (texts[0] == texts[1])


@pytest.mark.parametrize(
    ("once", "again"),
    [
        (b'{"a":1}', b'{ "a" : 1, "sentAt": "x" }'),
        (b'{"a":1}', b'{"_metadata":{"retryCount":2},"a":1}'),
        (b'{"a":1}', b'{"sent\\u0041t":1,"a":1}'),
        (b'{"a":1e999,"sentAt":1}', b'{"sentAt":2,"a":1e999}'),
        (b'{"a":{"b":1,"c":2}}', b'{"a":{"c":2,"b":1}}'),
    ],
)
def test_what_changes_on_a_retry_does_not(once: bytes, again: bytes) -> None:
    assert identity_of(once, LEFT_OUT) == identity_of(again, LEFT_OUT)


def test_only_the_root_is_left_out() -> None:
    texts = [b'{"properties":{"sentAt":1}}', b'{"properties":{"sentAt":2}}']
    assert len({identity_of(text, LEFT_OUT) for text in texts}) == 2


@pytest.mark.parametrize("raw", [b"", b"{", b'{"a":"\xff"}', b"[" * 5000])
def test_what_is_no_json_stands_for_itself(raw: bytes) -> None:
    assert identity_of(raw, LEFT_OUT) == raw


def test_json_without_members_is_itself() -> None:
    assert identity_of(b"[2, 1]", LEFT_OUT) == b"[2,1]"
