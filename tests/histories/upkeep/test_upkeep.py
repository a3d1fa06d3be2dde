"""Histories of everything that changes a lake, in any order, with late data and processes that stop, die and go on.

Nothing is lost, nothing is there twice, nothing of an erased subject is anywhere, and its late events never show.
"""

from __future__ import annotations

import random
import signal
from collections import Counter
from pathlib import Path

import pytest

from tests.athena_local.endpoint.tables import CREDENTIALS
from tests.histories.tiers.deployed import started
from tests.histories.upkeep.lake import CLICKS, DIGEST, UpkeepLake
from tests.histories.upkeep.steps import Halt
from thermocline.streams import QUARANTINE

STEPS = ("promote", "promote", "compact", "seal", "replay", "replay", "recover", "recover", "erase", "clean")
LENGTH = 10


class History:
    """A history that a seed decides.

    Parameters
    ----------
    trouble
        How often a process halts.
    """

    def __init__(self, lake: UpkeepLake, seed: int, *, trouble: float = 0.5) -> None:
        self.lake, self._rng, self._trouble = lake, random.Random(seed), trouble
        self._arrivals = 0

    def goes(self) -> None:
        """Send a little, promote it, and let anything happen."""
        for hours_ago in (3, 2):
            self._arrives(hours_ago)
        self.lake.does("promote all")
        for _ in range(LENGTH):
            self._happens()

    def _happens(self) -> None:
        rng, lake = self._rng, self.lake
        if lake.stopped and rng.random() < 0.25:
            lake.goes_on(rng.randrange(len(lake.stopped)), kill=rng.random() < 0.3)
        if rng.random() < 0.3:
            lake.let_leases_end()
        if rng.random() < 0.35:
            self._arrives(rng.choice([0, 1, 1, 5]))
            return
        name = rng.choice(STEPS)
        if name == "replay":
            gens = lake.generations()
            first, last = sorted(rng.choices(gens, k=2))
            lake.does(name, CLICKS, first, last, halt=self._halt())
        elif name == "erase":
            lake.erased = True
            lake.does(name, DIGEST, halt=self._halt())
        elif name == "recover":
            lake.does(name, CLICKS, halt=self._halt())
        else:
            table = rng.choice([CLICKS, CLICKS, QUARANTINE])
            lake.does(name, table, hours_ago=rng.choice([0, 0, -1]), halt=self._halt())

    def _arrives(self, hours_ago: int) -> None:
        """Let events arrive, some of them again, and convert them by a clock that is behind."""
        rng, name = self._rng, f"arrival {self._arrivals}"
        first, self._arrivals = self._arrivals * 4, self._arrivals + 1
        numbers = [*range(first, first + 5), *([first - 3] if first else [])]
        keys = [self.lake.sends(name, numbers, hours_ago=hours_ago, bad=rng.choice([0, 1]))]
        if rng.random() < 0.6:
            fixable = range(10_000 + first, 10_000 + first + 3)
            keys.append(self.lake.sends_bad_rows(name, fixable, hours_ago=hours_ago))
        self.lake.does("convert all", "", *keys, hours_ago=hours_ago, halt=self._halt())

    def _halt(self) -> Halt | None:
        if self._rng.random() >= self._trouble:
            return None
        kind = self._rng.choice([signal.SIGKILL, signal.SIGSTOP, signal.SIGSTOP])
        return Halt(int(self._rng.choice([4, 12, 40]) * self._rng.random()), kind)


def live(seed: int, folder: Path) -> Counter[str]:
    """Tell a history, and judge its end."""
    (emulator := folder / "emulator").mkdir()
    (steps := folder / "steps").mkdir()
    with started(emulator) as endpoint:
        lake = UpkeepLake(endpoint, steps)
        try:
            History(lake, seed).goes()
            lake.calms_down(kill=bool(seed % 2))
            lake.check()
        finally:
            for process in lake.stopped:
                process.kill()
    return lake.happened


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize("seed", range(2))
def test_every_row_is_there_once_and_nothing_of_whom_was_erased(seed: int, tmp_path: Path) -> None:
    live(seed, tmp_path)


@pytest.mark.long
@pytest.mark.timeout(3_600)
def test_many_histories(tmp_path: Path) -> None:
    happened: Counter[str] = Counter()
    for seed in range(100, 130):
        (folder := tmp_path / str(seed)).mkdir()
        happened += live(seed, folder)
    wanted = [f"{name} {how}" for name in ("replay", "recover", "erase") for how in ("ended", "killed", "stopped")]
    assert [each for each in (*wanted, "went on late") if not happened[each]] == []
