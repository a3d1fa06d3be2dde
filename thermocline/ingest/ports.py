"""What ingest needs from the outside. Adapters implement it; tests bring fakes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from thermocline.ingest.protocols.epochs import History


class RecordSink(Protocol):
    """A durable stream of records: Firehose."""

    def put(self, stream: str, records: Sequence[bytes]) -> None:
        """Put all records durably, in order.

        Raises
        ------
        SinkUnavailable
            Not all records could be put; some may have been.
        """


class Metrics(Protocol):
    """Counters by stream."""

    def count(self, *, stream: str, source: str, accepted: int, quarantined: int) -> None:
        """Count the events of one acknowledged request; the quarantined ones are among the accepted."""


class StoredHistory(msgspec.Struct, frozen=True, kw_only=True):
    """A connector's epochs, and the version that a writer must name; 0 when there are none yet."""

    history: History = ()
    version: int = 0


class EpochRegistry(Protocol):
    """The epochs of every connector."""

    def read(self, source: str, connector: str) -> StoredHistory:
        """Return a connector's epochs as they are now, not as they were a moment ago.

        Raises
        ------
        EpochsUnavailable
            They cannot be read.
        """

    def replace(self, source: str, connector: str, history: History, *, version: int) -> bool:
        """Write a connector's epochs, and return whether `version` was still the current one.

        Raises
        ------
        EpochsUnavailable
            They cannot be written, or nobody knows whether they were.
        """
