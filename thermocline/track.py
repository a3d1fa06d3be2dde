"""Put events of your own function into the lake without a request: `POST /v1/events`, inside the process.

The function needs what the stack's `IngestStack.producer_props` gives: settings, packages and permissions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from thermocline.bootstrap.ingest import ingest
from thermocline.clock import utc_now
from thermocline.errors import ConfigurationError
from thermocline.ingest.origin import Origin
from thermocline.ingest.protocols.native import parse_events
from thermocline.ingest.routes import EVENTS_PATH


def track(
    event_name: str, *, source: str, properties: Mapping[str, Any] | None = None, user_id: str | None = None
) -> None:
    """Put one event into the lake; it is stored when this returns, in quarantine if it breaks its contract.

    Parameters
    ----------
    source
        A source of the stage's configuration, whose stream is ``clickstream``.

    Raises
    ------
    SinkUnavailable
        The event could not be stored now: try again, later if it is `SinkThrottled`.
    ConfigurationError
        There is no such source, or it is for other events.
    """
    lake = ingest()
    contract = lake.contract_of(source)
    if contract.protocol != "clickstream":
        raise ConfigurationError(f"sources.{source} is for {contract.name}: name a source whose stream is clickstream")
    event = {"event_name": event_name, "user_id": user_id, "properties": properties or {}}
    body = msgspec.json.encode({name: value for name, value in event.items() if value is not None})
    batch = parse_events(body, contract=contract)
    lake.accept(source, batch, Origin(received_at=utc_now(), path=EVENTS_PATH))
