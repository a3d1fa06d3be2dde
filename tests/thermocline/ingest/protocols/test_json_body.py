from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.errors import RequestError
from thermocline.ingest.protocols.json_body import split_body, without_lone_surrogates


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'"\\ud83d"', b'"\\ufffd"'),
        (b'"\\uDE00\\ud83D"', b'"\\ufffd\\ufffd"'),
        (b'"\\ud83d\\ude00"', b'"\\ud83d\\ude00"'),
        (b'"\\ud83d\\ud83d\\ude00"', b'"\\ufffd\\ud83d\\ude00"'),
        (b'"\\\\ud83d"', b'"\\\\ud83d"'),
        (b'"\\\\\\ud83d"', b'"\\\\\\ufffd"'),
        (b'"\\u00e9\\n"', b'"\\u00e9\\n"'),
        (b'"\\n\\ud83d"', b'"\\n\\ufffd"'),
        (b'"\\u00e9\\ud83d\\t\\ud83d\\ude00"', b'"\\u00e9\\ufffd\\t\\ud83d\\ude00"'),
        (b'"\\\\ud83d\\ude00"', b'"\\\\ud83d\\ufffd"'),
        (b'"\\\\\\ud83d\\ude00"', b'"\\\\\\ud83d\\ude00"'),
        (b'"\\ud83d\\ude00\\ude00"', b'"\\ud83d\\ude00\\ufffd"'),
        (b'"\\\\ude00"', b'"\\\\ude00"'),
    ],
)
def test_half_characters_are_replaced(body: bytes, expected: bytes) -> None:
    assert without_lone_surrogates(body) == expected


@given(st.text(st.characters()))
def test_the_result_is_the_text_that_unicode_allows(text: str) -> None:
    found = json.loads(without_lone_surrogates(json.dumps(text).encode()))
    paired = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert found.replace("\ufffd", "") == paired.replace("\ufffd", "")


ESCAPES = ("\\\\", "\\n", '\\"', "\\u00e9", "\\ud83d", "\\uDE00", "\\uD83D", "\\ude00", "ud83d", "u", "a")


@given(st.lists(st.sampled_from(ESCAPES)).map("".join))
def test_escapes_before_and_after_a_half_do_not_matter(written: str) -> None:
    body = f'"{written}"'
    unpaired = json.loads(body).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    found = json.loads(without_lone_surrogates(body.encode()))
    found.encode()  # raises an error if a half is left
    assert found.replace("\ufffd", "") == unpaired.replace("\ufffd", "")
    assert len(found) == len(json.loads(body))


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece", [b"\\", b"\\n", b"\\ud83d", b"\\\\ud83d\\ude00", b"\\ud83d\\ude00", b"\\ude00", b"\\uD83"]
)
def test_time_grows_with_the_body_and_not_faster(piece: bytes) -> None:
    body = b'["' + piece * (2_000_000 // len(piece)) + b'"]'
    assert len(without_lone_surrogates(body)) == len(body)


@given(st.lists(st.dictionaries(st.text(), st.integers()), min_size=1))
def test_ndjson_and_arrays_have_the_same_events(objects: list[dict[str, int]]) -> None:
    lines = [json.dumps(one).encode() for one in objects]
    assert split_body(b"\n".join(lines)) == split_body(b"[" + b" , ".join(lines) + b"]") == lines


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", ['{"a":1}', "[1]"])
def test_json_in_another_unicode_encoding_is_refused(text: str, encoding: str) -> None:
    with pytest.raises(RequestError, match="send UTF-8") as caught:
        split_body(text.encode(encoding))
    assert (caught.value.status, caught.value.code) == (400, "not_utf8")


@pytest.mark.parametrize("body", [b"\xff\xfe\x01", b"\x00\x01", b"{\xff}"])
def test_other_bytes_are_events_that_cannot_be_read(body: bytes) -> None:
    assert split_body(body) == [body]


def test_files_that_were_joined_keep_their_byte_order_marks() -> None:
    assert split_body(b'{"a":1}\n\xef\xbb\xbf{"a":2}\n \xef\xbb\xbf \n') == [b'{"a":1}', b'{"a":2}']
