"""The answer to a client from a function's result. Pure.

AWS's own Lambda Test Tool recorded the real gateway's answers; this follows them where the documentation differs:
https://github.com/aws/aws-lambda-dotnet/tree/master/Tools/LambdaTestTool-v2
"""

import base64
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from offline.gateway.request import Headers

_JSON = "application/json"
_TEXT = "text/plain; charset=utf-8"
_NAME = re.compile(r"[+!#$%&'*\-.^_`|~0-9A-Za-z]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An HTTP answer."""

    status: int
    headers: Headers = ()
    body: bytes = b""


def message(status: int, text: str) -> Answer:
    """Return an answer of the gateway itself."""
    body = json.dumps({"message": text}, separators=(",", ":")).encode()
    return Answer(status=status, headers=(("Content-Type", _JSON),), body=body)


INTERNAL_SERVER_ERROR = message(500, "Internal Server Error")
NOT_FOUND = message(404, "Not Found")
TOO_LARGE = message(413, "Request Entity Too Large")
HEAD_TOO_LARGE = message(431, "Request Header Fields Too Large")
TOO_MANY_REQUESTS = message(429, "Too Many Requests")
UNAVAILABLE = message(503, "Service Unavailable")


def answer_of(payload: bytes) -> Answer:
    """Return the answer that a function's result describes; 500 if the description is wrong.

    A result that is not an object with a `statusCode` is the body, with status 200, whether it is valid JSON or not.
    """
    try:
        result = json.loads(payload, parse_constant=_refuse)
    except ValueError:
        return Answer(status=200, headers=(("Content-Type", _JSON),), body=payload)
    if not (isinstance(result, dict) and "statusCode" in result):
        body = result.encode(errors="replace") if isinstance(result, str) else payload
        return Answer(status=200, headers=(("Content-Type", _JSON),), body=body)
    try:
        return _described(result)
    except (TypeError, ValueError):
        return INTERNAL_SERVER_ERROR


def _described(result: Mapping[str, Any]) -> Answer:
    fields = result.get("headers") or {}
    headers = [(_name(name), _header(value)) for name, value in _items(fields) if value is not None]
    if not any(name.lower() == "content-type" for name, _ in headers):
        headers.append(("Content-Type", _TEXT))
    cookies = [("Set-Cookie", _header(_string(cookie))) for cookie in _list(result.get("cookies") or [])]
    return Answer(
        status=_status(result["statusCode"]),
        headers=(*cookies, *headers),
        body=_body(result.get("body"), result.get("isBase64Encoded")),
    )


def _status(value: object) -> int:
    if isinstance(value, str) and value.isdecimal():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 200 <= value <= 599:
        raise ValueError(value)
    return value


def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(name)
    return name


def _header(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value) if isinstance(value, int | float) else _string(value)
    if _CONTROL.search(text):
        raise ValueError("a header of two lines")
    text.encode()  # half characters, which JSON can contain and a header cannot
    return text


def _body(body: object, is_base64: object) -> bytes:
    if not isinstance(is_base64, bool | None):
        raise TypeError(is_base64)
    if body is None:
        return b""
    text = _string(body)
    return base64.b64decode(text, validate=True) if is_base64 else text.encode(errors="replace")


def _items(value: object) -> Iterable[tuple[str, Any]]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return value.items()


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")
