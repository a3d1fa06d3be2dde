from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.errors import RefusedEvent, RequestError
from thermocline.events.batch import Batch, Event, Refused
from thermocline.ingest.http import caps
from thermocline.ingest.http.caps import capped, check_event

GOOD = b'{"event_name":"Seen","time":"12:34:56"}'
DUPLICATE = "an object has two members of one name"


def batch(*raws: bytes) -> Batch:
    events: list[Event | Refused] = [Event(columns={}, raw=raw, identity=raw) for raw in raws]
    return Batch(protocol="p", stream="s", events=events, skipped=3)


def reasons(*raws: bytes) -> list[tuple[str, str] | None]:
    found = capped(batch(*raws))
    assert (found.protocol, found.stream, found.skipped) == ("p", "s", 3)
    assert [event.raw for event in found.events] == list(raws)
    return [(event.reason, event.detail) if isinstance(event, Refused) else None for event in found.events]


def deep(levels: int) -> bytes:
    return b'{"a":' * (levels - 1) + b"[" + b"]" + b"}" * (levels - 1)


@pytest.mark.parametrize(
    ("allowed", "over", "detail"),
    [
        (deep(caps.MAX_DEPTH), deep(caps.MAX_DEPTH + 1), "nested deeper than 200 levels"),
        (
            json.dumps({str(n): n for n in range(caps.MAX_KEYS)}).encode(),
            json.dumps({str(n): n for n in range(caps.MAX_KEYS + 1)}).encode(),
            "an object has more than 1000 members",
        ),
        (
            b'["%s"]' % (b"x" * caps.MAX_STRING_BYTES),
            b'["%s"]' % (b"x" * (caps.MAX_STRING_BYTES + 1)),
            "a string is longer than 262144 bytes",
        ),
        (
            b'{"a":[%s]}' % (b"9" * caps.MAX_NUMBER_CHARACTERS),
            b'{"a":[%s]}' % (b"9" * (caps.MAX_NUMBER_CHARACTERS + 1)),
            "a number has more than 1100 characters",
        ),
        (
            b'{"a":-0.%s}' % (b"9" * (caps.MAX_NUMBER_CHARACTERS - 3)),
            b'{"a":-0.%s}' % (b"9" * (caps.MAX_NUMBER_CHARACTERS - 2)),
            "a number has more than 1100 characters",
        ),
        (b" " * (caps.MAX_EVENT_BYTES - 2) + b"{}", b" " * (caps.MAX_EVENT_BYTES - 1) + b"{}", "it has 1024001 bytes"),
    ],
    ids=["depth", "keys", "string", "integer", "decimal", "event"],
)
def test_the_limit_is_allowed_and_one_more_is_not(allowed: bytes, over: bytes, detail: str) -> None:
    first, second, third, fourth = reasons(GOOD, allowed, over, GOOD)
    assert first is second is fourth is None
    assert third is not None
    assert third[0] == "too_large"
    assert third[1].startswith(detail)


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a":1,"a":1}',
        b'{"a":1,"\\u0061":2}',
        b'{"a" :1,"a":1}',
        b'{"p":{"x":[{"b":1,"c":2,"b":3}]}}',
        b'{"a":"1:\\u003a","a":""}',
        b'{"a\\u003A":1,"a:":2}',
        b'{"":1,"":2}',
        b'{"a":":","a":1,"b":"\\u003a"}',
        b'{"a":1e999,"a":2}',
    ],
)
def test_two_members_of_one_name_are_refused(raw: bytes) -> None:
    assert reasons(GOOD, raw, GOOD) == [None, ("malformed", DUPLICATE), None]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(st.dictionaries(st.text(max_size=9), json_values, max_size=4), min_size=1, max_size=5), st.booleans())
def test_no_ordinary_event_is_refused(objects: list[dict[str, Any]], ascii_only: bool) -> None:
    raws = [json.dumps(one, ensure_ascii=ascii_only).encode(errors="replace") for one in objects]
    assert reasons(*raws) == [None] * len(raws)


# Few names and many colons and escapes, so that duplicates are common and the quick check has a hard time.
pieces = st.sampled_from(["a", "b", ":", "\\u003a", "\\u003A", "\\u0061", '\\"', "\\\\", "é", "\\u00e9"])
texts = st.lists(pieces, max_size=3).map(lambda parts: '"' + "".join(parts) + '"')
members = st.tuples(texts, st.sampled_from(["", " ", "\n"]), texts | st.sampled_from(["1", "1e999", "{}", "[]"]))
objects = st.lists(members, max_size=4).map(lambda found: "{" + ",".join(f"{k}{s}:{v}" for k, s, v in found) + "}")


@given(st.lists(objects, min_size=1, max_size=5))
def test_the_quick_check_agrees_with_the_exact_one(texts: list[str]) -> None:
    raws = [text.encode() for text in texts]
    assert [reason is not None for reason in reasons(*raws)] == [_is_refused(raw) for raw in raws]


def _is_refused(raw: bytes) -> bool:
    try:
        check_event(raw)
    except RefusedEvent:
        return True
    return False


def test_digits_and_brackets_in_texts_do_not_count() -> None:
    assert reasons(b'{"a":"%s"}' % (b"9" * 5_000)) == [None]
    assert reasons(b'{"a":"%s"}' % (b"[" * 5_000)) == [None]


def test_an_escaped_quotation_mark_ends_no_string() -> None:
    assert reasons(b'{"a":"\\\\","b":"%s"}' % (b"[" * 300)) == [None]
    assert reasons(b'{"a":"\\n\\\\\\"%s"}' % (b"[" * 300)) == [None]
    too_deep = ("too_large", f"nested deeper than {caps.MAX_DEPTH} levels")
    assert reasons(b'{"a":"\\"","b":%s}' % (b"[" * 300 + b"]" * 300)) == [too_deep]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", [b'\\"', b"\\\\", b"\\n", b'"', b'"\\', b"x", b"9", b"[", b'{"'])
def test_an_event_that_is_cut_off_takes_no_longer_than_a_whole_one(piece: bytes) -> None:
    check = _is_refused(b'{"a":"' + piece * (900_000 // len(piece)))
    assert check in {True, False}


def test_what_its_protocol_refused_keeps_its_reason() -> None:
    refused = Refused(raw=b'{"a":1,"a":2', reason="malformed", detail="why")
    assert capped(Batch(protocol="p", stream="s", events=[refused])).events == [refused]


def test_a_refusal_quotes_nothing() -> None:
    assert "secret" not in str(reasons(b'{"secret":1,"secret":2}', b'{"n":%s}' % (b"7" * 2_000)))
    assert "777" not in str(reasons(b'{"n":%s}' % (b"7" * 2_000)))


def test_a_request_has_at_most_so_many_events() -> None:
    assert len(capped(batch(*[GOOD] * caps.MAX_EVENTS)).events) == caps.MAX_EVENTS
    with pytest.raises(RequestError) as caught:
        capped(batch(*[GOOD] * (caps.MAX_EVENTS + 1)))
    assert (caught.value.status, caught.value.code) == (400, "too_many_events")
