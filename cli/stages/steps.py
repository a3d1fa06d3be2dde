"""Steps that show their progress, and the progress of a deployment from its events."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from cli.console import err, shown_step

Tell = Callable[[str], None]

_EVENT = re.compile(
    r"^\s*(?P<stack>[\w-]+) \|\s*(?P<place>\d+/\d+|\d+)\s*\|[^|]*\| (?P<status>[A-Z_]+)\s*\|[^|]*\| (?P<resource>\S+)"
)


@contextmanager
def progress_step(name: str) -> Iterator[Tell]:
    """Show a step, on a terminal with its progress; a log has only its end."""
    with shown_step(name), err.status(name) as status:
        yield lambda detail: status.update(f"{name} [dim]{detail}[/]")


@contextmanager
def silent_step(_: str) -> Iterator[Tell]:
    """Show nothing."""
    yield lambda _: None


@dataclass(kw_only=True)
class DeployProgress:
    """Reads the output of ``cdk deploy --progress events``, and reports how many resources of each stack are done."""

    tell: Tell
    _places: dict[str, str] = field(default_factory=dict)

    def see(self, line: str) -> None:
        """Read a line; lines without an event are skipped."""
        if (event := _EVENT.match(line)) and event["status"].endswith("_COMPLETE"):
            self._places[event["stack"]] = event["place"]
            self.tell(", ".join(f"{stack} {place}" for stack, place in self._places.items()))
