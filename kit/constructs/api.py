"""An HTTP API: its routes, such as ``{"POST /v1/events": "lambdas/ingest/handler.handler"}``, and their functions."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_logs
from constructs import Construct
from msgspec import UNSET, UnsetType

from kit.constructs.definition import FUNCTION_KEYS, FunctionDefinition, FunctionProps
from kit.constructs.function import Function, default_name
from kit.constructs.group import FunctionGroup, to_target
from kit.constructs.openapi import body_schema, describe
from kit.constructs.permissions import Permissions
from kit.errors import DefinitionError


@dataclass(frozen=True, kw_only=True)
class Route:
    """A route with more properties than its function.

    Attributes
    ----------
    function
        A function definition or a URL.
    body
        The type of the request's body: a dataclass, a msgspec Struct or a TypedDict. `Api.openapi` describes it to
        clients; the handler reads it with `msgspec`.
    """

    function: FunctionDefinition
    authorizer: gateway.IHttpRouteAuthorizer | UnsetType = UNSET
    body: Any = UNSET


RouteDefinition: TypeAlias = "FunctionDefinition | Mapping[str, Any] | Route"

_METHODS: Final = frozenset(("ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"))
_URL: Final = re.compile(r"https?://")
DEFAULT_ROUTE: Final = "$default"

# The only fields of a request that are logged: no address, no user agent, no query string.
_LOGGED: Final = ("requestId", "requestTime", "routeKey", "status", "protocol", "responseLength", "integrationLatency")


class Api(FunctionGroup):
    """An HTTP API (payload format 2.0) on its default stage.

    Parameters
    ----------
    api_name
        In a `Stack` of this package it is ``{stage}-{app}-{id}`` by default.
    routes
        By key (``"POST /v1/events"`` or ``"$default"``): a function definition, ``{function, authorizer, body}``, a
        `Route`, or a URL.
    cors
        True for any origin, False for none, or the properties that CDK takes.
    throttle
        Steady requests per second, and the burst above it.
    access_logs
        The log group for requests.
    default_function_props
        Defaults of the functions that routes define.

    Raises
    ------
    DefinitionError
        A route is wrong, or is defined twice.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        api_name: str | None = None,
        routes: Mapping[str, RouteDefinition],
        cors: bool | gateway.CorsPreflightOptions = True,
        throttle: tuple[int, int] | None = None,
        access_logs: aws_logs.ILogGroup | None = None,
        default_function_props: FunctionProps | None = None,
    ) -> None:
        super().__init__(scope, construct_id, default_function_props)
        self._integrations: dict[str, integrations.HttpLambdaIntegration] = {}
        self._bodies: dict[str, dict[str, Any]] = {}
        self._routes: dict[str, gateway.HttpRoute] = {}
        self.cdk = gateway.HttpApi(
            self,
            "Api",
            api_name=api_name or default_name(scope, construct_id),
            create_default_stage=False,
            cors_preflight=_cors_options(cors),
        )
        self.stage = _default_stage(self, self.cdk, throttle, access_logs)
        self.add_routes(routes)

    @property
    def url(self) -> str:
        """URL of the API."""
        return self.cdk.api_endpoint

    @property
    def routes(self) -> tuple[str, ...]:
        """Keys of the routes, in the order in which they were added."""
        return tuple(self._routes)

    def add_routes(self, routes: Mapping[str, RouteDefinition]) -> None:
        """Add routes; permissions attached before hold for them too."""
        for key, definition in routes.items():
            self._add_route(route_key(key), definition)

    def get_route(self, key: str) -> gateway.HttpRoute:
        """Return the CDK resource of a route."""
        return self._routes[self._known(key)]

    def get_function(self, name: str) -> Function | None:
        """Return the function of a route, or None when the route leads to a URL."""
        return self._functions.get(self._known(name))

    def attach_permissions_to_route(self, key: str, permissions: Permissions) -> None:
        """Give one route's function permissions."""
        function = self.get_function(key)
        if function is None:
            raise DefinitionError(f"route {route_key(key)!r} leads to a URL, which takes no permissions")
        function.attach_permissions(permissions)

    def openapi(self) -> dict[str, Any]:
        """Return the API's description (OpenAPI 3.1): its routes, and the bodies that they declare."""
        return describe(self.node.id, self.routes, self._bodies)

    def _known(self, key: str) -> str:
        normal = route_key(key)
        if normal not in self._routes:
            raise DefinitionError(f"there is no route {normal!r}; there are {', '.join(self._routes)}")
        return normal

    def _add_route(self, key: str, definition: RouteDefinition) -> None:
        if key in self._routes:
            raise DefinitionError(f"route {key!r} exists already")
        route = _route(key, definition)
        if route.body is not UNSET:
            self._bodies[key] = body_schema(key, route.body)
        self._routes[key] = gateway.HttpRoute(
            self,
            self._id("Route", key),
            http_api=self.cdk,
            integration=self._target(key, route.function),
            route_key=_cdk_route_key(key),
            authorizer=route.authorizer or None,
        )

    def _target(self, key: str, target: FunctionDefinition) -> Any:
        if isinstance(target, str) and _URL.match(target):
            return integrations.HttpUrlIntegration(self._id("Url", key), target)
        return self._integration(self._add(key, self._id("", key), target))

    def _id(self, kind: str, key: str) -> str:
        """Return a unique id for a route; a hash tells apart keys that differ only in punctuation."""
        taken = self.node.try_find_child(_id(kind, key)) is not None
        return _id(kind, key) + (f"_{hashlib.sha256(key.encode()).hexdigest()[:8]}" if taken else "")

    def _integration(self, function: Function) -> integrations.HttpLambdaIntegration:
        """Return the function's integration: one per function, with one permission, however many routes lead to it."""
        path = function.node.path
        if path not in self._integrations:
            self._integrations[path] = integrations.HttpLambdaIntegration(
                f"{function.node.id}Integration",
                function,
                payload_format_version=gateway.PayloadFormatVersion.VERSION_2_0,
                scope_permission_to_route=False,
            )
        return self._integrations[path]


def route_key(key: str) -> str:
    """Return a route's key in its one form: ``"post   /a"`` becomes ``"POST /a"``.

    Raises
    ------
    DefinitionError
        The key is not a method and a path, or the method does not exist.
    """
    words = key.split()
    if words == [DEFAULT_ROUTE]:
        return DEFAULT_ROUTE
    if len(words) != 2 or not words[1].startswith("/"):
        raise DefinitionError(f"invalid route {key!r}: write 'METHOD /path' or '$default'")
    method = words[0].upper()
    if method not in _METHODS:
        raise DefinitionError(f"invalid method {words[0]!r} in route {key!r}: use one of {', '.join(sorted(_METHODS))}")
    return f"{method} {words[1]}"


def _route(key: str, definition: RouteDefinition) -> Route:
    if isinstance(definition, Mapping) and "function" not in definition and not FUNCTION_KEYS & definition.keys():
        raise DefinitionError(f"route {key!r} needs a function")
    return to_target(definition, Route, f"route {key!r}")


def _cdk_route_key(key: str) -> gateway.HttpRouteKey:
    if key == DEFAULT_ROUTE:
        return gateway.HttpRouteKey.DEFAULT
    method, path = key.split()
    return gateway.HttpRouteKey.with_(path, gateway.HttpMethod[method])


def _id(kind: str, key: str) -> str:
    """Return an id: the kind, and the key with ``_`` for all but letters and digits."""
    return kind + re.sub("[^A-Za-z0-9]+", "_", key)


def _cors_options(cors: bool | gateway.CorsPreflightOptions) -> gateway.CorsPreflightOptions | None:
    if not isinstance(cors, bool):
        return cors
    return cors_options(["*"], allow_credentials=False) if cors else None


def cors_options(
    origins: Sequence[str],
    *,
    allow_credentials: bool,
    allow_headers: Sequence[str] = ("authorization", "content-encoding", "content-type"),
    expose_headers: Sequence[str] = (),
) -> gateway.CorsPreflightOptions:
    """Return preflight answers that let browsers send requests from some origins."""
    return gateway.CorsPreflightOptions(
        allow_origins=list(origins),
        allow_methods=[gateway.CorsHttpMethod[method] for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")],
        allow_headers=list(allow_headers),
        expose_headers=list(expose_headers) or None,
        allow_credentials=allow_credentials,
        max_age=cdk.Duration.hours(1),
    )


def _default_stage(
    scope: Construct, api: gateway.HttpApi, throttle: tuple[int, int] | None, access_logs: aws_logs.ILogGroup | None
) -> gateway.HttpStage:
    limits = gateway.ThrottleSettings(rate_limit=throttle[0], burst_limit=throttle[1]) if throttle else None
    stage = gateway.HttpStage(scope, "Stage", http_api=api, stage_name=DEFAULT_ROUTE, auto_deploy=True, throttle=limits)
    if access_logs:
        # HttpStage(access_log_settings=…) crashes inside jsii, so it is set on the resource below.
        child = cast(gateway.CfnStage, stage.node.default_child)
        fields = ",".join(f'"{field}":"$context.{field}"' for field in _LOGGED)
        child.access_log_settings = gateway.CfnStage.AccessLogSettingsProperty(
            destination_arn=access_logs.log_group_arn, format=f"{{{fields}}}"
        )
    return stage
