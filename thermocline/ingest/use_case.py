"""Authenticate, parse, enrich, validate, pack, put, and only then acknowledge."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from thermocline.contracts import Contract
from thermocline.contracts.validator import validator_for
from thermocline.errors import RefusedEvent, RequestError, Transient
from thermocline.events.batch import Batch, Event, Refused
from thermocline.events.enrich import canonical, identity_of
from thermocline.events.pack import Packer
from thermocline.events.privacy import Privacy
from thermocline.events.quarantine import quarantine_row
from thermocline.events.user_agent import is_browser
from thermocline.events.write_keys import derive_write_key, source_of
from thermocline.ingest.edge import Edge
from thermocline.ingest.epochs import EpochBook, ProcessEpochs
from thermocline.ingest.http.caps import capped
from thermocline.ingest.http.keys import write_key_of
from thermocline.ingest.http.request import Request, Response, decoded_body
from thermocline.ingest.http.standard_webhooks import SIGNATURE_HEADER, is_signed_with
from thermocline.ingest.ports import EpochRegistry, Metrics, RecordSink
from thermocline.ingest.protocols.browsers import settings_of, write_key_in_url
from thermocline.ingest.protocols.csv_body import is_csv
from thermocline.ingest.protocols.formats import check_sender
from thermocline.ingest.protocols.json_body import without_lone_surrogates
from thermocline.ingest.protocols.segment import write_key_in_body
from thermocline.ingest.routes import HEALTH_PATH, SEGMENT_PATHS, parser_of
from thermocline.sources import Source
from thermocline.streams import QUARANTINE

_log = logging.getLogger(__name__)


class Ingest:
    """Answers ingest requests.

    Parameters
    ----------
    sink
        Where records are put durably.
    metrics
        Counts what was acknowledged.
    contracts
        Contracts by stream, with ``quarantine``.
    sources
        Sources by name.
    secret
        Returns the secret that write keys are derived from.
    epochs
        The epochs of every connector; by default they are kept in this process, which is right if it is the only one.
    edge
        The edge in front of the API, if there is one: nothing else is answered then.
    """

    def __init__(
        self,
        *,
        sink: RecordSink,
        metrics: Metrics,
        contracts: Mapping[str, Contract],
        sources: Mapping[str, Source],
        secret: Callable[[], str],
        epochs: EpochRegistry | None = None,
        edge: Edge | None = None,
    ) -> None:
        self._sink = sink
        self._contracts = contracts
        self._metrics = metrics
        self._append_line = {name: validator_for(contract).append_line for name, contract in contracts.items()}
        self._sources = sources
        self._secret = secret
        self._epochs = EpochBook(epochs or ProcessEpochs())
        self._edge = edge

    def __call__(self, request: Request) -> Response:
        """Return the answer to a request.

        Status 200 means that every event of it is durably put: ``accepted`` counts them all, ``quarantined`` those
        among them that are bad rows. ``skipped``, when there are any, are messages that are no events.
        """
        try:
            if self._edge:
                request = self._edge.admitted(request)
            if request.method == "GET" and request.path == HEALTH_PATH:
                return Response(status=200, body={"status": "ok"})
            return self._accept(request)
        except RequestError as error:
            return _failure(error.status, error.code, error.message)
        except Transient as error:
            _log.warning("answered 503: %s: %s", type(error).__name__, error)
            message = "The events could not be stored now; send them again."
            return _failure(503, "unavailable", message, {"retry-after": "1"})

    def _accept(self, request: Request) -> Response:
        check_sender(request.headers)
        body = decoded_body(request)
        if not is_csv(request.headers):  # its cells have no escapes
            body = without_lone_surrogates(body)
        name = self._authenticate(request, body)
        if request.method in ("GET", "HEAD"):
            return settings_of(request, name)
        source = self._sources[name]
        batch = capped(parser_of(request, name, source, self._epochs, self._contracts)(body))
        privacy = Privacy.of(source, self._contracts[batch.stream], self._secret)
        good, bad = self._packed(batch, _origin(request, name, source, privacy))
        self._put(batch.stream, good)
        self._put(QUARANTINE, bad)
        accepted = good.lines + bad.lines
        self._metrics.count(stream=batch.stream, source=name, accepted=accepted, quarantined=bad.lines)
        answer = {"success": True, "accepted": accepted, "quarantined": bad.lines}
        return Response(status=200, body=answer | {"skipped": batch.skipped} if batch.skipped else answer)

    def _authenticate(self, request: Request, body: bytes) -> str:
        key = write_key_of(request) or write_key_in_url(request)
        if key is None and request.path in SEGMENT_PATHS:
            key = write_key_in_body(body)
        name = source_of(key, secret=self._secret(), sources=self._sources) if key else self._signer(request)
        if not name:
            raise RequestError(401, "unauthorized", "Send a valid write key, e.g. 'Authorization: Bearer <write key>'.")
        return name

    def _signer(self, request: Request) -> str | None:
        if SIGNATURE_HEADER not in request.headers:
            return None
        secret = self._secret()
        keys = {name: derive_write_key(secret, name, source.key_version) for name, source in self._sources.items()}
        return next((name for name, key in keys.items() if is_signed_with(request, key)), None)

    def _packed(self, batch: Batch, origin: _Origin) -> tuple[Packer, Packer]:
        good, bad = Packer(self._append_line[batch.stream]), Packer(self._append_line[QUARANTINE])
        for position, event in enumerate(batch.events):
            if isinstance(event, Refused):
                bad.add(_bad_row(event, position, batch, origin))
                continue
            try:
                good.add(_good_row(event, position, batch.stream, origin))
            except RefusedEvent as error:
                bad.add(_bad_row(Refused.event(event, error), position, batch, origin))
        return good, bad

    def _put(self, stream: str, packer: Packer) -> None:
        if packer.lines:
            self._sink.put(stream, packer.records())


class _Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where a request's events come from; address and agent only when they are the end user's own."""

    source_name: str
    source: Source
    privacy: Privacy | None
    received_at: dt.datetime
    path: str
    ip: str | None
    user_agent: str | None


def _origin(request: Request, source_name: str, source: Source, privacy: Privacy | None) -> _Origin:
    agent = request.headers.get("user-agent", "")
    by_browser = is_browser(agent)
    return _Origin(
        source_name=source_name,
        source=source,
        privacy=privacy,
        received_at=request.received_at,
        path=request.path,
        ip=request.source_ip if by_browser else None,
        user_agent=agent if by_browser else None,
    )


def _good_row(event: Event, position: int, stream: str, origin: _Origin) -> dict[str, Any]:
    event.ip = event.ip or origin.ip
    event.user_agent = event.user_agent or origin.user_agent
    columns = canonical(
        event,
        stream=stream,
        source_name=origin.source_name,
        source=origin.source,
        received=origin.received_at,
        position=position,
    )
    return origin.privacy.protected(columns) if origin.privacy else columns


def _bad_row(refused: Refused, position: int, batch: Batch, origin: _Origin) -> dict[str, Any]:
    name, received = origin.source_name, origin.received_at
    row = quarantine_row(
        refused,
        stream=batch.stream,
        source=name,
        protocol=batch.protocol,
        stage="ingest",
        received=received,
        identity=identity_of(refused, source_name=name, received=received, position=position),
        context={"path": origin.path, **batch.context},
        redact=origin.source.redact,
    )
    if origin.privacy:
        origin.privacy.protect_bad(row, refused.raw)
    return row


def _failure(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> Response:
    return Response(status=status, body={"code": code, "message": message}, headers=headers or {})
