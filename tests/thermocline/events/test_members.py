from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.thermocline.events.test_addresses import FORMS
from thermocline.events.members import Cuts, is_unambiguous, text_without, without

BY_VALUE = Cuts(values=True)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text('abc é"\\/\n', max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcdé_", max_size=5), inner, max_size=3),
    max_leaves=12,
)


def cut(value: object, cuts: Cuts = BY_VALUE) -> Any:
    return json.loads(text_without(json.dumps(value), cuts) or "null")


@given(JSON, st.sampled_from([None, 1]), st.booleans())
def test_what_has_nothing_to_cut_stays_to_the_letter(value: object, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps({"a": value}, indent=indent, ensure_ascii=ascii_only)
    if "://" not in text and '"/' not in text:
        assert text_without(text, BY_VALUE) == text


@given(JSON, st.sampled_from(["ip", "$ip", "x-forwarded-for", "clientIp"]), st.integers(0, 4), st.booleans())
def test_an_address_goes_wherever_it_is_and_all_else_stays(value: object, name: str, depth: int, first: bool) -> None:
    address: dict[str, Any] = {name: "203.0.113.77"}
    inner: Any = address | {"z": value} if first else {"z": value} | address
    expected: Any = {"z": value}
    for _ in range(depth):
        inner, expected = [{"n": inner}], [{"n": expected}]
    assert cut({"t": inner, "n": 1}) == {"t": expected, "n": 1}


def test_numbers_keep_their_digits() -> None:
    text = '{"ip":"203.0.113.77","big":123456789012345678901234567890,"long":0.10000000000000000555,"e":1E400}'
    assert text_without(text, BY_VALUE) == text.replace('"ip":"203.0.113.77",', "")


@pytest.mark.parametrize("form", FORMS)
def test_every_form_goes_by_value(form: str) -> None:
    assert cut({"a": form, "b": [form, "x"], "c": {"d": [[form]]}}) == {"b": ["x"], "c": {"d": [[]]}}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            {"version": "1.2.3.4", "os": {"build": ["10.0.19041.1"]}},
            {"version": "1.2.3.4", "os": {"build": ["10.0.19041.1"]}},
        ),
        ({"ip": True, "use_ip": False}, {"ip": True, "use_ip": False}),
        ({"ip": None, "a": 1}, {"a": 1}),
        ({"ip": {"v4": "x"}, "client_ip": ["x"], "ips": 7}, None),
        ({"ip_masked": "203.0.113.0"}, {"ip_masked": "203.0.113.0"}),
        ({"at": "12:30:45", "mac": "aa:bb:cc:dd:ee:ff"}, {"at": "12:30:45", "mac": "aa:bb:cc:dd:ee:ff"}),
        ({"a": '{"b": {"ip": "203.0.113.77", "c": 1}}'}, {"a": '{"b":{"c":1}}'}),
        ({"a": "{not json}"}, {"a": "{not json}"}),
        ({"u": "https://j:p@a.example/?token=x"}, {"u": "https://a.example/?token=REDACTED"}),
        ({"u": "see https://a.example/reset/abc"}, {"u": "see https://a.example/reset/REDACTED"}),
        ({"search": "?token=x", "path": "/reset/abc", "hash": "#code=x"}, None),
    ],
)
def test_kinds(value: object, expected: object) -> None:
    if isinstance(value, dict) and "search" in value:
        expected = {"search": "?token=REDACTED", "path": "/reset/REDACTED", "hash": "#code=REDACTED"}
    assert cut(value) == expected


def test_inside_longer_strings_only_where_asked() -> None:
    value = {"a": "from 203.0.113.77", "agent": "Chrome/96.0.0.0 (203.0.113.77)", "b": "203%2E0%2E113%2E77"}
    assert cut(value) == value
    assert cut(value, Cuts(values=True, anywhere=True)) == {
        "a": "from REDACTED",
        "agent": "Chrome/96.0.0.0 (REDACTED)",
        "b": "REDACTED",
    }


def test_what_goes_can_be_seen_where_asked() -> None:
    cuts = Cuts(values=True, emptied=True, names=frozenset({"writeKey"}))
    assert cut({"writeKey": "k", "ip": "1.2.3.4", "l": ["1.2.3.4"], "ipv4": ""}, cuts) == {
        "writeKey": "",
        "ip": "",
        "l": [""],
        "ipv4": "",
    }


def test_copies_of_a_column_become_what_the_column_became() -> None:
    assert cut({"t": "Reset of jane"}, Cuts(replaced={"Reset of jane": "REDACTED"})) == {"t": "REDACTED"}


@pytest.mark.parametrize("text", ["", "{", "nothing", '{"a":\ufffd'])
def test_what_is_not_json_stays(text: str) -> None:
    assert (text_without(text, BY_VALUE) or "") == text


def test_space_around_is_kept_and_hides_nothing() -> None:
    assert without(b' {"a":1} \n', BY_VALUE) == b' {"a":1} \n'
    assert without(b' {"ip":"1.2.3.4","a":1} \n', BY_VALUE) == b'{"a":1}'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b'{"a":1}', True),
        (b"[1]", True),
        (b'{"a":1,"a":2}', False),
        (b'[{"a":{"b":1,"\\u0062":2}}]', False),
        (b"{", False),
        (b"\xff", False),
    ],
)
def test_two_members_of_one_name_are_ambiguous(text: bytes, expected: bool) -> None:
    assert is_unambiguous(text) is expected


ADDRESS_NAMES = ["203.0.113.77", "203.0.113.77:443", "[2001:db8::1]", "2001:db8::1", "::ffff:203.0.113.77"]


@pytest.mark.parametrize("name", ADDRESS_NAMES)
def test_names_that_are_an_address_leave_a_mark(name: str) -> None:
    assert cut({"clients": {name: 1, "n": {name: {"a": 2}}}}) == {
        "clients": {"REDACTED": 1, "n": {"REDACTED": {"a": 2}}}
    }
    assert cut({name: 1}, Cuts(anywhere=True)) == {"REDACTED": 1}
    assert cut({name: 1}, Cuts()) == {name: 1}


def test_names_that_become_one_lose_no_value() -> None:
    assert cut({"203.0.113.77": 1, "203.0.113.78": 2}) == {"REDACTED": 1, "REDACTED_1": 2}


def test_longer_names_lose_their_address_only_where_asked() -> None:
    value = {"host 203.0.113.77": 1, "versions": {"1.2.3.4": 2}}
    cuts = Cuts(values=True, anywhere=True, versions=True)
    assert cut(value, cuts) == {"host REDACTED": 1, "versions": {"1.2.3.4": 2}}
    assert cut({"host 203.0.113.77": 1}) == {"host 203.0.113.77": 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (' {"ip":"203.0.113.77","a":1}\n', ' {"a":1}\n'),
        ('\ufeff{"ip":"203.0.113.77","a":1}', '\ufeff{"a":1}'),
        (json.dumps('{"ip":"203.0.113.77","a":1}'), json.dumps('{"a":1}')),
        ('{"ip":"203.0.113.77","a":1}\n{"a":2}\n', '{"a":1}\n{"a":2}\n'),
        ('{"a":2}\r\n["203.0.113.77"]', '{"a":2}\r\n[]'),
    ],
)
def test_json_in_a_string_is_walked_however_it_is_written(text: str, expected: str) -> None:
    assert cut({"t": text}) == {"t": expected}


@pytest.mark.parametrize("text", [' {"a":1}\n', '"a"', '"', ' {"a":1}\n{"a":2}\n', '["a"\n"b"]', '"one"\n"two"'])
def test_json_in_a_string_that_has_nothing_to_cut_stays(text: str) -> None:
    assert cut({"t": text}) == {"t": text}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("203.0.113.77", "203.0.113.0"),
        ("203.0.113.0", "203.0.113.0"),
        ("203.0.113.0/24", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::"),
        ("203.0.113.x", "203.0.113.x"),
    ],
)
def test_a_name_that_says_masked_is_not_trusted(text: str, expected: str) -> None:
    for cuts in (Cuts(), BY_VALUE, Cuts(values=True, anywhere=True)):
        assert cut({"ip_masked": text}, cuts) == {"ip_masked": expected}, cuts
