"""Histories of everything that changes a lake, in any order, with late data, calls that fail, and processes that die.

Nothing is lost, nothing is there twice, nothing of an erased subject is anywhere, and its late events never show.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from tests.histories.tiers.actors import WRITES, Answer
from tests.histories.upkeep.whole import Event, WholeLake
from tests.thermocline.erase.lake import STREAM
from thermocline.streams import QUARANTINE

HISTORIES = [
    6,
    pytest.param(100, marks=(pytest.mark.long, pytest.mark.timeout(3_000))),
    pytest.param(1_000, marks=(pytest.mark.nightly, pytest.mark.timeout(30_000))),
]
_MOST_ACTORS = 4
_TURNS = 60
_FAULTS = (Answer.BEFORE, Answer.AFTER, Answer.KILLED, Answer.KILLED_AFTER)
_MAY_BE_LATE = frozenset({"advance", "commit", "enter", "finish", "put", "take_over"})
_CHANGES = WRITES | {
    "amend", "claim", "create", "drop_result", "end_attempt", "intend", "open_attempt", "put_replayed", "put_result",
    "remove", "replace", "restate", "save", "start", "suppress",
}  # fmt: skip


class Told:
    """A history that a seed decides."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.lake, self._rng = WholeLake(folder), random.Random(seed)
        self._trouble = self._rng.choice([0.0, 0.05, 0.2])
        self._erases = self._rng.random() < 0.7

    def goes(self) -> None:
        """Publish a little, and let anything happen."""
        for _ in range(2):
            self.lake.run(self.lake.converts(self._arrives()))
            for table in (STREAM, QUARANTINE):
                self.lake.run(self.lake.promotes(table))
            self.lake.time_passes(minutes=60)
        for _ in range(_TURNS):
            self._turn()

    def _turn(self) -> None:
        rng, lake = self._rng, self.lake
        if len(lake.actors) < _MOST_ACTORS and rng.random() < 0.5:
            self._starts()
        if lake.late and rng.random() < 0.1:
            lake.lands(rng.randrange(len(lake.late)))
        if rng.random() < 0.05:
            lake.time_passes(minutes=rng.choice([20, 60]))
        if rng.random() < 0.05:
            lake.leases.expire()
        if rng.random() < 0.02:
            lake.wide = True
        if lake.actors:
            self._goes_on()

    def _goes_on(self) -> None:
        rng, lake = self._rng, self.lake
        actor = rng.choice(lake.actors)
        for _ in range(rng.choice([1, 5, 40, 1000])):
            if not actor.alive:
                lake.judge()
                break
            troubled = actor.at in _CHANGES and rng.random() < self._trouble
            faults = (*_FAULTS, Answer.LATE) if actor.at in _MAY_BE_LATE else _FAULTS
            lake.step(actor, rng.choice(faults) if troubled else Answer.TRUE)

    def _starts(self) -> None:
        rng, lake = self._rng, self.lake
        table = rng.choice([STREAM, STREAM, QUARANTINE])
        match rng.choice(
            ["arrival"] * 3 + ["convert", "compact", "seal"] + ["promote", "replay", "recover", "erase"] * 3
        ):
            case "arrival":
                lake.converts(self._arrives(), behind=rng.choice([0, 0, 1, 3]))
            case "convert":
                lake.converts(rng.choice(lake.lake.objects.keys("raw/")))
            case "promote":
                lake.promotes(table)
            case "compact":
                lake.compacts(table)
            case "seal":
                lake.seals(table)
            case "replay" if gens := lake.generations():
                lake.wide = True  # a contract is never narrowed again, and what was recovered is not read by one before
                lake.replays_range(*sorted(rng.choices(gens, k=2)))
            case "recover":
                lake.wide = True
                lake.recovers()
            case "erase" if self._erases and not any(actor.name.startswith("erase") for actor in lake.actors):
                lake.erases()  # one at a time: another finds the findings of a run that ended gone

    def _arrives(self) -> str:
        """Let new events arrive, with some that came before, the subject's among them."""
        rng, known = self._rng, list(self.lake.events.values())
        new = [
            Event(f"e{len(known) + number}", owned=rng.random() < 0.3, big=rng.random() < 0.4)
            for number in range(rng.choice([1, 3]))
        ]
        again = rng.sample(known, min(len(known), rng.choice([0, 0, 2])))
        return self.lake.arrives([*new, *again], bad=rng.choice([0, 0, 1]))


def live(seed: int) -> Counter[str]:
    """Tell a history, and judge its end; return what has happened."""
    with tempfile.TemporaryDirectory() as folder:
        told = Told(seed, Path(folder))
        told.goes()
        told.lake.calms_down(kill=bool(seed % 2))
        told.lake.check_end()
        return told.lake.happened


@pytest.mark.parametrize("histories", HISTORIES)
def test_every_event_is_there_once_and_nothing_of_whom_was_erased(histories: int) -> None:
    happened: Counter[str] = Counter()
    for seed in range(histories):
        happened += live(seed)
    wanted = ["replayed", "erasure done", "erasure wait", "claim: TRUE", "amend: TRUE", "remove: TRUE"]
    wanted += [f"commit: {answer.name}" for answer in Answer] if histories > 50 else []
    assert [kind for kind in wanted if not happened[kind]] == []
