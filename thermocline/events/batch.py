"""What a protocol makes of a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from thermocline.errors import RefusedEvent


class Event(msgspec.Struct, kw_only=True, gc=False):
    """One event, as its protocol understood it.

    Attributes
    ----------
    columns
        Values by column name, as far as the producer gave them; times as sent.
    raw
        The event as sent: what a quarantine row keeps.
    identity
        The bytes that the fingerprint hashes: `raw`, or what stands for it where `raw` depends on its neighbours.
    time, sent_at
        The producer's times as sent, or None.
    time_is_exact
        True when `time` is the producer's last word, so that `sent_at` does not correct it.
    ip, user_agent
        The end user's, when the producer passes them on.
    context
        What stood around this event in its request and gives it its meaning, e.g. SenML's base fields.
    """

    columns: dict[str, Any]
    raw: bytes
    identity: bytes
    time: object = None
    sent_at: object = None
    time_is_exact: bool = False
    ip: str | None = None
    user_agent: str | None = None
    context: Mapping[str, object] | None = None


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """One event that its protocol refuses, with the reason and what could be read of it.

    Attributes
    ----------
    raw
        The event as sent.
    event_id, identity, time, sent_at
        As of `Event`, as far as they could be read; without an identity, `raw` is hashed.
    context
        As of `Event`.
    """

    raw: bytes
    reason: str
    detail: str
    event_id: str | None = None
    identity: bytes | None = None
    time: object = None
    sent_at: object = None
    context: Mapping[str, object] = {}

    @classmethod
    def because(cls, error: RefusedEvent, raw: bytes, **known: Any) -> Refused:
        """Return the row for an event that raised `error`; `known` are the attributes that could be read."""
        return cls(raw=raw, reason=error.reason, detail=error.detail, **known)

    @classmethod
    def event(cls, event: Event, error: RefusedEvent) -> Refused:
        """Return the row for an event that was read, and refused with `error` after that."""
        return cls.because(
            error,
            event.raw,
            event_id=event.columns.get("event_id"),
            identity=event.identity,
            time=event.time,
            sent_at=event.sent_at,
            context=event.context or {},
        )


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """The events of one request, all for one stream.

    Attributes
    ----------
    skipped
        Count of messages beside them that are no events.
    context
        Parts of the request that give its events their meaning and are in none of them: topic, connector, call, sending
        time.
    changed_on_retry
        Members at the root of an event that its clients change when they send it again.
    """

    protocol: str
    stream: str
    events: list[Event | Refused]
    skipped: int = 0
    context: Mapping[str, object] = {}
    changed_on_retry: frozenset[str] = frozenset()
