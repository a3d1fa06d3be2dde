"""The loop of `lake dev`."""

from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console

from cli.dev.changes import Changes
from cli.dev.keys import Keys
from cli.dev.logs import LogFollower, shown
from cli.errors import CliError

HELP = "edit a handler: the next request runs it · d deploys the infrastructure · ? shows this · q quits"
_POLL_SECONDS = 0.2


@dataclass(frozen=True, kw_only=True)
class Actions:
    """What a session can start.

    Attributes
    ----------
    diff
        Returns what a deployment would change, as text; "" for nothing.
    deploy
        Deploys the app into the environment.
    check
        Raises `CliError` when the environment has failed.
    """

    diff: Callable[[], str]
    deploy: Callable[[], None]
    check: Callable[[], None]


class Session:
    """Shows logs, notices changes of the infrastructure, and deploys them on a key."""

    def __init__(self, *, out: Console, logs: LogFollower, changes: Changes, actions: Actions) -> None:
        self._out = out
        self._logs = logs
        self._changes = changes
        self._actions = actions

    def run(self, keys: Keys) -> None:
        """Go on until q is pressed.

        Raises
        ------
        CliError
            The environment has failed.
        """
        while True:
            for key in keys.pressed(wait_seconds=_POLL_SECONDS):
                if key == "q":
                    return
                self._obey(key)
            self._show_logs()
            if self._changes.noticed():
                self._attempt(self._show_diff)
            self._actions.check()

    def _obey(self, key: str) -> None:
        match key:
            case "d":
                self._attempt(self._actions.deploy)
            case "?":
                self._out.print(HELP, style="dim")

    def _show_logs(self) -> None:
        for line in self._logs.lines():
            if text := shown(line):
                self._out.print(text, soft_wrap=True)

    def _show_diff(self) -> None:
        self._out.print("the infrastructure's files have changed; comparing …", style="dim")
        if text := self._actions.diff():
            self._out.print(text, markup=False, highlight=False, soft_wrap=True)
            self._out.print("press d to deploy this", style="bold")
        else:
            self._out.print("nothing to deploy: the templates are the same", style="dim")

    def _attempt(self, action: Callable[[], None]) -> None:
        """Run an action, and show its error: a mistake in a stack does not end the session."""
        try:
            action()
        except CliError as error:
            self._out.print(f"lake: {error}", style="red", markup=False, soft_wrap=True)
