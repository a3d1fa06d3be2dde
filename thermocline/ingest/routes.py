"""Which protocol answers which request; the protocols are those that the modules of `protocols` declare."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from urllib.parse import unquote

from thermocline.errors import ConfigurationError, RequestError
from thermocline.events.batch import Batch
from thermocline.ingest import protocols
from thermocline.ingest.http.request import Request, Response
from thermocline.ingest.protocols.declaration import Post, Protocol, not_found
from thermocline.ingest.protocols.formats import understood

HEALTH_PATH = "/healthz"
HEALTH_ROUTE = f"GET {HEALTH_PATH}"
EVENTS_PATH = "/v1/events"


def declared(package: ModuleType) -> Iterator[Protocol]:
    """Yield the protocols of a package's modules."""
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        yield from getattr(importlib.import_module(module.name), "PROTOCOLS", ())


def events_protocol(known: Sequence[Protocol]) -> Protocol:
    """Return the protocol of ``POST /v1/events``: it reads a body as the headers say, or else the source's contract."""

    def parse(body: bytes, post: Post) -> Batch:
        recognised = next((one for one in known if one.recognises and one.recognises(post)), None)
        if recognised:
            return recognised.read(body, post)
        protocol = next((one for one in known if one.reads == post.contract.protocol), None)
        if protocol is None:
            reason = f"nothing is posted to {post.contract.name}, whose protocol is {post.contract.protocol}"
            raise ConfigurationError(f"sources.{post.source_name}: {reason}")
        if protocol.body_as_sent:
            return protocol.read(body, post)
        return understood(lambda text: protocol.read(text, post), post.headers)(body)

    return Protocol(routes=(f"POST {EVENTS_PATH}",), parse=parse, body_as_sent=True)


def table_of(known: Sequence[Protocol]) -> Mapping[str, Protocol]:
    """Return protocols by route and further path.

    Raises
    ------
    ConfigurationError
        Two protocols have the same one.
    """
    table: dict[str, Protocol] = {}
    for protocol in known:
        for route in (*protocol.routes, *protocol.other_routes):
            if route in table:
                raise ConfigurationError(f"two protocols have the route {route!r}: change one of them")
            table[route] = protocol
    return table


def starts_of(table: Mapping[str, Protocol]) -> Sequence[tuple[str, Protocol]]:
    """Return protocols by what stands before the first variable of their routes, the longest first.

    Raises
    ------
    ConfigurationError
        Two protocols have the same one, so that neither owns what follows.
    """
    starts: dict[str, Protocol] = {}
    for route, protocol in table.items():
        start, variable, _ = route.partition("{")
        if variable and starts.setdefault(start, protocol) is not protocol:
            raise ConfigurationError(f"two protocols have routes that begin with {start!r}: change one of them")
    return sorted(starts.items(), key=lambda entry: -len(entry[0]))


def _nothing(_request: Request, _source_name: str) -> Response:
    raise not_found()


_DECLARED = tuple(declared(protocols))
PROTOCOLS = (events_protocol(_DECLARED), *_DECLARED)
"""Every protocol."""

_TABLE = table_of(PROTOCOLS)
_STARTS = starts_of(_TABLE)
_NOTHING = Protocol(answer=_nothing)

ROUTES = (HEALTH_ROUTE, *(route for protocol in PROTOCOLS for route in protocol.routes))
"""Every route of the API, as API Gateway writes them."""


def protocol_at(method: str, path: str) -> Protocol:
    """Return the protocol that a request is for.

    Where no protocol answers, the one returned says so to senders with a write key.

    Raises
    ------
    RequestError
        The path is not UTF-8.
    """
    if not path.isascii() or "%" in path:
        _check_characters(path)
    route = f"{method} {path}"
    return _TABLE.get(route) or next((one for start, one in _STARTS if route.startswith(start)), _NOTHING)


def _check_characters(path: str) -> None:
    """Refuse a path that lost characters: a topic names a device, and two devices could become one."""
    if "\ufffd" in unquote(path):
        raise RequestError(400, "invalid_path", "The path is not UTF-8; percent-encode its UTF-8 bytes.")
