from __future__ import annotations

import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.events.redaction import redacted_url, url_without_userinfo

TOKEN = "dGhpcyBpcyBhIHNlY3JldA"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "https://shop.example/accounts/reset-password/tok3n-ABCDEF?email=jane@example.org",
            "https://shop.example/accounts/reset-password/REDACTED?email=REDACTED",
        ),
        ("/unsubscribe/jane%40example.org", "/unsubscribe/REDACTED"),
        ("/unsubscribe/jane%2540example.org/done", "/unsubscribe/REDACTED/done"),
        ("/users/jane+tag@example.org/orders", "/users/REDACTED/orders"),
        ("/verify/email/abc", "/verify/email/REDACTED"),
        ("/resetPassword/abc/DEF", "/resetPassword/REDACTED/REDACTED"),
        ("/invite/abc", "/invite/REDACTED"),
        ("/accept-invitation/abc", "/accept-invitation/REDACTED"),
        ("/auth/magic-link/abc", "/auth/magic-link/REDACTED"),
        ("/confirm/123456", "/confirm/REDACTED"),
        ("\\reset\\abc", "\\reset\\REDACTED"),
        ("/password%2Dreset/abc", "/password%2Dreset/REDACTED"),
        (f"/x/{TOKEN}/y", "/x/REDACTED/y"),
        (f"/x/{quote(TOKEN + '==')}/y", "/x/REDACTED/y"),
        ("/d/550e8400-e29b-41d4-a716-446655440000/edit", "/d/REDACTED/edit"),
        ("/p;jsessionid=ABC?x=1", "/p;jsessionid=REDACTED?x=1"),
        (
            "/p?access_token=a&accessToken=b&X-Amz-Signature=c&api_key=d&q=shoe",
            "/p?" + "access_token=REDACTED&accessToken=REDACTED&X-Amz-Signature=REDACTED&api_key=REDACTED&q=shoe",
        ),
        ("/p?code=a&promo_code=SUMMER26&country_code=DE", "/p?code=REDACTED&promo_code=SUMMER26&country_code=DE"),
        ("/p?utm_term=jane%2Btag%40example.org&utm_source=mail", "/p?utm_term=REDACTED&utm_source=mail"),
        ("/p?q=write+to+jane@example.org", "/p?q=REDACTED"),
        ("/p?jane@example.org", "/p?REDACTED"),
        ("/p?jane@example.org=1", "/p?REDACTED=REDACTED"),
        (f"/p?{TOKEN}", "/p?REDACTED"),
        ("/p?ip=81.2.69.142&via=2001%3Adb8%3A%3A1", "/p?ip=REDACTED&via=REDACTED"),
        ("/p?next=https%3A%2F%2Fa.example%2Freset%2Fabc", "/p?next=REDACTED"),
        ("/p?next=%252Fp%253Ftoken%253Dabc", "/p?next=REDACTED"),
        ("/p?verified=true&verify=true&token=", "/p?verified=true&verify=true&token="),
        ("/p#access_token=abc&expires_in=3600", "/p#access_token=REDACTED&expires_in=3600"),
        ("/app#/reset-password/abc?token=x", "/app#/reset-password/REDACTED?token=REDACTED"),
        (f"/p#{TOKEN}", "/p#REDACTED"),
        ("https://jane:s3cret@shop.example/p", "https://shop.example/p"),
        ("//jane@shop.example/p", "//shop.example/p"),
        ("mailto:jane@example.org?subject=x", "mailto:REDACTED?subject=x"),
        ("/" + "a-" * 400, "/REDACTED"),
        ("/550e8400-e29b-41d4-a716-446655440000.jpg", "/REDACTED"),
        ("/9f86d081884c7d659a2feaa0c55ad015.png", "/REDACTED"),
        (f"/{TOKEN}.js", "/REDACTED"),
        ("/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.json", "/REDACTED"),
        ("/reset/main.3f2a9c8b1d4e5f60.js", "/reset/REDACTED"),
        ('/p?data={"token":"abc"}&q=1', "/p?data=REDACTED&q=1"),
        ('/p?data={"a":{"user_email":"x"}}', "/p?data=REDACTED"),
        ('/p?data={"a":"x&y","resetToken":"abc"}', '/p?data={"a":"x&REDACTED'),
        ("/p?data=" + quote('{"a": [{"token": "abc"}]}'), "/p?data=REDACTED"),
        ("/p?data=" + quote(quote('{"token":"abc"}')), "/p?data=REDACTED"),
        ("/p?data=" + quote(json.dumps({"a": json.dumps({"password": "abc"})})), "/p?data=REDACTED"),
        ('/p#{"token":"abc"}', "/p#REDACTED"),
        ("/p#reset/abc", "/p#reset/REDACTED"),
        ("/p#account/verify/abc", "/p#account/verify/REDACTED"),
        *(
            (f"/p?{name}=abc", f"/p?{name}=REDACTED")
            for name in (
                *("resetcode", "authcode", "invitecode", "otpcode", "smscode", "secretkey", "userpass", "passwd1"),
                *("sess", "sessid", "pw", "passwort", "sign", "new_passwd2", "my-smsCode"),
            )
        ),
        *(
            (f"/{word}/abc", f"/{word}/REDACTED")
            for word in (
                *("2fa", "mfa", "pwreset", "pw-reset", "passwort", "kennwort", "zuruecksetzen", "passwort-vergessen"),
                *("bestaetigen", "einladung", "reinitialiser", "restablecer-contrasena", "wachtwoord", "mot-de-passe"),
                *("zurücksetzen", "contraseña", "réinitialiser-mot-de-passe", "best%C3%A4tigen"),
            )
        ),
        *((f"/{word}/aB3xK9", f"/{word}/REDACTED") for word in ("join", "accept", "login", "auth", "callback")),
        *((f"/{word}/abc123", f"/{word}/REDACTED") for word in ("session", "key", "access", "join", "auth/callback")),
        *((f"/{word}/1234", f"/{word}/REDACTED") for word in ("auth", "login", "2fa")),
    ],
)
def test_secrets_leave_a_mark(url: str, expected: str) -> None:
    assert redacted_url(url) == expected
    assert redacted_url(expected) == expected


@pytest.mark.parametrize(
    "url",
    [
        *("", "/", "https://shop.example", "https://shop.example/products/blue-shirt-42", "/2026/11/26/some-article"),
        *(
            "/orders/12345",
            "/checkout/order-confirmation/12345",
            "/products/magic-mouse-2/reviews",
            "/watch?v=dQw4w9WgXcQ&t=42s",
        ),
        *(
            "/blog/password-tips/part-2",
            "/blog/how-to-reset-your-password-safely/comments",
            "/p?redirect=/checkout/step-2",
        ),
        *("/search?q=blue+shirt&page=2&sort=price_asc", "/p?utm_source=newsletter&utm_campaign=black-friday-2026"),
        *("http://www.shop.example/20%-off/?a=1", "http://www.shop.example/?k=TC|5314|x||S|b|38", "/a.html#one#two"),
        *(
            "/reset/factory-settings-guide",
            "/password/strength-meter",
            "/p?data={%22page%22:1}",
            '/p?f={"token":true}',
            '/p?f={"token": null}',
        ),
        *("/join/us", "/login/oauth2/callback", "/auth/v2/google", "/session/2026", "/key/figures-2026", "/login/123"),
        *("/assets/index-BxYz12Ab.js", "/main.3f2a9c8b1d4e5f60.js", "/a/chunk-vendors.9f86d081884c7d65.min.css"),
        *(
            "/478.3f2a9c8b1d4e5f60a1b2.js.map",
            "/fonts/inter-var-B_x9-2Qa.woff2",
            "/laptops/XPS-13-9340-I7-32GB-1TB-OLED",
        ),
        *("/p/MacBookPro14M3Pro", "/p/iPhone15ProMax256GB/reviews"),
        *("/p?sign_up=newsletter", "/p?pincode=560001", "/p?keyword1=shoe", "/access/control/acme", "/p#one/two"),
        *("/maps/@48.1371,11.5754,15z", "/@jane/posts", "/npm/react@18.2.0/index.js", "/de/herren/laufschuhe-größe-42"),
        *(
            "https://evil.example\\@good.example/p",
            "https://exa mple.com/p",
            "/static/app.3f2a1b9c.js",
            "/faq#shipping-costs",
        ),
    ],
)
def test_pages_that_people_count_stay_to_the_letter(url: str) -> None:
    assert redacted_url(url) == url


PAGES = """
    products shirt blue article news orders category shoes women men sale page about contact en de
"""
# Single letters stand alone: "p-w" would be a name for a password.
LETTER = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=1)
WORDS = st.lists(st.sampled_from(PAGES.split()), min_size=1, max_size=4).map("-".join)
SLUG = LETTER | WORDS | st.integers(0, 10**9).map(str)


@given(st.lists(SLUG, max_size=6), st.dictionaries(st.sampled_from(["q", "page", "sort", "ref", "utm_source"]), SLUG))
def test_paths_of_words_and_numbers_stay(segments: list[str], parameters: dict[str, str]) -> None:
    url = (
        "https://shop.example/"
        + "/".join(segments)
        + "".join(f"&{n}={v}" for n, v in parameters.items()).replace("&", "?", 1)
    )
    assert redacted_url(url) == url


SECRET = st.sampled_from(
    [
        "jane@example.org",
        "jane+x@example.org",
        TOKEN,
        "550e8400-e29b-41d4-a716-446655440000",
        "9f86d081884c7d659a2feaa0c55ad015",
    ]
)
PLACE = st.sampled_from(
    [
        "/x/{}",
        "/x/{}/y",
        "?q={}",
        "?a=1&q={}",
        "?{}",
        "#{}",
        "#/x/{}",
        "#a={}",
        "/x;k={}",
        "/p?next=%2Fx%2F{}",
        "?u=https://a.example/?t={}",
    ]
)


@given(SECRET, PLACE, st.integers(0, 3), st.sampled_from(["https://shop.example", "", "//shop.example"]))
def test_a_secret_is_found_in_every_place_and_encoding(secret: str, place: str, times: int, start: str) -> None:
    encoded = secret
    for _ in range(times):
        encoded = quote_plus(encoded)
    found = redacted_url(start + place.format(encoded))
    assert encoded not in found
    assert "REDACTED" in found


@given(st.text(alphabet="htps:/\\@?#[]. a1%&=;+-\n", max_size=60) | st.text())
def test_redacting_twice_is_redacting_once(text: str) -> None:
    once = redacted_url(text)
    assert redacted_url(once) == once
    url_without_userinfo(text)
    json.dumps(once)


@pytest.mark.parametrize("part", ["/?a=", "a=/", "?a=%2F", ";a=/", "&", "/", "a@", "%2525"])
def test_no_text_takes_long(part: str) -> None:
    redacted_url(part * (250_000 // len(part)))


def test_without_redaction_only_user_names_and_passwords_are_cut() -> None:
    assert url_without_userinfo("https://jane:s3cret@a.example/?token=x") == "https://a.example/?token=x"
    assert (
        url_without_userinfo("https://a.example/@jane?token=x@y.example") == "https://a.example/@jane?token=x@y.example"
    )
