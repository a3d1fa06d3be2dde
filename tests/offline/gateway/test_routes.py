from __future__ import annotations

import pytest

from offline.deployment import DeployedRoute
from offline.gateway.routes import match_route

KEYS = (
    "GET /pets",
    "GET /pets/{id}",
    "GET /pets/dog/{id}",
    "ANY /pets/{id}",
    "ANY /pets/{proxy+}",
    "GET /pets/dog/{proxy+}",
    "POST /v1.0/{a}-{b}",
    "$default",
)
ROUTES = tuple(DeployedRoute(key=key, function=key) for key in KEYS)


@pytest.mark.parametrize(
    ("method", "path", "key", "parameters"),
    [
        ("GET", "/pets", "GET /pets", {}),
        ("GET", "//pets", "GET /pets", {}),
        ("GET", "/pets/1", "GET /pets/{id}", {"id": "1"}),
        ("HEAD", "/pets/1", "ANY /pets/{id}", {"id": "1"}),
        ("GET", "/pets/dog/1", "GET /pets/dog/{id}", {"id": "1"}),
        ("GET", "/pets/dog/1/2", "GET /pets/dog/{proxy+}", {"proxy": "1/2"}),
        ("POST", "/pets/dog/1", "ANY /pets/{proxy+}", {"proxy": "dog/1"}),
        ("HEAD", "/pets", "$default", {}),
        ("GET", "/pets/", "$default", {}),
        ("POST", "/v1.0/x-y", "POST /v1.0/{a}-{b}", {"a": "x", "b": "y"}),
        ("POST", "/v1x0/x-y", "$default", {}),
        ("GET", "/", "$default", {}),
    ],
)
def test_the_most_specific_route_answers(method: str, path: str, key: str, parameters: dict[str, str]) -> None:
    found = match_route(ROUTES, method, path)
    assert found is not None
    assert (found.route.key, found.parameters) == (key, parameters)


@pytest.mark.parametrize(
    ("method", "path"), [("HEAD", "/pets"), ("GET", "/pets/a/b"), ("GET", "/Pets"), ("OPTIONS", "/pets")]
)
def test_without_a_default_what_fits_none_has_none(method: str, path: str) -> None:
    assert match_route(ROUTES[:2], method, path) is None


def test_an_escaped_slash_divides_a_path_as_any_other() -> None:
    assert match_route(ROUTES[:2], "GET", "/pets/a/b") is None
