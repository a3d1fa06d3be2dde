"""From a request to the durable put, and only then to the acknowledgement.

A request passes these steps in order; a step that refuses it is the last:

1. the edge's secret;
2. the sender (deliveries to Firehose's HTTP endpoints cannot have a key), and the route;
3. the write key, or the signature, in the headers or the URL, before the body is touched;
4. the body's size, decompression within limits;
5. the write key in the body, where the protocol has it there;
6. parse, limits of each event, enrich, validate, pack;
7. put.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

import msgspec

from thermocline.contracts import Contract
from thermocline.contracts.validator import validator_for
from thermocline.errors import ConfigurationError, RefusedEvent, RequestError, SinkThrottled, Transient
from thermocline.events.batch import Batch, Refused
from thermocline.events.labels import labelled
from thermocline.events.pack import Packer
from thermocline.events.privacy import Privacy
from thermocline.ingest.edge import Edge
from thermocline.ingest.epochs import EpochBook, ProcessEpochs
from thermocline.ingest.http.caps import capped
from thermocline.ingest.http.request import Request, Response, decoded_body
from thermocline.ingest.origin import Origin, RowMaker, origin_of
from thermocline.ingest.ports import EpochRegistry, Metrics, RecordSink
from thermocline.ingest.protocols.declaration import Post
from thermocline.ingest.protocols.formats import check_sender
from thermocline.ingest.routes import HEALTH_PATH, protocol_at
from thermocline.ingest.senders import Senders
from thermocline.sources import Source
from thermocline.streams import QUARANTINE, contract_of

_log = logging.getLogger(__name__)


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """What is durably put.

    Attributes
    ----------
    accepted
        Count of events, good and bad.
    quarantined
        Count of those among them that are bad rows.
    skipped
        Count of messages that are no events.
    """

    accepted: int
    quarantined: int
    skipped: int


class Ingest:
    """Takes events, and answers the requests that bring them.

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
        The edge in front of the API, if there is one: only what it admits is answered.
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
        self._senders = Senders(sources, secret)
        self._epochs = EpochBook(epochs or ProcessEpochs())
        self._edge = edge

    def __call__(self, request: Request) -> Response:
        """Return the answer to a request.

        Status 200 means that every event of the request is durably put: ``accepted`` counts them all, ``quarantined``
        those that are bad rows. ``skipped``, when there are any, counts messages that are no events.
        """
        try:
            return self._answer(self._edge.admitted(request) if self._edge else request)
        except RequestError as error:
            return _failure(error.status, error.code, error.message)
        except SinkThrottled as error:
            _log.warning("answered 429: %s", error)
            message = "More is sent than can be stored now; send the events again, more slowly."
            return _failure(429, "throttled", message, {"retry-after": "1"})
        except Transient as error:
            _log.warning("answered 503: %s: %s", type(error).__name__, error)
            message = "The events could not be stored now; send them again."
            return _failure(503, "unavailable", message, {"retry-after": "1"})

    def accept(self, source_name: str, batch: Batch, origin: Origin) -> Accepted:
        """Put a batch durably: good events into its stream, all others into quarantine.

        Raises
        ------
        RequestError
            The batch has too many events; nothing of it is put.
        ConfigurationError
            There is no such source.
        UnknownStream
            The batch is for a stream that has no contract.
        Transient
            Not everything is put, so that the batch must come again; `SinkThrottled` asks for a slower pace.
        """
        source = self._source(source_name)
        batch = capped(batch)
        privacy = Privacy.of(source, contract_of(batch.stream, self._contracts), self._secret)
        rows = RowMaker(source_name=source_name, source=source, privacy=privacy, origin=origin)
        good, bad = self._packed(batch, rows)
        self._put(batch.stream, good, batch.protocol, origin)
        self._put(QUARANTINE, bad, batch.protocol, origin)
        accepted = good.lines + bad.lines
        self._metrics.count(stream=batch.stream, source=source_name, accepted=accepted, quarantined=bad.lines)
        return Accepted(accepted=accepted, quarantined=bad.lines, skipped=batch.skipped)

    def contract_of(self, source_name: str) -> Contract:
        """Return the contract of a source's stream.

        Raises
        ------
        ConfigurationError
            There is no such source.
        UnknownStream
            Its stream has no contract.
        """
        return contract_of(self._source(source_name).stream, self._contracts)

    def _answer(self, request: Request) -> Response:
        if request.method == "GET" and request.path == HEALTH_PATH:
            return Response(status=200, body={"status": "ok"})
        check_sender(request.headers)
        protocol = protocol_at(request.method, request.path)
        name = self._senders.before_body(request, protocol)
        if name and protocol.answer:
            return protocol.answer(request, name)
        body = decoded_body(request)
        name = name or self._senders.in_body(body, protocol)
        batch = protocol.read(body, self._post(request, name))
        if batch.stream not in self._contracts:  # a protocol of a table that this lake does without
            raise RequestError(404, "not_found", f"There is no table {batch.stream} here.")
        return _success(self.accept(name, batch, origin_of(request)))

    def _post(self, request: Request, source_name: str) -> Post:
        return Post(
            path=request.path,
            headers=request.headers,
            source_name=source_name,
            source=self._sources[source_name],
            contract=self.contract_of(source_name),
            assign=self._epochs.assign,
        )

    def _source(self, name: str) -> Source:
        if name not in self._sources:
            raise ConfigurationError(f"there is no source {name!r}: add [sources.{name}] to the stage's configuration")
        return self._sources[name]

    def _packed(self, batch: Batch, rows: RowMaker) -> tuple[Packer, Packer]:
        good, bad = Packer(self._append_line[batch.stream]), Packer(self._append_line[QUARANTINE])
        for position, event in enumerate(batch.events):
            if isinstance(event, Refused):
                bad.add(rows.bad(event, position, batch))
                continue
            try:
                good.add(rows.good(event, position, batch.stream))
            except RefusedEvent as error:
                bad.add(rows.bad(Refused.event(event, error), position, batch))
        return good, bad

    def _put(self, stream: str, packer: Packer, protocol: str, origin: Origin) -> None:
        if packer.lines:
            request, received = origin.request_id, origin.received_at
            records = labelled(packer.records(), request=request, received=received, protocol=protocol)
            self._sink.put(stream, records)


def _success(accepted: Accepted) -> Response:
    body = {"success": True, "accepted": accepted.accepted, "quarantined": accepted.quarantined}
    return Response(status=200, body=body | {"skipped": accepted.skipped} if accepted.skipped else body)


def _failure(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> Response:
    return Response(status=status, body={"code": code, "message": message}, headers=headers or {})
