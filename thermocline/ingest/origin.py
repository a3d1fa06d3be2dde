"""Where events come from, and the rows that are made from them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from thermocline.events.batch import Batch, Event, Refused
from thermocline.events.enrich import canonical, identity_of
from thermocline.events.privacy import Privacy
from thermocline.events.quarantine import quarantine_row
from thermocline.events.user_agent import is_browser
from thermocline.ingest.http.request import Request
from thermocline.sources import Source


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where a batch comes from.

    Attributes
    ----------
    path
        The path that it was posted to, or that a replay posts it to.
    ip, user_agent
        The end user's own, or None.
    request_id
        Of the request that brought it; "" if there was none.
    """

    received_at: dt.datetime
    path: str
    ip: str | None = None
    user_agent: str | None = None
    request_id: str = ""


def origin_of(request: Request) -> Origin:
    """Return a request's origin; a server's address and agent say nothing about its users."""
    agent = request.headers.get("user-agent", "")
    by_browser = is_browser(agent)
    return Origin(
        received_at=request.received_at,
        path=request.path,
        ip=request.source_ip if by_browser else None,
        user_agent=agent if by_browser else None,
        request_id=request.id,
    )


class RowMaker(msgspec.Struct, frozen=True, kw_only=True):
    """Makes rows from the events of one batch.

    Attributes
    ----------
    privacy
        What the source withholds, if anything.
    """

    source_name: str
    source: Source
    privacy: Privacy | None
    origin: Origin

    def good(self, event: Event, position: int, stream: str) -> dict[str, Any]:
        """Return the canonical row of an event.

        Raises
        ------
        RefusedEvent
            It cannot be a row.
        """
        origin = self.origin
        event.ip = event.ip or origin.ip
        event.user_agent = event.user_agent or origin.user_agent
        columns = canonical(
            event,
            stream=stream,
            source_name=self.source_name,
            source=self.source,
            received=origin.received_at,
            position=position,
        )
        return self.privacy.protected(columns) if self.privacy else columns

    def bad(self, refused: Refused, position: int, batch: Batch) -> dict[str, Any]:
        """Return the quarantine row of an event that was refused."""
        name, received = self.source_name, self.origin.received_at
        row = quarantine_row(
            refused,
            stream=batch.stream,
            source=name,
            protocol=batch.protocol,
            stage="ingest",
            received=received,
            identity=identity_of(refused, source_name=name, received=received, position=position),
            context={"path": self.origin.path, **batch.context},
            redact=self.source.redact,
        )
        if self.privacy:
            self.privacy.protect_bad(row, refused.raw)
        return row
