"""Events of a function of one's own, into the lake and without a request: what `POST /v1/events` does, in the process.

The function needs what the stack's `IngestStack.producer_props` gives: settings, packages and permissions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from thermocline.bootstrap.ingest import ingest, write_key_secret
from thermocline.clock import utc_now
from thermocline.errors import ConfigurationError, RequestError, SinkUnavailable
from thermocline.events.write_keys import derive_write_key
from thermocline.ingest.http.request import Request
from thermocline.ingest.routes import EVENTS_PATH
from thermocline.ingest.settings import IngestSettings

_UNAVAILABLE = 503


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
        The event could not be stored now: try again.
    RequestError
        It was refused.
    ConfigurationError
        There is no such source.
    """
    sources = IngestSettings.from_env().sources
    if source not in sources:
        raise ConfigurationError(f"there is no source {source!r}: add [sources.{source}] to the stage's configuration")
    key = derive_write_key(write_key_secret()(), source, sources[source].key_version)
    event = {"event_name": event_name, "user_id": user_id, "properties": properties or {}}
    answer = ingest()(
        Request(
            method="POST",
            path=EVENTS_PATH,
            headers={"authorization": f"Bearer {key}"},
            body=msgspec.json.encode({name: value for name, value in event.items() if value is not None}),
            source_ip=None,
            received_at=utc_now(),
        )
    )
    if answer.status == _UNAVAILABLE:
        raise SinkUnavailable(1, "unavailable")
    if answer.status != 200:
        raise RequestError(answer.status, str(answer.body["code"]), str(answer.body["message"]))
