"""Debezium's marker in the forms that its converters write; what they were seen to write is in tests/debezium."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.ingest.protocols.unavailable import MARKER, is_unavailable

BYTES = MARKER.encode()
NUMBERS = list(BYTES)


def java_name_uuid(data: bytes) -> str:
    """What UUID.nameUUIDFromBytes returns: version 3 of a bare MD5, without a name space."""
    digest = bytearray(hashlib.md5(data).digest())
    digest[6], digest[8] = digest[6] & 0x0F | 0x30, digest[8] & 0x3F | 0x80
    return str(uuid.UUID(bytes=bytes(digest)))


BASE64 = base64.b64encode(BYTES).decode()
FORMS: dict[str, Any] = {
    "text, json, numeric as a string": MARKER,
    "bytea as bytes": BASE64,
    "bytea as base64url without padding": base64.urlsafe_b64encode(BYTES).decode().rstrip("="),
    "bytea as hex": BYTES.hex(),
    "text[]": [MARKER],
    "bytea[]": [BASE64],
    "bytea[] as hex": [BYTES.hex()],
    "uuid[]": [java_name_uuid(BYTES)],
    "uuid[] in capitals": [java_name_uuid(BYTES).upper()],
    "integer[], bigint[], date[]": NUMBERS,
    "float8[]": [float(number) for number in NUMBERS],
    "hstore as a map": {MARKER: MARKER},
    "hstore as JSON": json.dumps({MARKER: MARKER}, separators=(",", ":")),
    "hstore as JSON with spaces": json.dumps({MARKER: MARKER}, indent=2),
    "hstore as JSON with escapes": json.dumps({MARKER: MARKER}).replace("_", "\\u005f"),
    "an array in an array": [[MARKER]],
    "numbers in an array": [NUMBERS],
}


def written(value: Any) -> st.SearchStrategy[bytes]:
    """The JSON of a value as any writer may write it: with spaces, lines, and escapes."""
    escaped = json.dumps(value).replace("_", "\\u005f")
    texts = [json.dumps(value), json.dumps(value, separators=(",", ":")), json.dumps(value, indent=4), escaped]
    return st.sampled_from([text.encode() for text in texts])


@given(st.data())
@pytest.mark.parametrize("form", FORMS)
def test_the_marker_is_known_in_every_form(form: str, data: st.DataObject) -> None:
    assert is_unavailable(data.draw(written(FORMS[form])))


texts = st.text(max_size=40)


@given(texts, texts)
def test_a_text_that_holds_more_than_the_marker_is_a_value(before: str, after: str) -> None:
    if before + after:
        for form in (MARKER, BASE64, BYTES.hex()):
            assert not is_unavailable(json.dumps(before + form + after).encode())


@given(st.lists(st.one_of(texts, st.integers(), st.just(MARKER), st.none()), min_size=1, max_size=4), st.booleans())
def test_an_array_with_other_elements_is_a_value(others: list[Any], first: bool) -> None:
    for array in ([MARKER], [java_name_uuid(BYTES)], [BASE64], NUMBERS):
        both = [*others, *array] if first else [*array, *others]
        assert not is_unavailable(json.dumps(both).encode())


@pytest.mark.parametrize(
    "value",
    [
        None, True, 95, 0.5, "", [], {}, [[]], [None], [True], [1e300],
        java_name_uuid(BYTES),  # a uuid is too short to be stored apart
        NUMBERS[:-1], NUMBERS[::-1], [str(number) for number in NUMBERS],
        {MARKER: "v"}, {"k": MARKER}, {MARKER: MARKER, "k": "v"}, {MARKER: {MARKER: MARKER}},
        json.dumps(MARKER), json.dumps([MARKER]), json.dumps({MARKER: MARKER, "k": "v"}),  # values of json columns
        "{", '{"a":', "[" * 1500, MARKER.upper(), f" {MARKER}", [f"{MARKER} "], {MARKER: None},
    ],
)  # fmt: skip
def test_what_only_looks_like_it_is_a_value(value: Any) -> None:
    assert not is_unavailable(json.dumps(value).encode())


def test_numbers_that_python_cannot_hold_are_values() -> None:
    assert not is_unavailable(b"[1e999]")
    assert not is_unavailable(b"[" * 2000)
