"""A standard SQS queue with a dead-letter queue: at least once, in any order, invisible while in work."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from thermocline.convert.arrivals import notification


@dataclass(kw_only=True, eq=False)
class Message:
    """A message, and when it can next be received."""

    body: str
    visible_at: dt.datetime
    receives: int = 0

    @property
    def receipt(self) -> str:
        """What the receiver of this delivery, and nobody else, changes the message by."""
        return f"{id(self)}-{self.receives}"


@dataclass(kw_only=True)
class SimulatedQueue:
    """The queue of arrivals; implements `thermocline.ports.Arrivals` and `thermocline.ports.MessageVisibility`.

    Parameters
    ----------
    clock
        Returns the time now.
    rng
        Decides the order of messages.
    """

    clock: Callable[[], dt.datetime]
    rng: random.Random
    visibility: dt.timedelta = dt.timedelta(minutes=12)
    max_receives: int = 5
    messages: list[Message] = field(default_factory=list)
    dead: list[Message] = field(default_factory=list)

    def notify(self, raw_key: str, *, copies: int = 1, delay: dt.timedelta = dt.timedelta()) -> None:
        """Send S3's notification of an object: no copy, one or more, now or later."""
        visible_at = self.clock() + delay
        self.messages += [Message(body=notification(raw_key), visible_at=visible_at) for _ in range(copies)]

    def waiting(self) -> int:
        return len(self.messages)

    def send(self, raw_keys: Sequence[str]) -> None:
        for key in raw_keys:
            self.notify(key)

    def receive(self, most: int = 10) -> list[Message]:
        """Return visible messages in any order; one received too often goes to the dead letters instead."""
        now = self.clock()
        visible = [message for message in self.messages if message.visible_at <= now]
        self.rng.shuffle(visible)
        received = []
        for message in visible[:most]:
            if message.receives >= self.max_receives:
                self.messages.remove(message)
                self.dead.append(message)
                continue
            message.receives += 1
            message.visible_at = now + self.visibility
            received.append(message)
        return received

    def hide(self, seconds: Mapping[str, int]) -> None:
        for message in self.messages:
            if message.receipt in seconds:
                message.visible_at = self.clock() + dt.timedelta(seconds=seconds[message.receipt])

    def delete(self, message: Message) -> None:
        self.messages.remove(message)

    def redrive(self) -> None:
        """Move the dead letters back, as `lake redrive` does."""
        for message in self.dead:
            self.messages.append(Message(body=message.body, visible_at=self.clock()))
        self.dead = []
