"""CloudFront between a client and the HTTP API: the event of its function, and the request that it forwards.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from secrets import token_hex
from typing import Any
from urllib.parse import parse_qsl

from offline.edge.function import EdgeFunctionError
from offline.gateway.answer import Answer
from offline.gateway.request import Headers, Received

# From a network for documentation, so that nobody mistakes it for a client's address.
EDGE_ADDRESS = "192.0.2.1"

Function = Callable[[Mapping[str, Any]], Awaitable[Any]]


class CloudFront:
    """A distribution with a viewer-request function and custom headers."""

    def __init__(self, function: Function, custom_headers: Mapping[str, str]) -> None:
        self._function = function
        self._custom_headers = custom_headers

    async def forwarded(self, received: Received) -> Received | Answer:
        """Return the request as CloudFront sends it to the API, or CloudFront's own answer."""
        try:
            result = await self._function(event_of(received))
        except EdgeFunctionError as error:
            print(f"the edge's function failed: {error}", flush=True)
            return Answer(status=503, headers=(("X-Cache", "FunctionExecutionError from cloudfront"),))
        if not isinstance(result, dict) or "headers" not in result:
            return Answer(status=502, headers=(("X-Cache", "FunctionValidationError from cloudfront"),))
        changed = replace(received, headers=_headers_of(result["headers"], received), path=result.get("uri", "/"))
        return replace(
            changed.with_headers(
                {
                    **self._custom_headers,
                    "x-forwarded-for": changed.forwarded_for(),
                    "via": "1.1 offline.cloudfront.net (CloudFront)",
                    "x-amz-cf-id": token_hex(28),
                }
            ),
            address=EDGE_ADDRESS,
        )


def event_of(received: Received) -> dict[str, Any]:
    """Return the event of a viewer request; names are lower-case, and cookies are not among the headers."""
    cookies = [value for name, value in received.headers if name.lower() == "cookie"]
    pairs = [pair.strip().partition("=") for value in cookies for pair in value.split(";") if pair.strip()]
    return {
        "version": "1.0",
        "context": {
            "distributionDomainName": "offline.cloudfront.net",
            "distributionId": "OFFLINE",
            "eventType": "viewer-request",
            "requestId": token_hex(16),
        },
        "viewer": {"ip": received.address},
        "request": {
            "method": received.method,
            "uri": received.path,
            "querystring": _fields(parse_qsl(received.query, keep_blank_values=True)),
            "headers": _fields((name.lower(), value) for name, value in received.headers if name.lower() != "cookie"),
            "cookies": _fields((name, value) for name, _, value in pairs),
        },
    }


def _fields(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return {name: _field(listed) for name, listed in values.items()}


def _field(values: list[str]) -> dict[str, Any]:
    several = {"multiValue": [{"value": value} for value in values]} if len(values) > 1 else {}
    return {"value": values[0], **several}


def _headers_of(fields: Mapping[str, Any], received: Received) -> Headers:
    cookies = tuple((name, value) for name, value in received.headers if name.lower() == "cookie")
    changed = tuple(
        (name, each["value"]) for name, field in fields.items() for each in field.get("multiValue") or [field]
    )
    return changed + cookies
