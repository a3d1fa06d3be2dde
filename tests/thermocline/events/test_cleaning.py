"""Every event is cleaned, and the quick look that spares most of them a walk overlooks nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.thermocline.events.test_addresses import FORMS
from thermocline.events.cleaning import clean_clicks, clean_measurement
from thermocline.events.members import Cuts, text_without

SECRET_URL = "https://shop.example/accounts/reset-password/tok3n-ABCDEF?email=jane@example.org"
CLEAN_URL = "https://shop.example/accounts/reset-password/REDACTED?email=REDACTED"


def cleaned(redact: bool = True, escape: bool = False, **columns: Any) -> dict[str, Any]:
    texts = {name: text if isinstance(text, str) else json.dumps(text) for name, text in columns.items()}
    if escape:
        texts = {name: text.replace("/", "\\/") for name, text in texts.items()}
    clean_clicks(texts, json.dumps(texts, ensure_ascii=False).encode(), redact=redact)
    return texts


def test_what_the_columns_lose_no_copy_keeps() -> None:
    page = {
        "url": SECRET_URL,
        "path": "/accounts/reset-password/tok3n-ABCDEF",
        "title": "Reset password of jane@example.org",
    }
    found = cleaned(
        page_url=page["url"],
        page_path=page["path"],
        page_title=page["title"],
        page_referrer=SECRET_URL,
        event_name="Viewed Reset password of jane@example.org",
        campaign_term="jane%40example.org",
        context={"page": page, "campaign": {"term": "jane%40example.org"}},
        properties={**page, "search": "?email=jane@example.org"},
    )
    assert (found["page_url"], found["page_referrer"], found["page_host"]) == (CLEAN_URL, CLEAN_URL, "shop.example")
    assert (found["page_path"], found["campaign_term"]) == ("/accounts/reset-password/REDACTED", "REDACTED")
    assert found["page_title"] == "Reset password of REDACTED"
    assert not [value for value in found.values() if "tok3n" in str(value) or "jane" in str(value)]


def test_the_path_is_read_out_of_what_is_stored_of_the_url() -> None:
    assert cleaned(page_url=SECRET_URL)["page_path"] == "/accounts/reset-password/REDACTED"
    assert cleaned(page_url="https://j:p@a.example/x")["page_url"] == "https://a.example/x"


def test_a_source_may_keep_all_but_user_names_and_passwords() -> None:
    url = "https://jane:s3cret@shop.example/reset/abc?token=x"
    kept = "https://shop.example/reset/abc?token=x"
    found = cleaned(
        redact=False, page_url=url, page_title="jane@example.org", context={"page": {"url": url}, "ip": "1.2.3.4"}
    )
    assert (found["page_url"], found["page_title"]) == (kept, "jane@example.org")
    assert json.loads(found["context"]) == {"page": {"url": kept}}


ORDERS = (
    {"device": {"ip": "203.0.113.77", "m": "x"}},
    {"device": {"m": "x", "ip": "203.0.113.77"}},
    {"ip": "203.0.113.77", "device": {"ip": "203.0.113.77", "m": "x"}},
    {"device": {"m": "x", "ip": "203.0.113.77"}, "ip": "203.0.113.77"},
)


@pytest.mark.parametrize("context", ORDERS)
@pytest.mark.parametrize("separators", [(",", ":"), (", ", " : ")])
def test_the_order_of_members_decides_nothing(context: dict[str, Any], separators: tuple[str, str]) -> None:
    found = cleaned(context=json.dumps(context, separators=separators))
    assert json.loads(found["context"]) == {"device": {"m": "x"}}


@pytest.mark.parametrize("form", FORMS)
def test_no_form_stays_in_the_context(form: str) -> None:
    found = cleaned(
        context={"a": {"b": [form]}, "c": 1}, properties={"client_ip": form, "a": 1}, traits={"$ip": form, "a": 1}
    )
    assert json.loads(found["context"]) == {"a": {"b": []}, "c": 1}
    assert json.loads(found["properties"]) == json.loads(found["traits"]) == {"a": 1}


@given(
    st.ip_addresses(),
    st.sampled_from(["{}", "[{}]:80", "for={}", "unknown, {}", " {}"]),
    st.sampled_from(["a", "é b", "pid"]),
)
def test_an_address_alone_does_not_stay(address: object, form: str, name: str) -> None:
    value = form.format(address)
    assert cleaned(context={name: value})["context"] is None
    assert json.loads(cleaned(context={"x": 1, name: [7, value]})["context"]) == {"x": 1, name: [7]}


def test_an_address_that_is_data_stays_in_properties() -> None:
    assert cleaned(properties={"server": "10.0.0.1"})["properties"] == '{"server": "10.0.0.1"}'


def test_names_may_be_written_with_escapes() -> None:
    found = cleaned(context='{"\\u0069p":"203.0.113.77","a":{"\\u0024\\u0069p":"x","b":"\\u0038.8.8.8"},"c":1}')
    assert json.loads(found["context"]) == {"a": {}, "c": 1}


NAMES = st.sampled_from(["a", "ip", "client_ip", "page", "url", "version", "zip", "é", "x-forwarded-for"])
VALUES = st.sampled_from(
    [
        "",
        "x",
        "203.0.113.77",
        "2001:db8::7",
        "unknown, 8.8.8.8",
        "1.2",
        "https://a.example/p",
        SECRET_URL,
        "/p",
        "/reset/abc",
        " /reset/abc",
        " ?token=x",
        "?q=1",
        "?token=x",
        "#code=x",
        "see https://a.example/reset/abc",
        "Mozilla/5.0 (X; Y) Chrome/96.0.0.0",
        "12:30:45",
        "http://203.0.113.77/x",
        "203.0.113.77|10.0.0.1",
        "from 2001:db8::7 (x)",
        "ip 2001:db8:0:0:0:0:203.0.113.7 x",
        "a=203%2E0%2E113%2E77 x",
        "Edg/203.0.113.77",
        'a\\b"c',
        "::1",
    ]
)
DOCUMENTS = st.recursive(
    VALUES | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=8,
)


@given(
    st.dictionaries(NAMES, DOCUMENTS, max_size=4),
    st.dictionaries(NAMES, DOCUMENTS, max_size=3),
    st.sampled_from(["https://a.example/p", "/p", SECRET_URL, ""]),
    st.sampled_from([(",", ":"), (", ", ": ")]),
    st.booleans(),
)
def test_the_quick_look_overlooks_nothing(
    context: object, properties: object, url: str, separators: tuple[str, str], escape: bool
) -> None:
    texts = [json.dumps(value, separators=separators) for value in (context, properties)]
    found = cleaned(page_url=url, context=texts[0], properties=texts[1], escape=escape)
    replaced = {SECRET_URL: CLEAN_URL}
    for name, text, cuts in (
        ("context", texts[0], Cuts(values=True, anywhere=True, versions=True, replaced=replaced)),
        ("properties", texts[1], Cuts(replaced=replaced)),
    ):
        expected = text_without(text, cuts)
        assert json.loads(found[name] or "{}") == json.loads(expected or "{}")


def test_what_has_nothing_to_clean_is_the_same_object() -> None:
    columns = {
        "properties": '{"n": 1}',
        "context": '{"page": {"url": "https://a.example/p"}}',
        "page_url": "https://a.example/p",
    }
    before = dict(columns)
    clean_clicks(columns, b"", redact=True)
    assert all(columns[name] is text for name, text in before.items())


def test_measurements_have_no_addresses_beside_them() -> None:
    columns = {"extra": '{"net": {"ip": "203.0.113.77", "rssi": -7}, "u": "http://a:b@c.example/"}'}
    clean_measurement(columns, redact=True)
    assert json.loads(columns["extra"]) == {"net": {"rssi": -7}, "u": "http://c.example/"}


def test_a_measured_address_is_masked() -> None:
    columns = {"metric": "IPAddress", "value_string": "::ffff:203.0.113.77"}
    clean_measurement(columns, redact=True)
    assert columns["value_string"] == "203.0.113.0"
    other = {"metric": "state", "value_string": "203.0.113.77"}
    clean_measurement(other, redact=True)
    assert other["value_string"] == "203.0.113.77"


def test_texts_that_are_too_long_to_be_stored_cost_nothing() -> None:
    cleaned(
        page_url="https://a.example/" + "x/" * 100_000,
        page_title="@" * 200_000,
        page_path="?" * 200_000,
        page_referrer="&=" * 90_000,
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("http://203.0.113.77/x", "http://REDACTED/x"),
        ("203.0.113.77|10.0.0.1", "REDACTED|REDACTED"),
        ("ip:203.0.113.77", "ip:REDACTED"),
        ("203.0.113.77 (proxy)", "REDACTED (proxy)"),
        ("a=1&remote_addr=203.0.113.77", "a=1&remote_addr=REDACTED"),
        ("seen 2001:db8::1 twice", "seen REDACTED twice"),
        ("seen 2001:db8:1:2:3:4:5:6 twice", "seen REDACTED twice"),
        ("203%2E0%2E113%2E77 (proxy)", "REDACTED"),
        (["X-Forwarded-For: 203.0.113.77"], ["X-Forwarded-For: REDACTED"]),
        ({"203.0.113.77:443": {"a": 1}}, {"REDACTED": {"a": 1}}),
        ({"ip_masked": "203.0.113.77"}, {"ip_masked": "203.0.113.0"}),
    ],
)
@pytest.mark.parametrize("page", [None, "https://a.example/p"])
def test_no_address_stays_in_a_longer_text_of_the_context(value: object, expected: object, page: str | None) -> None:
    context = {"a": value, "n": 1, "page": {"url": "https://a.example/p"}}
    found = cleaned(page_url=page, context=json.dumps(context, separators=(",", ":")))
    assert json.loads(found["context"]) == context | {"a": expected}


@pytest.mark.parametrize(
    "context",
    [
        {"userAgent": "Mozilla/5.0 (X) Chrome/81.2.69.142 Safari/537.36"},
        {"userAgent": "Shop/81.2.69.142 (x)"},
        {"headers": ["User-Agent: Mozilla/5.0 Chrome/81.2.69.142"]},
        {"app": {"version": "81.2.69.142", "build": "10.0.190.1"}},
        {"os": {"version": "Windows 10.0.190.1"}},
        {"at": "2026-11-26T12:30:45.123Z", "text": "see 1.2.3 at 12:30"},
    ],
)
def test_versions_and_user_agents_stay_in_the_context(context: object) -> None:
    text = json.dumps(context)
    assert cleaned(context=text)["context"] == text
