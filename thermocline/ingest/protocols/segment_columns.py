"""From a Segment or RudderStack call to columns, as the client's own server would keep it (ADR 0023)."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, NamedTuple

import msgspec

from thermocline.ingest.protocols.amounts import amount_of
from thermocline.ingest.protocols.json_body import JSON_ERRORS
from thermocline.ingest.protocols.open_json import EMPTY, text_of
from thermocline.ingest.protocols.segment_context import take_columns_out
from thermocline.ingest.protocols.segment_fields import Call, Context, Id, Library, Properties, read_properties

_NULL = msgspec.Raw(b"null")
_NOTHING = (EMPTY, _NULL)
_NONE_TAKEN: frozenset[str] = frozenset()
_VIEWS = ("page", "screen")
_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def columns_of(sent: Call, context: Context, call: str | None) -> dict[str, Any]:
    """Return the columns of a call.

    Raises
    ------
    MsgspecError, UnicodeDecodeError
        Its open-ended JSON is broken.
    """
    page, campaign = context.page, context.campaign
    library = Library(name=context.library) if isinstance(context.library, str) else context.library
    if context.traits is EMPTY and sent.user_properties is EMPTY:
        traits, taken = text_of(sent.traits), _NONE_TAKEN
    else:
        traits, taken = _traits(sent, context, call)
    columns = {
        "event_id": sent.message_id,
        "event_type": call,
        "event_name": sent.event if call == "track" else _name(sent, call),
        "user_id": None if sent.user_id is None else _text(sent.user_id),
        "anonymous_id": _text(sent.session_id) if sent.anonymous_id is None else _text(sent.anonymous_id),
        "previous_id": None if sent.previous_id is None else _text(sent.previous_id),
        "group_id": None if sent.group_id is None else _text(sent.group_id),
        "session_id": None if context.session_id is None else _text(context.session_id),
        "page_url": page.url,
        "page_path": page.path,
        "page_title": page.title,
        "page_referrer": page.referrer,
        "campaign_source": campaign.source,
        "campaign_medium": campaign.medium,
        "campaign_name": campaign.name,
        "campaign_term": campaign.term,
        "campaign_content": campaign.content,
        "locale": context.locale,
        "timezone": context.timezone,
        "library_name": library.name,
        "library_version": library.version,
        "properties": text_of(sent.properties) if sent.category is EMPTY else _with_category(sent, call),
        "traits": traits,
        "context": _context(sent, context, taken),
    }
    if columns["properties"]:
        _add_known_properties(columns, read_properties(sent.properties), sent)
    return columns


def context_of(sent: Call) -> msgspec.Raw:
    """Return a call's context, which old clients call options."""
    return sent.options if sent.context is EMPTY else sent.context


def members_of(raw: msgspec.Raw) -> dict[str, msgspec.Raw]:
    """Return the members of open-ended JSON; no members when it is no object."""
    try:
        return {} if raw is EMPTY or raw == _NULL else _decode_members(raw)
    except JSON_ERRORS:
        return {}


def with_context(sent: Call, shared: dict[str, msgspec.Raw]) -> Call:
    """Return a call with the context of its batch added to its own; its own members count first."""
    raw = context_of(sent)
    try:
        own = {} if raw is EMPTY or raw == _NULL else _decode_members(raw)
    except JSON_ERRORS:
        return sent
    return msgspec.structs.replace(sent, context=msgspec.Raw(msgspec.json.encode(shared | own)))


def _name(sent: Call, call: str | None) -> str | None:
    # RudderStack's mobile clients name a screen in `properties.name` and in `event`.
    return sent.event if sent.name is None and call in _VIEWS else sent.name


class _Traits(NamedTuple):
    """A call's traits, and which members of other places went into them."""

    text: str | None
    taken: frozenset[str] = _NONE_TAKEN


def _traits(sent: Call, context: Context, call: str | None) -> _Traits:
    """Return a call's traits.

    RudderStack's clients send a user's traits in the context, with every call. Of two with one name, the call's own
    counts, as in RudderStack's warehouse. A group's own traits describe the group, so that the user's stay apart.
    """
    own = text_of(sent.traits)
    users = {"traits": context.traits}
    if call == "identify":
        users = {"userProperties": sent.user_properties, **users}
    taken = {name: members for name, raw in users.items() if (members := members_of(raw))}
    if not taken or (own is not None and (call == "group" or not own.startswith("{"))):
        return _Traits(own)
    if own is None and len(taken) == 1:
        return _Traits(text_of(users[next(iter(taken))]), frozenset(taken))
    merged = reduce(or_, (*taken.values(), members_of(sent.traits)))
    return _Traits(msgspec.json.encode(merged).decode(), frozenset(taken))


def _context(sent: Call, context: Context, taken: frozenset[str]) -> str | None:
    """Return a call's context without what became columns."""
    raw = context_of(sent)
    try:
        members = {} if raw is EMPTY or raw == _NULL else _decode_members(raw)
    except JSON_ERRORS:
        return text_of(raw)
    if "traits" in taken:
        del members["traits"]
    take_columns_out(members, context)
    if sent.channel is not EMPTY or sent.user_properties is not EMPTY:
        beside = {"channel": sent.channel, "userProperties": sent.user_properties}
        kept = {name: value for name, value in beside.items() if name not in taken and value not in _NOTHING}
        members = kept | members
    return msgspec.json.encode(members).decode() if members else None


def _with_category(sent: Call, call: str | None) -> str | None:
    """Return the properties with a page's or screen's category, which Segment's specification has at the root."""
    if call not in _VIEWS or sent.category in (_NULL, msgspec.Raw(b'""')):
        return text_of(sent.properties)
    try:
        members = {} if sent.properties in _NOTHING else _decode_members(sent.properties)
    except JSON_ERRORS:
        return text_of(sent.properties)
    if members.get("category") == sent.category:
        return text_of(sent.properties)
    return msgspec.json.encode(members | {"category": sent.category}).decode()


def _add_known_properties(columns: dict[str, Any], known: Properties, sent: Call) -> None:
    if known.name and sent.name is None and columns["event_type"] in _VIEWS:
        columns["event_name"] = known.name
    revenue = known.total if known.revenue is EMPTY or known.revenue == _NULL else known.revenue
    columns["revenue"] = None if revenue is EMPTY else amount_of(revenue)
    columns["currency"] = known.currency
    if known.url or known.path or known.title or known.referrer:
        for name in ("url", "path", "title", "referrer"):
            columns[f"page_{name}"] = columns[f"page_{name}"] or getattr(known, name)


def _text(value: Id) -> str | None:
    if value is None or isinstance(value, str):
        return value
    # JavaScript writes a whole number without its point.
    return str(int(value)) if value == value // 1 else str(value)
