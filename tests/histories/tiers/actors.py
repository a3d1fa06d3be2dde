"""Actors: the lake's own code, each in a thread of its own, which goes one input or output at a time.

One actor runs at a time, and never for longer than one call of a port: what it does there, and what it is told of it,
the history decides.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import Enum
from typing import Any

from thermocline.errors import CommitFailed, ThermoclineError, Transient

WRITES = frozenset(
    {
        "acquire",
        "advance",
        "close",
        "commit",
        "delete",
        "enter",
        "finish",
        "park",
        "put",
        "release",
        "remember",
        "take_over",
        "write",
    }
)


class Answer(Enum):
    """What becomes of an actor's next call."""

    TRUE = "it is answered"
    BEFORE = "it does nothing, and fails"
    AFTER = "it takes effect, and fails"
    LATE = "it fails, and may take effect later"
    KILLED = "the process dies before it"
    KILLED_AFTER = "the process dies after it"


class Killed(BaseException):
    """The process ended here; no `except Exception` survives it."""


class Unavailable(Transient):
    """A call failed."""


_here = threading.local()


class Actor:
    """One process of the lake.

    Parameters
    ----------
    run
        What it does.
    """

    def __init__(self, name: str, run: Callable[[], Any]) -> None:
        self.name = name
        self.at = ""
        self.alive = True
        self.result: Any = None
        self.failure: ThermoclineError | None = None
        self.late: Callable[[], Any] | None = None
        self.refused = ""
        self._answer = Answer.TRUE
        self._dead = False
        self._bug: BaseException | None = None
        self._go, self._back = threading.Lock(), threading.Lock()
        self._go.acquire()
        self._back.acquire()
        threading.Thread(target=self._live, args=(run,), daemon=True).start()
        self.step(Answer.TRUE)

    def step(self, answer: Answer) -> None:
        """Let it make its next call, and go on to the one after that."""
        self._answer, self.late, self.refused = answer, None, ""
        self._go.release()
        self._back.acquire()
        if self._bug:
            raise self._bug

    def kill(self) -> None:
        """End it where it is."""
        if self.alive:
            self.step(Answer.KILLED)

    def _live(self, run: Callable[[], Any]) -> None:
        self._go.acquire()
        _here.actor = self
        try:
            self.result = run()
        except Killed:
            pass
        except ThermoclineError as failure:
            self.failure = failure
        except BaseException as bug:  # noqa: BLE001  # raised again where the history is told
            self._bug = bug
        self.alive = False
        self._back.release()

    def call(self, name: str, operation: Callable[[], Any]) -> Any:
        """Make a call in this actor's thread, when its turn comes."""
        if self._dead:  # a `finally` of a process that is not there any more
            raise Killed
        self.at = name
        self._back.release()
        self._go.acquire()
        if self._answer is Answer.KILLED:
            self._dead = True
            raise Killed
        if self._answer is Answer.BEFORE or (name not in WRITES and self._answer is not Answer.TRUE):
            raise _failed(name)
        if self._answer is Answer.LATE:
            self.late = operation
            raise _failed(name)
        try:
            result = operation()
        except ThermoclineError as refusal:
            self.refused = type(refusal).__name__
            raise
        if self._answer is Answer.KILLED_AFTER:
            self._dead = True
            raise Killed
        if self._answer is Answer.AFTER:
            raise _failed(name)
        return result


def _failed(name: str) -> ThermoclineError:
    return CommitFailed(name) if name == "commit" else Unavailable(name)


class Port:
    """A port whose calls wait for the actor's turn; outside of actors they are made at once."""

    def __init__(self, port: Any) -> None:
        self._port = port

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._port, name)
        actor: Actor | None = getattr(_here, "actor", None)
        if actor is None:
            return method  # type: ignore[no-any-return]
        return lambda *args, **kwargs: actor.call(name, lambda: method(*args, **kwargs))
