"""From a Segment or RudderStack call to columns, as the client's own server would keep it (ADR 0023)."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, NamedTuple

import msgspec

from thermocline.ingest.protocols.amounts import amount_of
from thermocline.ingest.protocols.json_body import JSON_ERRORS
from thermocline.ingest.protocols.open_json import EMPTY, text_of
from thermocline.ingest.protocols.segment_fields import Call, Context, Id, Library, Properties, read_properties

_NULL = msgspec.Raw(b"null")
_NOTHING = (EMPTY, _NULL)
_NONE_TAKEN: frozenset[str] = frozenset()
_VIEWS = ("page", "screen")
_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def columns_of(found: Call, context: Context, call: str | None) -> dict[str, Any]:
    """Return the columns of a call.

    Raises
    ------
    MsgspecError, UnicodeDecodeError
        Its open-ended JSON is broken.
    """
    page, campaign = context.page, context.campaign
    library = Library(name=context.library) if isinstance(context.library, str) else context.library
    if context.traits is EMPTY and found.user_properties is EMPTY:
        traits, taken = text_of(found.traits), _NONE_TAKEN
    else:
        traits, taken = _traits(found, context, call)
    columns = {
        "event_id": found.message_id,
        "event_type": call,
        "event_name": found.event if call == "track" else _name(found, call),
        "user_id": None if found.user_id is None else _text(found.user_id),
        "anonymous_id": _text(found.session_id) if found.anonymous_id is None else _text(found.anonymous_id),
        "previous_id": None if found.previous_id is None else _text(found.previous_id),
        "group_id": None if found.group_id is None else _text(found.group_id),
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
        "properties": text_of(found.properties) if found.category is EMPTY else _with_category(found, call),
        "traits": traits,
        "context": _context(found, taken),
    }
    if columns["properties"]:
        _add_known_properties(columns, read_properties(found.properties), found)
    return columns


def context_of(found: Call) -> msgspec.Raw:
    """Return a call's context, which old clients call options."""
    return found.options if found.context is EMPTY else found.context


def members_of(raw: msgspec.Raw) -> dict[str, msgspec.Raw]:
    """Return the members of open-ended JSON; of what is no object, none."""
    try:
        return {} if raw is EMPTY or raw == _NULL else _decode_members(raw)
    except JSON_ERRORS:
        return {}


def with_context(found: Call, shared: dict[str, msgspec.Raw]) -> Call:
    """Return a call whose context has what its batch says of all its calls; its own members count first."""
    raw = context_of(found)
    try:
        own = {} if raw is EMPTY or raw == _NULL else _decode_members(raw)
    except JSON_ERRORS:
        return found
    return msgspec.structs.replace(found, context=msgspec.Raw(msgspec.json.encode(shared | own)))


def _name(found: Call, call: str | None) -> str | None:
    # RudderStack's mobile clients name a screen in `properties.name` and in `event`.
    return found.event if found.name is None and call in _VIEWS else found.name


class _Traits(NamedTuple):
    """A call's traits, and which members of other places went into them."""

    text: str | None
    taken: frozenset[str] = _NONE_TAKEN


def _traits(found: Call, context: Context, call: str | None) -> _Traits:
    """Return a call's traits.

    RudderStack's clients send a user's traits in the context, with every call. Of two with one name, the call's own
    count, as in RudderStack's warehouse. A group's own traits describe the group, so that the user's stay apart.
    """
    own = text_of(found.traits)
    users = {"traits": context.traits}
    if call == "identify":
        users = {"userProperties": found.user_properties, **users}
    taken = {name: members for name, raw in users.items() if (members := members_of(raw))}
    if not taken or (own is not None and (call == "group" or not own.startswith("{"))):
        return _Traits(own)
    if own is None and len(taken) == 1:
        return _Traits(text_of(users[next(iter(taken))]), frozenset(taken))
    merged = reduce(or_, (*taken.values(), members_of(found.traits)))
    return _Traits(msgspec.json.encode(merged).decode(), frozenset(taken))


def _context(found: Call, taken: frozenset[str]) -> str | None:
    raw = context_of(found)
    if not taken and found.channel is EMPTY and found.user_properties is EMPTY:
        return text_of(raw)
    try:
        members = {} if raw is EMPTY or raw == _NULL else _decode_members(raw)
    except JSON_ERRORS:
        return text_of(raw)
    if "traits" in taken:
        del members["traits"]
    beside = {"channel": found.channel, "userProperties": found.user_properties}
    kept = {name: value for name, value in beside.items() if name not in taken and value not in _NOTHING}
    return text_of(msgspec.Raw(msgspec.json.encode(kept | members)))


def _with_category(found: Call, call: str | None) -> str | None:
    """Return the properties with a page's or screen's category, which Segment's specification has at the root."""
    if call not in _VIEWS or found.category in (_NULL, msgspec.Raw(b'""')):
        return text_of(found.properties)
    try:
        members = {} if found.properties in _NOTHING else _decode_members(found.properties)
    except JSON_ERRORS:
        return text_of(found.properties)
    if members.get("category") == found.category:
        return text_of(found.properties)
    return msgspec.json.encode(members | {"category": found.category}).decode()


def _add_known_properties(columns: dict[str, Any], known: Properties, found: Call) -> None:
    if known.name and found.name is None and columns["event_type"] in _VIEWS:
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
