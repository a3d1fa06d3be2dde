import pytest

from offline.cors import CorsConfiguration, is_preflight, preflight_headers, response_headers

ORIGIN = "https://shop.example"
CORS = CorsConfiguration.from_properties(
    {
        "AllowOrigins": ["https://shop.example", "http://*"],
        "AllowMethods": ["POST", "OPTIONS"],
        "AllowHeaders": ["authorization", "content-type"],
        "ExposeHeaders": ["retry-after"],
        "AllowCredentials": True,
        "MaxAge": 600,
    }
)


def test_an_allowed_origin_is_echoed_with_what_is_allowed() -> None:
    assert preflight_headers(CORS, ORIGIN) == {
        "Access-Control-Allow-Origin": ORIGIN,
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Allow-Methods": "POST,OPTIONS",
        "Access-Control-Allow-Headers": "authorization,content-type",
        "Access-Control-Max-Age": "600",
        "Vary": "Origin",
    }
    assert response_headers(CORS, ORIGIN)["Access-Control-Expose-Headers"] == "retry-after"


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("http://anything.example", True),
        ("HTTPS://SHOP.example", True),
        ("https://other.example", False),
        ("https://shop.example.evil", False),
        ("", False),
    ],
)
def test_origins_are_matched_whole_or_by_scheme(origin: str, allowed: bool) -> None:
    assert bool(response_headers(CORS, origin)) is allowed
    assert bool(preflight_headers(CORS, origin)) is allowed


def test_any_origin_is_a_star_and_none_without_configuration() -> None:
    anyone = CorsConfiguration(allow_origins=("*",))
    assert response_headers(anyone, ORIGIN) == {"Access-Control-Allow-Origin": "*"}
    assert response_headers(anyone, None) == {}
    assert preflight_headers(CorsConfiguration(), ORIGIN) == {}


def test_a_preflight_names_an_origin_and_a_method() -> None:
    headers = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}
    assert is_preflight("OPTIONS", headers)
    assert not is_preflight("POST", headers)
    assert not is_preflight("OPTIONS", {"Origin": ORIGIN})
