"""Which protocol answers which path."""

from __future__ import annotations

from collections.abc import Callable

from thermocline.errors import RequestError
from thermocline.events.batch import Batch
from thermocline.protocols import iot, native, segment
from thermocline.settings import Source

Parse = Callable[[bytes, str, Source], Batch]

SEGMENT_PATHS = tuple(f"/v1/{call}" for call in ("batch", *segment.CALLS))
EVENTS_PATH = "/v1/events"
HEALTH_PATH = "/healthz"


def parser_of(path: str, source_name: str, source: Source) -> Callable[[bytes], Batch]:
    """Return what reads the body of a POST to `path`.

    Raises
    ------
    RequestError
        Nothing answers this path.
    """
    if path == "/v1/batch":
        return segment.parse_batch
    if path in SEGMENT_PATHS:
        return lambda body: segment.parse_single(body, path.rpartition("/")[2])
    if path.startswith(iot.PATH_PREFIX):
        return lambda body: iot.parse_publish(path, body)
    if path == EVENTS_PATH and source.stream == "telemetry":
        return lambda body: iot.parse_telemetry(body, source_name)
    if path == EVENTS_PATH:
        return native.parse_events
    raise RequestError(404, "not_found", f"Nothing answers here; post events to {EVENTS_PATH}.")
