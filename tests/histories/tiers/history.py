"""A history as it is told: actors take turns, and what they gave up may still happen."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from typing import Any

from tests.histories.tiers.actors import WRITES, Actor, Answer
from thermocline.errors import FencedOff, ThermoclineError


class History:
    """The actors at work, what is on its way, and what has happened."""

    def __init__(self) -> None:
        self.happened: Counter[str] = Counter()
        self.actors: list[Actor] = []
        self.late: list[Callable[[], Any]] = []
        self._trace: deque[str] = deque(maxlen=60)

    def check(self) -> None:
        """Judge what the actors have made so far."""
        raise NotImplementedError

    def start(self, name: str, run: Callable[[], Any]) -> Actor:
        """Start an actor; it stops before its first call."""
        actor = Actor(name, run)
        self.actors = [each for each in self.actors if each.alive]
        if actor.alive:
            self.actors.append(actor)
        return actor

    def step(self, actor: Actor, answer: Answer = Answer.TRUE) -> None:
        """Let an actor make its next call, and look at the lake."""
        call = actor.at
        actor.step(answer)
        self.happened[f"{call}: {answer.name}"] += 1
        self._trace.append(f"{actor.name}: {call}" + ("" if answer is Answer.TRUE else f" ({answer.value})"))
        self.happened[actor.refused] += 1
        if actor.late:
            self.late.append(actor.late)
        if not actor.alive:
            self.actors = [each for each in self.actors if each is not actor]
            self.happened["fenced off"] += isinstance(actor.failure, FencedOff)
        if call in WRITES:
            self.check()

    def lands(self, place: int) -> None:
        """Let something take effect that was given up."""
        try:
            self.late.pop(place % len(self.late))()
            self.happened["landed late"] += 1
            self._trace.append("something lands late")
        except ThermoclineError:
            self.happened["refused late"] += 1
        self.check()

    def run(self, actor: Actor) -> Actor:
        """Let an actor go to its end."""
        while actor.alive:
            self.step(actor)
        return actor

    def runs_until(self, actor: Actor, call: str, *, skip: int = 0) -> Actor:
        """Let an actor go until it stands before a call."""
        while actor.alive and (actor.at != call or skip):
            skip -= actor.at == call
            self.step(actor)
        assert actor.alive, f"{actor.name} ended before it called {call}: {actor.failure}"
        return actor

    def story(self, problem: str) -> str:
        """Return a problem, and the last steps before it."""
        return "\n".join([problem, *self._trace])
