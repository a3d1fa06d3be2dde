"""The edge in front of the HTTP API: which requests came through it, and which headers its function moved.

`edge/viewer_request.js` sets these headers in CloudFront, and CloudFront itself adds the secret. Without a valid secret
nothing that a client sends under these names is believed.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from thermocline.errors import RequestError
from thermocline.ingest.http.request import Request
from thermocline.ingest.settings import EDGE_SECRET_HEADER

VIEWER_HEADER = "x-lake-edge-viewer"
CONTENT_TYPE_HEADER = "x-lake-edge-content-type"
NO_TYPE = "none"
EDGE_PREFIX = "x-lake-edge-"


class EdgeSecrets(Protocol):
    """The values that the edge may send; two during a rotation."""

    def __call__(self) -> Sequence[str]:
        """Return the valid values, as they were read last."""

    def read_again(self) -> Sequence[str]:
        """Return the valid values, read now unless that was only just done."""


class Edge:
    """Admits requests that came through the edge, and restores the headers that the edge's function moved.

    Parameters
    ----------
    required
        False: requests that came another way are admitted as they are, while senders move to the edge's address.
    """

    def __init__(self, secrets: EdgeSecrets, *, required: bool = True) -> None:
        self._secrets = secrets
        self._required = required

    def admitted(self, request: Request) -> Request:
        """Return the request as the client sent it to the edge.

        Raises
        ------
        RequestError
            It did not come through the edge.
        """
        if self._vouches_for(request):
            address = request.headers.get(VIEWER_HEADER) or None
            return msgspec.structs.replace(request, headers=_as_sent(request.headers), source_ip=address)
        if self._required:
            raise RequestError(
                403, "forbidden", "Send events to the address that the stack's output IngestUrl names, not to the API."
            )
        return msgspec.structs.replace(request, headers=_without_edge(request.headers))

    def _vouches_for(self, request: Request) -> bool:
        sent = request.headers.get(EDGE_SECRET_HEADER, "")
        return bool(sent) and (_is_one_of(sent, self._secrets()) or _is_one_of(sent, self._secrets.read_again()))


def _is_one_of(sent: str, secrets: Sequence[str]) -> bool:
    return any(hmac.compare_digest(sent.encode(), secret.encode()) for secret in secrets)


def _as_sent(headers: Mapping[str, str]) -> Mapping[str, str]:
    moved, others = headers.get(CONTENT_TYPE_HEADER), _without_edge(headers)
    if moved is None:
        return others
    others.pop("content-type", None)
    return others if moved == NO_TYPE else {**others, "content-type": moved}


def _without_edge(headers: Mapping[str, str]) -> dict[str, str]:
    """Return headers without the edge's own: nothing behind the edge may see its secret."""
    return {name: value for name, value in headers.items() if not name.startswith(EDGE_PREFIX)}
