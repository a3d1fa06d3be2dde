"""Handlers that answer with their event, or with every kind of result."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

RESULTS: dict[str, Any] = {
    "decimal": {"statusCode": 200, "body": json.dumps({"a": 1}), "headers": {"X-Decimal": Decimal("1.5")}},
    "bare": {"price": Decimal("1.10")},
    "string": "Hello",
    "none": None,
    "date": {"statusCode": 200, "body": dt.date(2026, 1, 1)},
    "set": {1, 2},
    "nan": {"statusCode": 200, "body": "x", "n": float("nan")},
    "object-body": {"statusCode": 200, "body": {"a": 1}},
    "base64": {"statusCode": 200, "body": "AQL/", "isBase64Encoded": True, "headers": {"content-type": "image/png"}},
    "cookies": {"statusCode": 200, "cookies": ["a=1", "b=2; Path=/"], "body": ""},
    "large": {"statusCode": 200, "body": "x" * (6 * 1024 * 1024 + 100)},
    "nearly-large": {"statusCode": 200, "body": "x" * (6 * 1024 * 1024 - 4096)},
    "cors": {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://own.example"}, "body": ""},
}


def echo(event: dict[str, Any], context: object) -> dict[str, Any]:
    return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": json.dumps(event)}


def results(event: dict[str, Any], context: object) -> Any:
    kind = event["pathParameters"]["kind"]
    if kind == "error":
        raise ValueError("the password is hunter2")
    return RESULTS[kind]


def who(event: dict[str, Any], context: object) -> dict[str, Any]:
    headers = {"Access-Control-Allow-Origin": "https://own.example", "X-Own": "1"}
    return {"statusCode": 200, "headers": headers, "body": event["requestContext"]["apiId"]}
