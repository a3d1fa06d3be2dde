import bz2
import gzip
import re
import zlib
from collections.abc import Callable

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.formats.layout import MalformedError, UnreadableError
from athena_local.formats.lines import _all_lines, lines
from tests.athena_local.formats.reading import LAZY, layout

TEXT = layout(LAZY, {"a": "string"})


def zstd(content: bytes) -> bytes:
    return bytes(pa.compress(content, "zstd", asbytes=True))


@pytest.mark.parametrize(
    ("key", "compress"),
    [("a", bytes), ("a.GZ", gzip.compress), ("a.bz2", bz2.compress), ("a.deflate", zlib.compress), ("a.zst", zstd)],
)
def test_the_extension_tells_the_compression(key: str, compress: Callable[[bytes], bytes]) -> None:
    content = b"\xef\xbb\xbfone\r\ntwo\rthree\n\nfour"
    assert list(lines(compress(content), key, TEXT)) == [b"one", b"two", b"three", b"", b"four"]


def test_several_compressed_parts() -> None:
    assert list(lines(gzip.compress(b"a\n") + gzip.compress(b"b\n"), "a.gz", TEXT)) == [b"a", b"b"]


def test_headers_and_footers() -> None:
    how = layout(LAZY, {"a": "string"}, {"skip.header.line.count": "2", "skip.footer.line.count": "1"})
    assert list(lines(b"h\nh\n1\n2\nf\n", "a", how)) == [b"1", b"2"]
    assert list(lines(b"h\n", "a", how)) == []


@pytest.mark.parametrize("key", ["a.gz", "a.bz2", "a.zst"])
def test_what_is_not_compressed(key: str) -> None:
    with pytest.raises(MalformedError, match=re.escape(key)):
        list(lines(b"plain text", key, TEXT))
    with pytest.raises(MalformedError):
        list(lines(gzip.compress(b"a" * 1000)[:-9], "cut.gz", TEXT))


@pytest.mark.parametrize("key", ["a.snappy", "a.lz4", "a.lzo"])
def test_compressions_that_are_not_read(key: str) -> None:
    with pytest.raises(UnreadableError, match="is not read offline"):
        list(lines(b"", key, TEXT))


@given(st.lists(st.binary(max_size=6).map(lambda each: each.replace(b"\0", b"\r").replace(b"\1", b"\n")), max_size=8))
def test_lines_do_not_depend_on_chunks(chunks: list[bytes]) -> None:
    expected = re.split(rb"\r\n|\r|\n", b"x" + b"".join(chunks))
    assert list(_all_lines([b"x", *chunks])) == (expected if expected[-1] else expected[:-1])
