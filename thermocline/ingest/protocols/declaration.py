"""The declaration of a wire format: its routes, where a write key may be, and how a body is read.

A module of this package adds protocols by its ``PROTOCOLS``. The router, the stack's API and its CORS read them there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import msgspec

from thermocline.contracts import Contract
from thermocline.errors import RefusedEvent, RequestError
from thermocline.events.batch import Batch
from thermocline.ingest.http.request import Request, Response
from thermocline.ingest.protocols.epochs import Seen
from thermocline.ingest.protocols.json_body import without_lone_surrogates
from thermocline.sources import Source

AssignEpochs: TypeAlias = Callable[[str, str, int | None, Sequence[Seen]], Sequence[int | RefusedEvent]]
"""Returns the epoch of each change, by source, connector, the epoch that was asked for, and the changes."""


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """What a protocol gets of a request besides its body.

    Attributes
    ----------
    path
        The path, percent-encoded or not: gateways differ.
    headers
        Header values by lower-case name.
    source_name, source
        The source whose write key the request has.
    contract
        The contract of the source's stream.
    assign
        What numbers the epochs of changes.
    """

    path: str
    headers: Mapping[str, str]
    source_name: str
    source: Source
    contract: Contract
    assign: AssignEpochs


def not_found() -> RequestError:
    """Return the error for a request that no protocol answers."""
    return RequestError(404, "not_found", "Nothing answers here; post events to /v1/events.")


def _no_events(_body: bytes, _post: Post) -> Batch:
    raise not_found()


class Protocol(msgspec.Struct, frozen=True, kw_only=True):
    """One wire format.

    It has routes of its own, or it is one of those that ``POST /v1/events`` reads, or both.

    Attributes
    ----------
    routes
        Its routes as API Gateway writes them, e.g. ``POST /v1/cdc/{connector}``. A path with variables belongs to the
        protocol from the first variable on, so that the protocol itself says what is wrong with the rest.
    other_routes
        Further routes that it answers if a gateway lets them through; the API has none of them.
    parse
        Reads the body of a post. Without it, nothing can be posted.
    answer
        Answers a request that has no events, by the request and the source's name.
    key_in_url, key_in_body
        Read the write key where no header has one; None: it is not looked for there. Headers may always have it.
    reads
        The ``protocol`` of the contracts whose bodies it reads at ``POST /v1/events``.
    recognises
        Tells, before `reads` is asked, whether a post to ``/v1/events`` is in this format.
    body_as_sent
        True: `parse` gets half characters that are escaped in JSON as they are, and refuses other formats by itself.
    browser_headers
        Headers that its clients send from pages, in lower case, as browsers ask for them.
    """

    routes: tuple[str, ...] = ()
    other_routes: tuple[str, ...] = ()
    parse: Callable[[bytes, Post], Batch] = _no_events
    answer: Callable[[Request, str], Response] | None = None
    key_in_url: Callable[[Request], str | None] | None = None
    key_in_body: Callable[[bytes], str | None] | None = None
    reads: str | None = None
    recognises: Callable[[Post], bool] | None = None
    body_as_sent: bool = False
    browser_headers: tuple[str, ...] = ()

    def read(self, body: bytes, post: Post) -> Batch:
        """Return the events in a decompressed body.

        Raises
        ------
        RequestError
            The body, or what stands around it, is wrong as a whole.
        """
        return self.parse(body if self.body_as_sent else without_lone_surrogates(body), post)
