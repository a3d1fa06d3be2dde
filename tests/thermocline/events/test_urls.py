from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.events.urls import host_and_path, split_url, without_userinfo


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Shop.Example:8443/a", "shop.example"),
        ("https://evil.example\\@good.example/p", "evil.example"),
        ("https:\\\\evil.example\\@good.example/p", "evil.example"),
        ("https:evil.example/@good.example", "evil.example"),
        ("https:///evil.example/p", "evil.example"),
        ("//cdn.example/p", "cdn.example"),
        ("\\\\cdn.example/p", "cdn.example"),
        ("https://a:b@c@evil.example/", "evil.example"),
        ("https://evil.example#@good.example/", "evil.example"),
        ("https://evil.example?@good.example/", "evil.example"),
        (" https://sh\top.exam\nple/p ", "shop.example"),
        ("https://sh%6Fp.example/", "shop.example"),
        ("https://Bücher.example/", "xn--bcher-kva.example"),
        ("https://[2001:DB8::1]:80/", "2001:db8::1"),
        ("android-app://com.example/p", "com.example"),
        ("https://exa mple.com/", None),
        ("https://exa%20mple.com/", None),
        ("https://a|b.example/", None),
        ("https://a<b.example/", None),
        ("https://a.example:99999/", None),
        ("https://a.example:x/", None),
        ("https://" + "a" * 300 + ".ü/", None),
        ("https:///", None),
        ("mailto:jane@example.org", None),
        ("/p", None),
    ],
)
def test_the_host_is_the_one_that_a_browser_asks(url: str, host: str | None) -> None:
    assert host_and_path(url)[0] == host


@given(st.text(alphabet="htps:/\\@?#[]. a1%\n", max_size=30) | st.text())
def test_nothing_but_what_browsers_ignore_is_lost(text: str) -> None:
    parts = "".join(split_url(text))
    assert parts == text.strip("".join(map(chr, range(33)))).replace("\t", "").replace("\n", "").replace("\r", "")
    host_and_path(text)


@pytest.mark.parametrize(
    ("authority", "expected"),
    [("//jane:s3cret@a.example", "//a.example"), ("\\/j@k@a", "\\/a"), ("//a.example", "//a.example"), ("", "")],
)
def test_user_names_and_passwords_are_cut(authority: str, expected: str) -> None:
    assert without_userinfo(authority) == expected
