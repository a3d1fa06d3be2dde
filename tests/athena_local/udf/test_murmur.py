"""MurmurHash3, against answers of Trino 476 and of the function's author."""

import pytest

from athena_local.udf.murmur import murmur3


@pytest.mark.parametrize(
    ("data", "digest"),
    [
        (b"", "00000000000000000000000000000000"),
        (b"\0", "b55cff6ee5ab10468335f878aa2d6251"),
        (b"abc", "6778ad3f3f3f96b4522dca264174a23b"),
        (b"The quick brown fox jumps over the lazy dog", "6c1b07bc7bbc4be347939ac4a93c437a"),
    ],
)
def test_digest(data: bytes, digest: str) -> None:
    assert murmur3(data).hex() == digest
