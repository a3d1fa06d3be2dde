from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.subjects import SubjectHasher, decode_digests, encode_digests

digests = st.binary(min_size=16, max_size=16).map(bytes.hex)


def test_a_digest_is_the_first_half_of_an_hmac_of_column_and_value() -> None:
    expected = hmac.new(b"secret", "user_id\x1fzoë".encode(), hashlib.sha256).hexdigest()[:32]
    hasher = SubjectHasher(lambda: "secret")
    assert [hasher.digest("user_id", "zoë"), hasher.digest("user_id", "zoë")] == [expected, expected]


def test_the_column_and_the_secret_are_part_of_a_digest() -> None:
    hasher, other = SubjectHasher(lambda: "secret"), SubjectHasher(lambda: "another")
    assert len({hasher.digest("user_id", "42"), hasher.digest("device_id", "42"), other.digest("user_id", "42")}) == 3
    assert hasher.digest("device_id", 42) == hasher.digest("device_id", "42")


def test_text_that_is_no_unicode_has_a_digest() -> None:
    assert len(SubjectHasher(lambda: "secret").digest("user_id", "\ud800")) == 32


@given(st.frozensets(digests))
def test_digests_are_encoded_and_decoded(each: frozenset[str]) -> None:
    encoded = encode_digests(each)
    assert decode_digests(encoded) == each
    assert len(encoded) == 16 * len(each)
    assert encoded == b"".join(sorted(encoded[at : at + 16] for at in range(0, len(encoded), 16)))


def test_half_a_digest_is_an_error() -> None:
    with pytest.raises(ValueError, match="17 bytes"):
        decode_digests(bytes(17))
