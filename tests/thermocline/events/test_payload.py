from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.thermocline.events.test_addresses import FORMS
from thermocline.events.payload import cleaned

WRAPPERS = (
    '{"context":{"ip":"%s","a":1}}',
    '{"context":{"device":[{"m":1,"$ip":"%s"}]}}',
    '{"a":"%s"}',
    '{"a":["x","%s"]}',
    '{"\\u0069p":"%s"}',
    '{"a":1,"ip":"%s"',
    '{"a":["%s",',
    '{"a":"from %s (proxy)"}',
    '{"a":{"%s":1}}',
    '{"ip":"%s","ip":"%s"}',
    "a=%s&b=1",
    '"%s" NaN',
)


@pytest.mark.parametrize("form", [form for form in FORMS if '"' not in form])
@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_no_address_stays_whether_it_is_json_or_not(form: str, wrapper: str) -> None:
    raw = wrapper.replace("%s", form).encode()
    found = cleaned(raw, redact=True)
    assert b"81.2.69.142" not in found
    assert b"5102:458e" not in found.lower()


@pytest.mark.parametrize("text", ["\\u0038\\u0031.2.69.142", "81.2\\u002e69.142", "\\n81.2.69.142"])
def test_escapes_hide_nothing(text: str) -> None:
    for raw in ('{"a":"%s"', '{"a":"%s"}', '{"ip":"%s",'):
        found = cleaned((raw % text).encode(), redact=True).decode()
        assert "69.142" not in found


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'{"context":{"ip":"203.0.113.7","a":1}}', b'{"context":{"ip":"","a":1}}'),
        (b'{"u":"http://203.0.113.7/x","b":"v/1.2"}', b'{"u":"http://REDACTED/x","b":"v/1.2"}'),
        (b'{"userAgent":"Chrome/81.2.69.142"}', b'{"userAgent":"Chrome/81.2.69.142"}'),
        (b'{"version":"81.2.69.142"}', b'{"version":"81.2.69.142"}'),
        (b'{"ip" : "2001:db8::1"', b'{"ip" : ""'),
        (b'{"ip":"203.0.113.7", broken', b'{"ip":"", broken'),
        (b'{"ip":"203.0', b'{"ip":"'),
        (b'{"ip":3405803783, broken', b'{"ip":, broken'),
        (b'{"writeKey": "shop.abc","a":1}', b'{"writeKey":"","a":1}'),
        (b'{"writeKey": "shop.abc","a":', b'{"writeKey": "","a":'),
        (b'{"zip":"10115","ip_masked":"203.0.113.0"}', b'{"zip":"10115","ip_masked":"203.0.113.0"}'),
        (b'{"u":"https://j:p@a.example/reset/abc"}', b'{"u":"https://a.example/reset/REDACTED"}'),
        (b'{"u":"https:\\/\\/a.example\\/reset\\/abc"', b'{"u":"https://a.example/reset/REDACTED"'),
        (b'{"u":"/reset/abc', b'{"u":"/reset/REDACTED'),
        (b'{"u":"/users/jane%40exam', b'{"u":"/users/REDACTED'),
        (b'\xff{"ip":"203.0.113.7"}', b'\xff{"ip":""}'),
    ],
)
def test_what_is_cut_leaves_its_place(raw: bytes, expected: bytes) -> None:
    assert cleaned(raw, redact=True) == expected


def test_without_redaction_only_user_names_and_passwords_leave_urls() -> None:
    for end in (b"}", b""):
        assert (
            cleaned(b'{"u":"https://j:p@a.example/reset/abc"' + end, redact=False)
            == b'{"u":"https://a.example/reset/abc"' + end
        )


@given(
    st.binary()
    | st.text().map(str.encode)
    | st.dictionaries(st.text(), st.text() | st.floats()).map(json.dumps).map(str.encode)
)
def test_a_text_without_secrets_stays_to_the_letter(raw: bytes) -> None:
    if not any(sign in raw for sign in (b".", b":", b"/", b"?", b"#", b"{", b"[")):
        assert cleaned(raw, redact=True) == raw
    cleaned(raw, redact=False)


@pytest.mark.parametrize("part", [b"x", b'"', b'"a"  :', b"\\", b"1.", b"a:", b"\\u0031", b'{"a":', b"http:/", b"/"])
def test_no_payload_takes_long(part: bytes) -> None:
    cleaned(part * (160_000 // len(part)), redact=True)
