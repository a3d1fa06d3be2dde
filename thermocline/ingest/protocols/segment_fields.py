"""The members of a Segment or RudderStack call. ADR 0023 says where each server, and where the lake, keeps them."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from thermocline.ingest.protocols.open_json import EMPTY, reader_of

Id: TypeAlias = str | int | float | None
Time: TypeAlias = str | int | float | None


class Page(msgspec.Struct, frozen=True, gc=False):
    """``context.page``."""

    url: str | None = None
    path: str | None = None
    title: str | None = None
    referrer: str | None = None


class Campaign(msgspec.Struct, frozen=True, gc=False):
    """``context.campaign``."""

    source: str | None = None
    medium: str | None = None
    name: str | None = None
    term: str | None = None
    content: str | None = None


class Library(msgspec.Struct, frozen=True, gc=False):
    """``context.library``."""

    name: str | None = None
    version: str | None = None


class Context(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """``context``; clients before 2013 call it ``options``, and their library may be text."""

    page: Page = Page()
    campaign: Campaign = Campaign()
    library: Library | str = Library()
    locale: str | None = None
    timezone: str | None = None
    user_agent: str | None = None
    ip: str | None = None
    session_id: str | int | None = None
    traits: msgspec.Raw = EMPTY


class Properties(msgspec.Struct, frozen=True, gc=False):
    """Members of ``properties`` that have a column."""

    revenue: msgspec.Raw = EMPTY
    total: msgspec.Raw = EMPTY
    currency: str | None = None
    name: str | None = None
    url: str | None = None
    path: str | None = None
    title: str | None = None
    referrer: str | None = None


class Call(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """One call. A member of the wrong type refuses the call only if it identifies or dates it."""

    type: str | None = None
    event: str | None = None
    name: str | None = None
    user_id: Id = None
    anonymous_id: Id = None
    session_id: Id = None
    previous_id: Id = None
    group_id: Id = None
    message_id: str | None = None
    timestamp: Time = None
    original_timestamp: Time = None
    sent_at: msgspec.Raw = EMPTY
    category: msgspec.Raw = EMPTY
    channel: msgspec.Raw = EMPTY
    user_properties: msgspec.Raw = EMPTY
    properties: msgspec.Raw = EMPTY
    traits: msgspec.Raw = EMPTY
    context: msgspec.Raw = EMPTY
    options: msgspec.Raw = EMPTY


class Envelope(msgspec.Struct, frozen=True, rename="camel"):
    """What identifies and dates a call that is refused, as far as it can be read."""

    message_id: str | None = None
    timestamp: Time = None
    original_timestamp: Time = None
    sent_at: Time = None


class BatchBody(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """The body of ``POST /v1/batch``; its context belongs to each call, too."""

    batch: list[msgspec.Raw]
    sent_at: msgspec.Raw = EMPTY
    context: msgspec.Raw = EMPTY


NOTHING = Call()
decode_call = msgspec.json.Decoder(Call).decode
decode_batch = msgspec.json.Decoder(BatchBody).decode
read_context = reader_of(Context)
read_envelope = reader_of(Envelope)
read_properties = reader_of(Properties)
