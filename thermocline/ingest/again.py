"""Read an event that was refused once more, by the contracts, limits and sources of today, as it was received then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from thermocline.contracts import Contract
from thermocline.contracts.validator import validator_for
from thermocline.errors import RefusedEvent, RequestError
from thermocline.events.batch import Batch, Event, Refused
from thermocline.events.enrich import canonical, is_known_by_its_place
from thermocline.events.identity import fingerprint
from thermocline.events.pack import MAX_LINES_BYTES
from thermocline.events.privacy import Privacy
from thermocline.events.quarantined import Quarantined
from thermocline.ingest.epochs import EpochBook
from thermocline.ingest.http.caps import capped
from thermocline.ingest.ports import EpochRegistry, StoredHistory
from thermocline.ingest.protocols.declaration import Post
from thermocline.ingest.protocols.epochs import History, structure
from thermocline.ingest.routes import protocol_at
from thermocline.ingest.sent_again import sent_again
from thermocline.sources import Source
from thermocline.streams import contract_of


class ReadAgain:
    """Turns rows that ingest refused into canonical lines.

    Parameters
    ----------
    contracts, sources, secret
        As of `Ingest`.
    epochs
        The epochs of connectors, which this reads and never opens.
    """

    def __init__(
        self,
        *,
        contracts: Mapping[str, Contract],
        sources: Mapping[str, Source],
        secret: Callable[[], str],
        epochs: EpochRegistry,
    ) -> None:
        self._contracts = contracts
        self._sources = sources
        self._secret = secret
        self._epochs = EpochBook(_KnownEpochs(epochs))

    def __call__(self, row: Quarantined) -> Sequence[bytes]:
        """Return the lines of a row's event; a message that was refused as a whole may have several.

        Event ids and fingerprints are those of an event that was accepted when this one was received. Only what its
        place in the request would identify has the row's own.

        Raises
        ------
        RefusedEvent
            It is refused again.
        """
        source = self._sources.get(row.source or "")
        if source is None:
            raise RefusedEvent("unsupported", "source: the stage has none of this name any more")
        try:
            batch = self._batch(row, source)
        except RequestError as error:
            raise RefusedEvent("unsupported", error.code) from error
        return list(self._lines(row, source, _of_the_row(row, batch.events)))

    def _batch(self, row: Quarantined, source: Source) -> Batch:
        sent = sent_again(row)
        post = Post(
            path=sent.path,
            headers=sent.headers,
            source_name=row.source or "",
            source=source,
            contract=contract_of(source.stream, self._contracts),
            assign=self._epochs.assign,
        )
        batch = capped(protocol_at("POST", sent.path).read(sent.body, post))
        if (batch.protocol, batch.stream) != (row.protocol, row.stream):
            raise RefusedEvent("unsupported", f"today it would be {batch.protocol} for {batch.stream}")
        return batch

    def _lines(self, row: Quarantined, source: Source, events: Sequence[Event | Refused]) -> Iterator[bytes]:
        contract = self._contracts[row.stream]
        privacy = Privacy.of(source, contract, self._secret)
        for number, event in enumerate(events):
            if isinstance(event, Refused):
                raise RefusedEvent(event.reason, event.detail)
            columns = self._columns(row, source, event, number if len(events) > 1 else None)
            line = validator_for(contract).encode(privacy.protected(columns) if privacy else columns)
            if len(line) > MAX_LINES_BYTES:
                raise RefusedEvent("too_large", f"it takes {len(line)} bytes, more than a record's {MAX_LINES_BYTES}")
            yield line

    def _columns(self, row: Quarantined, source: Source, event: Event, number: int | None) -> dict[str, object]:
        """Return an event's columns; `number` is its place among several of one row."""
        by_place = is_known_by_its_place(event)
        columns = canonical(
            event,
            stream=row.stream,
            source_name=row.source or "",
            source=source,
            received=row.received_at,
            position=f"{row.replay_event_id or row.event_id} {number}",
        )
        if by_place and number is None and row.replay_event_id:
            columns["event_id"] = row.replay_event_id
        return columns


def _of_the_row(row: Quarantined, events: Sequence[Event | Refused]) -> Sequence[Event | Refused]:
    """Return the event that a row is about; of a message that was refused as a whole, all of them.

    The others of a message were stored, or have rows of their own.

    Raises
    ------
    RefusedEvent
        There is no event in it.
    """
    if not events:
        raise RefusedEvent("unsupported", "nothing in it is an event")
    same = [
        event for event in events if isinstance(event, Event) and fingerprint(event.identity) == row.replay_fingerprint
    ]
    return same[:1] or events


class _KnownEpochs:
    """The epochs of connectors, none of which is opened for the sake of an old change."""

    def __init__(self, registry: EpochRegistry) -> None:
        self._registry = registry

    def read(self, source: str, connector: str) -> StoredHistory:
        return self._registry.read(source, connector)

    def replace(self, source: str, connector: str, history: History, *, version: int) -> bool:
        stored = self._registry.read(source, connector)
        if structure(stored.history) != structure(history):
            raise RefusedEvent("unsupported", "no epoch is open for it: open one with `lake cdc new-epoch`")
        return stored.version == version
