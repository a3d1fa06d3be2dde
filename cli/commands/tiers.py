"""`lake tiers`: what each table has at each temperature, and what it costs."""

from __future__ import annotations

import typer

from cli.console import err, out, print_json
from cli.deployment import find_deployment
from cli.options import JsonOption, NameOption, StageOption


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: lake tiers --stage dev")(tiers)


def tiers(name: NameOption = None, stage: StageOption = None, json: JsonOption = False) -> None:
    """Show every table by temperature: files, rows, bytes, storage class, oldest and newest, and the monthly cost.

    Hot is what a view reads from hot: generations from the watermark on. Settling files are in warm already, or belong
    to no object, and wait to be removed. Oldest and newest are generations of hot, days of events in warm, and days of
    delivery in raw.
    """
    from cli.tiers import as_json, tiers_of, tiers_tables, total_text

    lake = find_deployment(name=name, stage=stage)
    with err.status("listing files"):
        tables = tiers_of(lake)
    if json:
        print_json(as_json(tables))
        return
    for table in tiers_tables(tables):
        out.print(table)
    out.print(total_text(tables), highlight=False, soft_wrap=True)
