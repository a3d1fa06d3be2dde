"""Results go to stdout, progress to stderr, so that a script reads only results."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

out = Console()
err = Console(stderr=True, highlight=False)


@contextmanager
def shown_step(name: str) -> Iterator[None]:
    """Print a step's name and time when it is done; steps may run at the same time."""
    started = time.perf_counter()
    try:
        yield
    except BaseException:
        err.print(f"[red]✗[/] {name} [dim]{time.perf_counter() - started:.1f} s[/]")
        raise
    err.print(f"[green]✓[/] {name} [dim]{time.perf_counter() - started:.1f} s[/]")


def notice(text: str) -> None:
    """Print a notice, which is neither a step nor a result, on stderr."""
    err.print(text, style="yellow", markup=False, soft_wrap=True)


def print_json(value: object) -> None:
    """Print a value as JSON on stdout, without colours or wrapping."""
    print(json.dumps(value, indent=2, default=str))
