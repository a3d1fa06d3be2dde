from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from thermocline.events.identity import digest_id, fingerprint

parts = st.lists(st.text() | st.binary(), min_size=1, max_size=4)


def as_bytes(values: list[str | bytes]) -> list[bytes]:
    return [value.encode() if isinstance(value, str) else value for value in values]


@given(parts, parts)
def test_different_parts_have_different_ids(left: list[str | bytes], right: list[str | bytes]) -> None:
    assert (digest_id(*left) == digest_id(*right)) == (as_bytes(left) == as_bytes(right))


@given(st.text(min_size=1), st.text(min_size=1))
def test_where_one_part_ends_matters(left: str, right: str) -> None:
    assume(left + right != right + left)
    assert digest_id("a", "bc") != digest_id("ab", "c")
    assert digest_id(left + right) != digest_id(left, right)
    assert digest_id(left, right) != digest_id(right, left)


def test_ids_and_fingerprints_stay_what_they_are() -> None:
    # Stored ids are compared with new ones: another hash would undo deduplication.
    assert digest_id("shop", b"{}") == "1da9de65113d498476a0d75ff8bea904"
    assert fingerprint(b"{}") == 1389868326933519382


@given(st.binary())
def test_a_fingerprint_is_a_signed_64_bit_integer(identity: bytes) -> None:
    assert -(2**63) <= fingerprint(identity) < 2**63
