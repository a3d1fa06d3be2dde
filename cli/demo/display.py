"""How the demo looks in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from cli.console import err
from cli.demo.books import StreamBooks
from cli.demo.run import Progress as Report


class Bars:
    """Progress bars on standard error; none when `quiet`."""

    def __init__(self, *, quiet: bool) -> None:
        columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=err, disable=quiet)
        self._open = 0

    @contextmanager
    def bar(self, name: str, total: int) -> Iterator[Report]:
        """Show a progress bar; several may be shown at the same time."""
        task = self._progress.add_task(name, total=total)
        self._begin()
        try:
            yield lambda count: self._progress.update(task, completed=count)
        finally:
            self._end()

    def _begin(self) -> None:
        self._open += 1
        if self._open == 1:
            self._progress.start()

    def _end(self) -> None:
        self._open -= 1
        if self._open == 0:
            self._progress.stop()
            for task in self._progress.task_ids:
                self._progress.remove_task(task)


def books_table(books: Mapping[str, StreamBooks]) -> Table:
    """Return the table that the demo ends with."""
    table = Table("stream", title="The books", title_justify="left")
    for column in ("sent", "accepted", "queryable", "quarantined"):
        table.add_column(column, justify="right")
    table.add_column("balance")
    for stream, book in books.items():
        counts = (book.sent, book.accepted, book.queryable, book.quarantined)
        verdict = "[green]exact[/]" if book.balanced else "[red]DIFFERS[/]"
        table.add_row(stream, *(f"{count:,}" for count in counts), verdict)
    return table
