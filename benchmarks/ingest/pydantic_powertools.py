"""The same job as one would commonly write it: powertools' resolver, json and pydantic models in and out.

It uses our functions for everything else (write keys, user agents, places, times, packing), so that the figures
compare reading, validating and writing only.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from decimal import Decimal
from typing import Any, Literal

os.environ.setdefault("POWERTOOLS_TRACE_DISABLED", "1")

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from benchmarks.ingest.traffic import SECRET, SOURCE, measure
from thermocline.events.batch import Event
from thermocline.events.enrich import canonical
from thermocline.events.pack import Packer
from thermocline.events.write_keys import derive_write_key, source_of
from thermocline.ingest.http.http_api import request_from
from thermocline.ingest.http.keys import write_key_of
from thermocline.sources import Source

SOURCES = {SOURCE: Source(stream="clickstream")}
Text = str | None


class _Model(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Page(_Model):
    """A page."""

    url: Text = None
    path: Text = None
    title: Text = None
    referrer: Text = None


class Campaign(_Model):
    """A campaign."""

    source: Text = None
    medium: Text = None
    name: Text = None
    term: Text = None
    content: Text = None


class Library(_Model):
    """A library."""

    name: Text = None
    version: Text = None


class Context(_Model):
    """The context."""

    page: Page = Page()
    campaign: Campaign = Campaign()
    library: Library = Library()
    locale: Text = None
    timezone: Text = None
    user_agent: Text = None
    ip: Text = None


class Call(_Model):
    """One event."""

    type: Literal["track", "page", "screen", "identify", "group", "alias"]
    event: Text = None
    name: Text = None
    user_id: Text = None
    anonymous_id: Text = None
    message_id: Text = None
    timestamp: Text = None
    properties: dict[str, Any] = {}
    context: Context = Context()


class Batch(_Model):
    """A batch."""

    batch: list[dict[str, Any]]
    sent_at: Text = None


class Row(BaseModel):
    """The canonical event, with the contract's limits."""

    model_config = ConfigDict(extra="forbid")
    event_id: str = Field(min_length=1, max_length=256)
    fingerprint: int
    source: str = Field(pattern="^[a-z0-9][a-z0-9-]*$")
    event_type: Literal["track", "page", "screen", "identify", "group", "alias"]
    event_name: Text = Field(None, max_length=512)
    user_id: Text = Field(None, max_length=512)
    anonymous_id: Text = Field(None, max_length=512)
    event_time: dt.datetime
    original_time: dt.datetime | None
    sent_at: dt.datetime | None
    received_at: dt.datetime
    time_clamped: bool
    page_url: Text = None
    page_host: Text = None
    page_path: Text = None
    page_title: Text = None
    page_referrer: Text = None
    referrer_host: Text = None
    campaign_source: Text = None
    campaign_medium: Text = None
    campaign_name: Text = None
    campaign_term: Text = None
    campaign_content: Text = None
    revenue: Decimal | None = Field(None, max_digits=38, decimal_places=9)
    currency: Text = Field(None, max_length=16)
    locale: Text = None
    timezone: Text = None
    user_agent: Text = None
    browser_name: Text = None
    browser_version: Text = None
    os_name: Text = None
    os_version: Text = None
    device_family: Text = None
    is_bot: bool | None = None
    ip_masked: Text = None
    country_code: Text = None
    library_name: Text = None
    library_version: Text = None
    properties: Text = None
    context: Text = None


app = APIGatewayHttpResolver()


@app.post("/v1/batch")  # type: ignore[untyped-decorator]
def batch() -> Response[str]:
    """Answer one batch."""
    request = request_from(app.current_event.raw_event, received_at=dt.datetime.now(dt.UTC))
    source = source_of(write_key_of(request) or "", secret=SECRET, sources=SOURCES)
    if source is None:
        return Response(401, "application/json", "{}")
    body = Batch.model_validate(json.loads(request.body))
    good, bad = Packer(_append_line), 0
    for position, raw in enumerate(body.batch):
        try:
            good.add(_columns(raw, body.sent_at, request.received_at, position))
        except ValidationError:
            bad += 1
    good.records()
    return Response(200, "application/json", json.dumps({"success": True, "accepted": good.lines, "quarantined": bad}))


def _append_line(columns: dict[str, Any], lines: bytearray) -> None:
    lines += Row.model_validate(columns).model_dump_json(exclude_none=True).encode() + b"\n"


def _columns(raw: dict[str, Any], sent_at: str | None, received: dt.datetime, position: int) -> dict[str, Any]:
    call = Call.model_validate(raw)
    context = call.context
    revenue = call.properties.get("revenue")
    columns: dict[str, Any] = {
        "event_id": call.message_id,
        "event_type": call.type,
        "event_name": call.event if call.type == "track" else call.name,
        "user_id": call.user_id,
        "anonymous_id": call.anonymous_id,
        "page_url": context.page.url,
        "page_path": context.page.path,
        "page_title": context.page.title,
        "page_referrer": context.page.referrer,
        "campaign_source": context.campaign.source,
        "campaign_medium": context.campaign.medium,
        "campaign_name": context.campaign.name,
        "campaign_term": context.campaign.term,
        "campaign_content": context.campaign.content,
        "revenue": None if revenue is None else Decimal(str(revenue)),
        "currency": call.properties.get("currency"),
        "locale": context.locale,
        "timezone": context.timezone,
        "library_name": context.library.name,
        "library_version": context.library.version,
        "properties": json.dumps(call.properties),
        "context": json.dumps({name: value for name, value in raw["context"].items() if name != "ip"}),
    }
    identity = json.dumps(raw).encode()
    event = Event(
        columns=columns,
        raw=identity,
        identity=identity,
        time=call.timestamp,
        sent_at=sent_at,
        ip=context.ip,
        user_agent=context.user_agent,
    )
    return canonical(
        event,
        stream="clickstream",
        source_name=SOURCE,
        source=SOURCES[SOURCE],
        received=received,
        position=position,
    )


def main() -> None:
    """Measure the resolver."""
    context = LambdaContext()
    measure(lambda event: app.resolve(event, context), derive_write_key(SECRET, SOURCE))


if __name__ == "__main__":
    main()
