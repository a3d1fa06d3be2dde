"""The requests: Segment batches as a browser-facing shop sends them, the same for every contender."""

from __future__ import annotations

import base64
import json
import random
import time
from collections.abc import Callable
from typing import Any

EVENTS_PER_REQUEST = 100
REQUESTS = 200
WARM_UP = 20
ROUNDS = 9
SOURCE = "shop"
SECRET = "benchmark"  # noqa: S105 - not the key of a deployment
_AGENT = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 Safari/537.36"
)
_AGENTS = [_AGENT.format(major) for major in range(90, 140)]
_EVENTS = ("Product Viewed", "Product Added", "Checkout Started", "Order Completed")


def requests(write_key: str) -> list[dict[str, Any]]:
    """Return HTTP API events (payload format 2.0) with distinct users, addresses, pages and times."""
    dice = random.Random(20261122)  # noqa: S311
    authorization = "Basic " + base64.b64encode(f"{write_key}:".encode()).decode()
    return [_request(dice, authorization, number) for number in range(REQUESTS)]


def measure(handle: Callable[[dict[str, Any]], dict[str, Any]], write_key: str) -> None:
    """Handle all requests in several rounds, and print what `run_contender` reads: the best round.

    Seconds are those of one core (process time), because the machine may be busy with other work.
    """
    events = requests(write_key)
    for request in events[:WARM_UP]:
        handle(request)
    seconds = min(_round(handle, events) for _ in range(ROUNDS))
    size = sum(len(request["body"]) for request in events)
    print(json.dumps({"seconds": seconds, "events": REQUESTS * EVENTS_PER_REQUEST, "bytes": size}))


def _round(handle: Callable[[dict[str, Any]], dict[str, Any]], events: list[dict[str, Any]]) -> float:
    start = time.process_time()
    for request in events:
        answer = handle(request)
        if answer["statusCode"] != 200 or json.loads(answer["body"])["accepted"] != EVENTS_PER_REQUEST:
            raise RuntimeError(answer)
    return time.process_time() - start


def _request(dice: random.Random, authorization: str, number: int) -> dict[str, Any]:
    batch = [_event(dice, number * EVENTS_PER_REQUEST + position) for position in range(EVENTS_PER_REQUEST)]
    return {
        "version": "2.0",
        "rawPath": "/v1/batch",
        "rawQueryString": "",
        "headers": {
            "authorization": authorization,
            "content-type": "application/json",
            "user-agent": "analytics-python/2.4.0",
        },
        "requestContext": {
            "http": {"method": "POST", "path": "/v1/batch", "sourceIp": "198.51.100.7"},
            "requestId": f"JKJaXmPL{number:07d}=",
            "stage": "$default",
        },
        "body": json.dumps({"batch": batch, "sentAt": "2026-11-22T12:00:01.000Z"}),
        "isBase64Encoded": False,
    }


def _event(dice: random.Random, number: int) -> dict[str, Any]:
    product = dice.randrange(500)
    return {
        "type": "track",
        "event": dice.choice(_EVENTS),
        "userId": f"user-{dice.randrange(5000)}",
        "messageId": f"{number:032x}",
        "timestamp": f"2026-11-22T12:00:00.{number % 1000:03d}Z",
        "properties": {"product": product, "revenue": dice.randrange(100, 99999) / 100, "currency": "EUR"},
        "context": {
            "ip": f"81.{dice.randrange(4)}.{dice.randrange(64)}.7",
            "userAgent": dice.choice(_AGENTS),
            "locale": "de-DE",
            "page": {"url": f"https://shop.example/products/{product}?ref=list", "title": f"Product {product}"},
            "campaign": {"source": "newsletter", "medium": "email"},
            "library": {"name": "analytics-python", "version": "2.4.0"},
        },
    }
