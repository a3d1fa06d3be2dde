"""Which route of an HTTP API answers a request. Pure.

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from offline.deployment import DeployedRoute

DEFAULT_ROUTE = "$default"

_VARIABLE = re.compile(r"\{([^}]+)\}")


@dataclass(frozen=True, kw_only=True)
class Match:
    """The route of a request, and the values of its path's variables."""

    route: DeployedRoute
    parameters: dict[str, str]


def match_route(routes: Iterable[DeployedRoute], method: str, path: str) -> Match | None:
    """Return the most specific route: a whole path before one that ends in ``{name+}``, both before ``$default``.

    Parameters
    ----------
    path
        The path as `decoded_path` returns it.
    """
    # More slashes at the beginning do not change the path.
    wanted = "/" + path.lstrip("/")
    matches = [match for route in routes if (match := _match(route, method, wanted))]
    return max(matches, key=lambda match: _specificity(match.route.key), default=None)


def _match(route: DeployedRoute, method: str, path: str) -> Match | None:
    if route.key == DEFAULT_ROUTE:
        return Match(route=route, parameters={})
    route_method, _, template = route.key.partition(" ")
    if route_method not in ("ANY", method):
        return None
    values = _pattern(template).fullmatch(path)
    names = [name.rstrip("+") for name in _VARIABLE.findall(template)]
    return Match(route=route, parameters=dict(zip(names, values.groups(), strict=True))) if values else None


@cache
def _pattern(template: str) -> re.Pattern[str]:
    literals_and_names = _VARIABLE.split(template)
    parts = [
        ("(.+)" if part.endswith("+") else "([^/]+)") if number % 2 else re.escape(part)
        for number, part in enumerate(literals_and_names)
    ]
    return re.compile("".join(parts), re.DOTALL)


def _specificity(key: str) -> tuple[int, ...]:
    if key == DEFAULT_ROUTE:
        return (0,)
    method, _, template = key.partition(" ")
    greedy = template.endswith("+}")
    literal = sum(1 for segment in template.strip("/").split("/") if not _VARIABLE.fullmatch(segment))
    return (1 if greedy else 2, literal, method != "ANY")
