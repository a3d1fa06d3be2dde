from __future__ import annotations

import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.requests import request
from thermocline.errors import RequestError
from thermocline.ingest.http.caps import MAX_BODY_BYTES
from thermocline.ingest.http.request import decoded_body


def decode(body: bytes, encoding: str | None = None) -> bytes:
    return decoded_body(request("/", body, headers={"content-encoding": encoding} if encoding else {}))


def refusal(body: bytes, encoding: str | None = None) -> tuple[int, str]:
    with pytest.raises(RequestError) as caught:
        decode(body, encoding)
    return caught.value.status, caught.value.code


@given(st.lists(st.binary(min_size=1, max_size=200), min_size=1, max_size=4))
def test_gzip_members_are_joined(parts: list[bytes]) -> None:
    body = b"".join(gzip.compress(part) for part in parts)
    plain = b"".join(parts).removeprefix(b"\xef\xbb\xbf")
    assert decode(body, "gzip") == decode(body) == decode(body, "GZIP ") == plain


@pytest.mark.parametrize("encoding", ["x-gzip", "X-GZIP", "gzip, identity", "identity,gzip", " , gzip", "gzip"])
def test_every_name_of_gzip(encoding: str) -> None:
    assert decode(gzip.compress(b"{}"), encoding) == b"{}"


@pytest.mark.parametrize("padding", [b"\0", bytes(512), bytes(10_000)])
def test_padding_with_zeros_is_passed_over(padding: bytes) -> None:
    one = gzip.compress(b"{}")
    assert decode(one + padding, "gzip") == b"{}"
    assert decode(one + padding + one + padding, "gzip") == b"{}{}"
    assert refusal(one + padding + b"x", "gzip") == (400, "malformed_gzip")


def test_gzip_of_gzip_is_refused_with_advice() -> None:
    twice = gzip.compress(gzip.compress(b"{}"))
    assert [refusal(twice, encoding) for encoding in ("gzip", None, "gzip, gzip")] == [(400, "gzip_twice")] * 3


@pytest.mark.parametrize("encoding", ["deflate", "zstd", "br", "gzip, br", "gzip;q=1", "compress"])
def test_other_encodings_are_415(encoding: str) -> None:
    assert refusal(b"{}", encoding) == (415, "unsupported_encoding")


def test_a_byte_order_mark_is_no_part_of_the_body() -> None:
    marked = b"\xef\xbb\xbf[1]"
    assert decode(marked) == decode(gzip.compress(marked), "gzip") == b"[1]"


@pytest.mark.parametrize("encoding", [None, "identity"])
def test_plain_bodies_stay_as_they_are(encoding: str | None) -> None:
    assert decode(b'{"a":1}', encoding) == b'{"a":1}'
    assert decode(b"", encoding) == b""


@given(st.data())
def test_truncated_gzip_is_refused(data: st.DataObject) -> None:
    body = gzip.compress(b'{"event_name":"Seen"}') + gzip.compress(b"{}")
    whole_first = len(gzip.compress(b'{"event_name":"Seen"}'))
    cut = data.draw(st.integers(2, len(body) - 1).filter(lambda length: length != whole_first))
    assert refusal(body[:cut], "gzip") == (400, "malformed_gzip")


def test_what_a_gateway_has_unpacked_is_taken_as_it_is() -> None:
    assert decode(b'{"a":1}', "gzip") == b'{"a":1}'


ZSTD_FRAME = b'(\xb5/\xfd \x079\x00\x00{"a":1}'


@pytest.mark.parametrize("encoding", ["gzip", None])
@pytest.mark.parametrize("body", [gzip.compress(b'{"a":1}'), ZSTD_FRAME], ids=["gzip", "zstd"])
def test_what_a_gateway_took_for_text_is_refused_with_advice(body: bytes, encoding: str | None) -> None:
    mangled = body.decode("utf-8", "replace").encode()
    with pytest.raises(RequestError, match="application/octet-stream") as caught:
        decode(mangled, encoding)
    assert (caught.value.status, caught.value.code) == (415, "compressed_as_text")


def test_an_unknown_encoding_is_refused() -> None:
    assert refusal(b"{}", "br") == (415, "unsupported_encoding")


def test_the_cap_counts_what_comes_out() -> None:
    full = random.Random(1).randbytes(MAX_BODY_BYTES // 4).hex().encode() * 2  # packs about 4 : 1
    assert decode(gzip.compress(full, 1)) == full
    assert refusal(gzip.compress(full + b"x", 1)) == (400, "body_too_large")
    assert refusal(gzip.compress(full, 1) + gzip.compress(b"x")) == (400, "body_too_large")
    # Nothing is read beyond the cap.
    assert refusal(gzip.compress(full, 1) + gzip.compress(b"x") + b"broken") == (400, "body_too_large")
