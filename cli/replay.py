"""Replays a table from raw by calling the replay function, action after action."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec

from cli.calls import Call
from cli.errors import CliError

PATIENCE_SECONDS: Final = 900.0
"""So long nothing may be converted, or another may have the lease: longer than a function runs."""

_PAUSE_SECONDS: Final = 2.0


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of the rows of a table's generation; `examples` has event ids by kind."""

    table: str
    gen: str
    appear: int = 0
    change: int = 0
    vanish: int = 0
    examples: dict[str, tuple[str, ...]] = {}


Show = Callable[[str, int, int], None]
"""Told what is going on, how much of it is done, and of how much."""


class Replaying:
    """Brings one run to its end; after an interruption the same call goes on with it.

    Parameters
    ----------
    call
        Calls the replay function with an event.
    """

    def __init__(
        self,
        call: Call,
        *,
        show: Show,
        pause: Callable[[float], None] = time.sleep,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._call = call
        self._show = show
        self._pause = pause
        self._patience = patience

    def __call__(self, table: str, first: str, last: str, *, dry: bool) -> Sequence[Difference]:
        """Replay generations of a table, and return what that changed, or would change in a dry run.

        Raises
        ------
        CliError
            The range cannot be replayed, an object cannot be converted, or nothing went on for long.
        """
        run = self._ask({"action": "plan", "table": table, "first": first, "last": last, "dry": dry})
        of_run = {"table": table, "run": run["run"]}
        while ready := self._ready(of_run, len(run["gens"])):
            self._ask({"action": "commit", **of_run, "gen": ready})
        replayed = self._ask({"action": "finish", **of_run})
        return [msgspec.convert(each, Difference) for done in replayed for each in done["differences"]]

    def _ready(self, of_run: dict[str, str], gens: int) -> str | None:
        """Return the next generation to commit once all objects are converted; None when none is left."""
        waited, converted = 0.0, -1
        while True:
            state = self._ask({"action": "state", **of_run})
            if state["problems"]:
                raise CliError(f"{state['problems'][0]}: nothing of its generation was replaced")
            if state["ready"] or not state["left"]:
                self._show("replacing generations", gens - state["left"], gens)
                return str(state["ready"]) if state["ready"] else None
            self._show("converting objects", state["converted"], state["objects"])
            waited = 0.0 if state["converted"] != converted else waited + _PAUSE_SECONDS
            converted = state["converted"]
            if waited > self._patience:
                raise CliError(
                    "no object was converted for long: see the log of the backfill function, then run it again"
                )
            self._pause(_PAUSE_SECONDS)

    def _ask(self, event: dict[str, Any]) -> Any:
        waited = 0.0
        while True:
            answer = self._call(event)
            problem = answer.get("problem") if isinstance(answer, dict) else None
            if not problem:
                return answer
            if not answer["again"] or waited >= self._patience:
                raise CliError(problem)
            self._pause(_PAUSE_SECONDS)
            waited += _PAUSE_SECONDS
