from __future__ import annotations

from typing import Any

import pytest

from cli.errors import CliError
from cli.replay import Difference, Replaying

GEN = "2026-11-22-12"
DONE = {"objects": 2, "converted": 2, "problems": [], "ready": None, "left": 0}
REPLAYED = [{"gen": GEN, "done": True, "ids": {}, "differences": [{"table": "visits", "gen": GEN, "appear": 1}]}]


class Function:
    """The replay function: answers by action, the last of which is repeated."""

    def __init__(self, **answers: list[Any]) -> None:
        self.events: list[dict[str, Any]] = []
        usual: dict[str, list[Any]] = {"plan": [{"run": "1a", "gens": [GEN]}], "finish": [REPLAYED], "commit": [{}]}
        self._answers = usual | answers

    def __call__(self, event: dict[str, Any]) -> Any:
        self.events.append(event)
        answers = self._answers[event["action"]]
        return answers.pop(0) if len(answers) > 1 else answers[0]


def replayed(function: Function, **options: Any) -> Any:
    shown: list[Any] = []
    replaying = Replaying(function, show=lambda *told: shown.append(told), pause=lambda seconds: None, **options)
    return replaying("visits", GEN, GEN, dry=False), shown


def state(converted: int, **more: Any) -> dict[str, Any]:
    return DONE | {"converted": converted, "left": 1} | more


def test_generations_are_replaced_once_their_objects_are_converted() -> None:
    function = Function(state=[state(0), state(1), state(2, ready=GEN), DONE])
    differences, shown = replayed(function)
    assert differences == [Difference(table="visits", gen=GEN, appear=1)]
    assert [event["action"] for event in function.events] == [*["plan"], *["state"] * 3, "commit", "state", "finish"]
    assert function.events[4] == {"action": "commit", "table": "visits", "run": "1a", "gen": GEN}
    assert shown == [
        ("converting objects", 0, 2),
        ("converting objects", 1, 2),
        ("replacing generations", 0, 1),
        ("replacing generations", 1, 1),
    ]


def test_what_may_pass_is_waited_for_and_anything_else_is_told() -> None:
    busy = {"problem": "another writer has the lease", "again": True}
    function = Function(state=[state(2, ready=GEN), DONE], commit=[busy, busy, {}])
    assert replayed(function)[0]
    with pytest.raises(CliError, match="the lease"):
        replayed(Function(state=[state(2, ready=GEN)], commit=[busy]), patience=10)
    with pytest.raises(CliError, match="is not settled"):
        replayed(Function(plan=[{"problem": "it is not settled", "again": False}]))


def test_an_object_that_cannot_be_converted_ends_it_before_anything_is_replaced() -> None:
    function = Function(state=[state(1, problems=["raw/visits/a is gone"])])
    with pytest.raises(CliError, match="raw/visits/a is gone"):
        replayed(function)
    assert "commit" not in {event["action"] for event in function.events}


def test_conversions_that_stand_still_are_told() -> None:
    with pytest.raises(CliError, match="no object was converted for long"):
        replayed(Function(state=[state(1)]), patience=10)
