"""Steps that are killed, or overtaken, and run again: the lake is to show what a clean run shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.histories.tiers.deployed import CONTRACTS, DeployedLake, Rows, Shown
from tests.histories.tiers.lake_state import State
from tests.histories.tiers.processes import Step
from thermocline.streams import QUARANTINE


class Ended(NamedTuple):
    """What a lake shows when steps have run, and when everything is converted and promoted after that."""

    shown: Sequence[Shown]
    left_over: Sequence[str]
    findings: str = ""
    places: str = ""


class Trial:
    """Steps of a lake from a state on.

    Parameters
    ----------
    state
        The lake before them.
    briefly
        Compare only the rows of views; otherwise also the answers to queries, and after steps that leave something to
        be converted or promoted all again when that is done.
    """

    calls = 0
    """How many calls of the steps change something."""

    def __init__(self, lake: DeployedLake, state: State, *steps: Step, briefly: bool = False) -> None:
        self._lake, self._state, self._steps, self._briefly = lake, state, steps, briefly
        lake.goes_back_to(state)
        self._before = _alike(lake.rows())
        assert len(lake.places_of_subject()) > 5
        self._clean = self._ends()
        assert self._clean.left_over == []
        assert (self._clean.findings, self._clean.places) == ("", "")

    def dies(self, *, before: int | None = None, after: float | None = None) -> bool:
        """Kill the steps before a call or after some seconds, and compare; False when they had ended by then."""
        self._lake.goes_back_to(self._state)
        if not self._lake.dies(*self._steps, before=before, after=after):
            return False
        self._require_nothing_else()
        self._lake.let_leases_end()
        self._require_clean()
        return True

    def overtaken(self, before: int) -> bool:
        """Let another process take the lease, and do it all, while the first sleeps before a call, and compare.

        What an erasure says of itself is not compared: the sleeper writes findings after the proof, of no subject's
        value, and the verifier names them until the erasure runs again.
        """
        self._lake.goes_back_to(self._state)
        if not self._lake.overtakes(*self._steps, before=before):
            return False
        self._lake.let_leases_end()
        self._require_clean()
        return True

    def _require_clean(self) -> None:
        ended, clean = self._ends(), self._clean
        assert ended.left_over == clean.left_over, ended.left_over
        assert ended.places == clean.places, ended.places
        for now, then in zip(ended.shown, clean.shown, strict=True):
            for table, rows in now.rows.items():
                assert rows == then.rows[table], (table, _counted(rows) - _counted(then.rows[table]))
        assert ended.shown == clean.shown, "answers or books differ"

    def _require_nothing_else(self) -> None:
        """See to it that views show nothing that they do neither before nor after, and lack nothing of both."""
        for table, rows in _alike(self._lake.rows()).items():
            before, clean, now = (
                _counted(each) for each in (self._before[table], self._clean.shown[0].rows[table], rows)
            )
            if len(self._steps) == 1 and self._is_one_commit:
                assert now in (before, clean), f"{table} is between the two"
            assert before & clean <= now <= before | clean, table

    @property
    def _is_one_commit(self) -> bool:
        return self._steps[0].name not in ("erase", "recover", "replay")

    def _ends(self) -> Ended:
        self.calls = self._lake.run(*self._steps)
        left_over, name = self._lake.left_over(), self._steps[0].name
        findings, places = self._lake.findings() if name == "erase" else "", ""
        shown = [self._shown(answers=not self._briefly)]
        if name in ("convert", "erase", "recover", "replay") and not self._briefly:
            self._lake.run(self._lake.step("end"))  # what a dead attempt left is never promoted
            shown.append(self._shown(answers=True))
        places = str(self._lake.places_of_subject() or "") if name == "erase" else ""
        return Ended(shown, left_over, findings, places)

    def _shown(self, *, answers: bool) -> Shown:
        shown = self._lake.shows(answers=answers)
        return shown._replace(rows=_alike(shown.rows))


def _alike(rows: Mapping[str, Rows]) -> dict[str, Rows]:
    """Return rows without when refused lines were received: that is when their raw object was written, or again."""
    names = [column.name for column in CONTRACTS[QUARANTINE].columns]
    bad = [
        [value for name, value in zip(names, row, strict=False) if name != "received_at"] for row in rows[QUARANTINE]
    ]
    return {**rows, QUARANTINE: sorted(bad, key=str)}


def _counted(rows: Rows) -> Counter[tuple[str | None, ...]]:
    return Counter(map(tuple, rows))
