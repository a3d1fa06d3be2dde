"""A client that sends numbered events, and remembers what was acknowledged."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from tests.fakes.requests import request
from thermocline.ingest.use_case import Ingest

NOT_STORED = (429, 503)
"""The answers after which events must come again."""


class Sent(NamedTuple):
    """One event: its number, and whether it is one that ingest must quarantine."""

    number: int
    bad: bool

    def line(self) -> bytes:
        if self.bad:
            return b'{"event_id": 7, "number": %d}' % self.number
        return json.dumps(
            {
                "event_id": f"e{self.number}",
                "event_name": f"Seen {self.number}",
                "revenue": self.number + 0.25,
                "properties": {"number": self.number},
            }
        ).encode()

    def landed_in(self, row: dict[str, Any]) -> bool:
        """Tell whether a row of a table is this event, in every value."""
        if self.bad:
            return bool(row["payload"] == self.line().decode())
        return (row["event_id"], row["event_name"], row["revenue"], row["properties"]) == (
            f"e{self.number}",
            f"Seen {self.number}",
            Decimal(self.number) + Decimal("0.25"),
            json.dumps({"number": self.number}),
        )


class Client:
    """Sends batches, again and again until one is acknowledged.

    Parameters
    ----------
    ingest
        The endpoint.
    clock
        Returns the time now.
    """

    def __init__(self, ingest: Ingest, clock: Callable[[], dt.datetime]) -> None:
        self._ingest = ingest
        self._clock = clock
        self.sent: list[Sent] = []
        self.acknowledged: set[Sent] = set()
        self.waiting: list[list[Sent]] = []
        self.refused = 0

    def send(self, kinds: list[bool], *, answer_lost: bool) -> None:
        """Send a new batch; each kind tells whether its event is a bad one."""
        batch = [Sent(len(self.sent) + place, bad) for place, bad in enumerate(kinds)]
        self.sent += batch
        self._post(batch, answer_lost=answer_lost)

    def send_again(self, *, answer_lost: bool) -> None:
        """Send the oldest batch that is not acknowledged."""
        if self.waiting:
            self._post(self.waiting.pop(0), answer_lost=answer_lost)

    def give_up(self) -> None:
        """Forget the oldest batch that is not acknowledged: it may be stored, or not."""
        if self.waiting:
            self.waiting.pop(0)

    def _post(self, batch: list[Sent], *, answer_lost: bool) -> None:
        asked = request("/v1/events", b"\n".join(event.line() for event in batch))
        answer = self._ingest(msgspec.structs.replace(asked, received_at=self._clock()))
        if answer.status == 200 and not answer_lost:
            assert answer.body["accepted"] == len(batch)
            assert answer.body["quarantined"] == sum(event.bad for event in batch)
            self.acknowledged.update(batch)
        else:
            assert answer.status in (200, *NOT_STORED)
            self.refused += answer.status in NOT_STORED
            self.waiting.append(batch)
