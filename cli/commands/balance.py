"""`lake balance`: whether every line of raw is in exactly one place."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.console import err, out, print_json
from cli.deployment import find_deployment
from cli.options import FirstOption, JsonOption, LastOption, NameOption, StageOption


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: lake balance --stream clickstream --from 2026-11-26-00 --stage dev")(balance)


def balance(
    stream: Annotated[str | None, typer.Option(help="One stream. By default, all.", show_default=False)] = None,
    first: FirstOption = None,
    last: LastOption = None,
    name: NameOption = None,
    stage: StageOption = None,
    json: JsonOption = False,
) -> None:
    """Balance the books: lines in raw = hot + warm + quarantined + deduplicated + recovered + suppressed + pending.

    Without --from they begin 72 hours ago. Rows are counted in the files themselves, and must agree with the ledger.
    What ingest counted when it acknowledged events may not be more than raw has. The exit status is 1 if anything does
    not balance.
    """
    from cli.books import as_json, balance_tables, balanced_text, books_of, received_text

    lake = find_deployment(name=name, stage=stage)
    with err.status("counting rows"):
        books = books_of(lake, first=first, last=last, stream=stream)
    if json:
        print_json(as_json(books))
    else:
        for table in balance_tables(books):
            out.print(table)
        for line in filter(None, [received_text(books)]):
            out.print(line, highlight=False, soft_wrap=True)
        for finding in books.findings():
            err.print(f"[red]✗[/] {finding}", soft_wrap=True)
        if books.balanced:
            err.print(f"[green]✓[/] {balanced_text(books)}")
    if not books.balanced:
        raise typer.Exit(1)
