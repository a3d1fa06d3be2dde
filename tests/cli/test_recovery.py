"""`lake replay --from-quarantine` calls the function until all rows were looked at, and tells what became of them."""

from __future__ import annotations

from typing import Any

import pytest

from cli.errors import CliError
from cli.recovery import as_json, fates_table, recover_all

Answer = dict[str, Any]


def answer(*counts: tuple[str, int, str], more: bool = False) -> Answer:
    rows = [{"source": "shop", "reason": "invalid", "fate": fate, "rows": n, "why": why} for fate, n, why in counts]
    return {"counts": rows, "more": more, "objects": 1}


class Function:
    """The recover function: its answers, one after the other."""

    def __init__(self, *answers: Answer) -> None:
        self.events: list[Any] = []
        self._answers = list(answers)

    def __call__(self, event: Any) -> Answer:
        self.events.append(event)
        return self._answers.pop(0)


def run(function: Function, *, dry_run: bool = False, patience: float = 10) -> tuple[dict[str, Any], list[float]]:
    pauses: list[float] = []
    choice = {"table": "clickstream", "source": None, "reason": "invalid"}
    told = recover_all(function, choice, dry_run=dry_run, show=lambda _: None, pause=pauses.append, patience=patience)
    return as_json(told, dry_run=dry_run), pauses


def test_it_asks_for_the_chosen_rows_and_tells_their_fates() -> None:
    function = Function(answer(("recovered", 3, ""), ("refused", 2, "invalid: currency"), ("cut", 1, "")))
    told, _ = run(function)
    assert function.events == [{"choice": {"table": "clickstream", "reason": "invalid"}, "dry_run": False}]
    assert (told["recovered"], told["refused"], told["cut"], told["waiting"]) == (3, 2, 1, 0)
    assert {"source": "shop", "reason": "invalid", "fate": "refused", "why": "invalid: currency", "rows": 2} in told[
        "rows"
    ]


def test_it_goes_on_while_rows_come_back() -> None:
    stays = ("refused", 2, "no")
    function = Function(
        answer(("recovered", 3, ""), stays, more=True), answer(("recovered", 1, ""), stays, more=True), answer(stays)
    )
    told, _ = run(function)
    assert (told["recovered"], told["refused"], len(function.events)) == (4, 2, 3)


def test_it_ends_when_only_bad_rows_are_left_in_the_time() -> None:
    function = Function(answer(("refused", 2, "no"), more=True))
    told, _ = run(function)
    assert (told["refused"], told["partial"]) == (2, True)


def test_a_dry_run_is_one_call() -> None:
    function = Function(answer(("recovered", 3, ""), more=True))
    assert run(function, dry_run=True)[0]["recovered"] == 3
    assert function.events[0]["dry_run"] is True


def test_another_writer_is_waited_for_but_not_for_ever() -> None:
    taken = {"problem": "quarantine: another writer has the lease", "again": True}
    told, pauses = run(Function(taken, answer(("recovered", 1, ""))))
    assert (told["recovered"], pauses) == (1, [5.0])
    with pytest.raises(CliError, match="another writer"):
        run(Function(*[taken] * 4))


def test_what_waiting_does_not_help_ends_it() -> None:
    refusal = {"problem": "there is no stream 'x'", "again": False}
    with pytest.raises(CliError, match=r"no stream 'x'$"):
        run(Function(refusal))
    with pytest.raises(CliError, match=r"3 rows came back until then, run it again$"):
        run(Function(answer(("recovered", 3, ""), more=True), refusal))


def test_the_table_says_it_in_words() -> None:
    function = Function(answer(("refused", 2, "invalid: currency")))
    counts, _ = recover_all(function, {"table": "t"}, dry_run=True, show=lambda _: None)
    (cells,) = zip(*(column.cells for column in fates_table(counts).columns), strict=True)
    assert cells == ("shop", "invalid", "are refused again (invalid: currency)", "2")
