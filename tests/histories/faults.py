"""Killing a function at any of its inputs and outputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Kill(NamedTuple):
    """Where a function dies: before or after a call takes effect, the first one of its name or a later one.

    "overtaken" instead of "before" or "after": it does not die, but is so slow that others do much before the call.
    """

    when: str
    call: str
    skip: int = 0


class Killed(BaseException):
    """The function's process ended here; no `except Exception` survives it."""


class Fuse:
    """Kills in the wrapped ports, once it is armed."""

    def __init__(self) -> None:
        self._kill: Kill | None = None
        self._others: Callable[[], None] = lambda: None

    def arm(self, kill: Kill | None, others: Callable[[], None] = lambda: None) -> None:
        """Say where to kill, None lets everything live; and what others do meanwhile if the function is overtaken."""
        self._kill = kill
        self._others = others

    def wrap(self, port: Any) -> Any:
        """Return a port that this fuse can kill in."""
        return _Fused(port, self)

    def burn(self, name: str, call: Callable[[], Any]) -> Any:
        """Make a call, unless the function dies before or after it."""
        kill = self._kill
        if kill is None or kill.call != name:
            return call()
        if kill.skip:
            self._kill = kill._replace(skip=kill.skip - 1)
            return call()
        if kill.when == "overtaken":
            self._kill = None
            self._others()
            return call()
        if kill.when == "after":
            call()
        raise Killed(f"{kill.when} {name}")


class _Fused:
    def __init__(self, port: Any, fuse: Fuse) -> None:
        self._port = port
        self._fuse = fuse

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._port, name)
        return lambda *args, **kwargs: self._fuse.burn(name, lambda: method(*args, **kwargs))
