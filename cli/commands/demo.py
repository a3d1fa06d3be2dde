"""`lake demo`: the whole pipeline on real input."""

from __future__ import annotations

import datetime as dt
import time
from typing import Annotated

import msgspec
import typer

from cli.console import err, notice, out, print_json, shown_step
from cli.demo import data
from cli.demo.books import StreamBooks
from cli.demo.display import Bars, books_table
from cli.demo.run import ask, keep_books, load_traffic, send_traffic
from cli.deployment import Deployment, offline_deployment
from cli.formats import as_table
from cli.options import IamOption, JsonOption, UpNameOption
from cli.project import lake_folder, project_root
from offline.lifecycle import down, silent, up

NAME = "demo"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: lake demo --json")(demo)


def demo(
    name: UpNameOption = NAME,
    quick: Annotated[bool, typer.Option("--quick", help="Send a tenth of the input.")] = False,
    iam: IamOption = False,
    json: JsonOption = False,
) -> None:
    """Run the whole pipeline offline on real input, and check that its books balance.

    It starts an empty lake called demo, and replaces one of that name. It sends 32,283 clicks of an online shop with
    Segment's client, and a year of hourly weather with AWS's IoT client. When all of it can be queried, it asks five
    analytical questions through the Athena API. The lake keeps running afterwards.
    """
    started = time.monotonic()
    root, step = project_root(), silent if json else shown_step
    with step("data"):
        data.fetch(root / ".lake" / "data", report=lambda text: None if json else err.print(text))
        traffic = load_traffic(root / ".lake" / "data")
        traffic = traffic.tenth() if quick else traffic
    folder = lake_folder(name)
    down(folder, discard=True)
    lake = offline_deployment(up(folder, iam=iam, step=step, say=notice))
    since, bars = dt.datetime.now(dt.UTC), Bars(quiet=json)
    with step(f"{len(traffic.clicks):,} clicks and {len(traffic.packs):,} SenML packs sent"):
        send_traffic(lake, traffic, bars)
    with step("everything converted and counted"):
        books = keep_books(lake, traffic.sent, since, bars)
    _answer(lake, json=json)
    _report(lake, books, seconds=time.monotonic() - started, json=json)
    if not all(book.balanced for book in books.values()):
        raise typer.Exit(1)


def _answer(lake: Deployment, *, json: bool) -> None:
    for description, result in ask(lake, project_root() / "sql" / "queries"):
        if not json:
            out.print(f"\n[bold]{description}[/]")
            out.print(as_table(result))


def _report(lake: Deployment, books: dict[str, StreamBooks], *, seconds: float, json: bool) -> None:
    if json:
        streams = {stream: msgspec.to_builtins(book) for stream, book in books.items()}
        urls = {"ingest": lake.ingest_url, "web": None}
        print_json({"streams": streams, "mirrors": {}, "urls": urls, "seconds": round(seconds, 1)})
        return
    out.print()
    out.print(books_table(books))
    out.print(f"\nDone in {seconds:.0f} s. The lake keeps running; look into it:")
    out.print('  .venv/bin/lake query "select * from clickstream limit 1"', highlight=False)
    out.print("  .venv/bin/lake down --all", highlight=False)
