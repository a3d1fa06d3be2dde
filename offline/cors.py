"""The CORS answers of an API Gateway HTTP API, from the configuration in the synthesised template. Pure.

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, kw_only=True)
class CorsConfiguration:
    """`AWS::ApiGatewayV2::Api Cors`; without origins CORS is not configured."""

    allow_origins: tuple[str, ...] = ()
    allow_methods: tuple[str, ...] = ()
    allow_headers: tuple[str, ...] = ()
    expose_headers: tuple[str, ...] = ()
    allow_credentials: bool = False
    max_age: int | None = None

    @property
    def is_configured(self) -> bool:
        """Whether the gateway answers CORS requests itself."""
        return bool(self.allow_origins)

    @classmethod
    def from_properties(cls, properties: Mapping[str, Any]) -> Self:
        """Return the configuration in a CloudFormation property."""
        return cls(
            allow_origins=tuple(properties.get("AllowOrigins", ())),
            allow_methods=tuple(properties.get("AllowMethods", ())),
            allow_headers=tuple(properties.get("AllowHeaders", ())),
            expose_headers=tuple(properties.get("ExposeHeaders", ())),
            allow_credentials=bool(properties.get("AllowCredentials", False)),
            max_age=properties.get("MaxAge"),
        )


def is_preflight(method: str, headers: Mapping[str, str]) -> bool:
    """Tell whether the gateway of an API with CORS answers the request itself."""
    names = {name.lower() for name in headers}
    return method == "OPTIONS" and {"origin", "access-control-request-method"} <= names


def preflight_headers(cors: CorsConfiguration, origin: str) -> dict[str, str]:
    """Return the headers of the 204 answer to a preflight; none for an origin that is not allowed."""
    headers = response_headers(cors, origin)
    if not headers:
        return {}
    headers.pop("Access-Control-Expose-Headers", None)
    if cors.allow_methods:
        headers["Access-Control-Allow-Methods"] = ",".join(cors.allow_methods)
    if cors.allow_headers:
        headers["Access-Control-Allow-Headers"] = ",".join(cors.allow_headers)
    if cors.max_age is not None:
        headers["Access-Control-Max-Age"] = str(cors.max_age)
    return headers


def response_headers(cors: CorsConfiguration, origin: str | None) -> dict[str, str]:
    """Return the headers to add to an answer to a request with an allowed Origin; none for any other."""
    if origin is None or not _is_allowed(cors.allow_origins, origin):
        return {}
    headers = {"Access-Control-Allow-Origin": "*" if "*" in cors.allow_origins else origin}
    if "*" not in cors.allow_origins:
        headers["Vary"] = "Origin"
    if cors.allow_credentials:
        headers["Access-Control-Allow-Credentials"] = "true"
    if cors.expose_headers:
        headers["Access-Control-Expose-Headers"] = ",".join(cors.expose_headers)
    return headers


def _is_allowed(allowed: tuple[str, ...], origin: str) -> bool:
    scheme = f"{origin.partition('://')[0]}://*"
    return any(candidate.lower() in ("*", origin.lower(), scheme.lower()) for candidate in allowed)
