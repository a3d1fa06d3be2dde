"""`lake demo`: the whole pipeline on real input."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable
from typing import Annotated

import msgspec
import typer

from cli.console import err, notice, out, print_json, shown_step
from cli.demo import data
from cli.demo.books import StreamBooks
from cli.demo.display import Bars, books_table
from cli.demo.promotion import Answers, Promotion, differing, promote_everything
from cli.demo.run import ask, keep_books, load_traffic, send_traffic
from cli.deployment import Deployment, offline_deployment
from cli.formats import as_table
from cli.options import IamOption, JsonOption, UpNameOption
from cli.project import lake_folder, project_root
from cli.tiers import as_json as tiers_as_json
from cli.tiers import tiers_tables
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
    analytical questions through the Athena API. Then it promotes everything from hot to warm, and asks again: the
    answers are the same, from far fewer files. The lake keeps running afterwards.
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
    with step("five questions answered from hot"):
        before = list(ask(lake, root / "sql" / "queries"))
    with step("everything promoted to warm"):
        promotion = promote_everything(lake, bars)
    with step("the same questions answered from warm"):
        after = list(ask(lake, root / "sql" / "queries"))
    demo = _Demo(
        streams=books, promotion=promotion, different=differing(before, after), seconds=time.monotonic() - started
    )
    if json:
        print_json(demo.as_json(lake))
    else:
        _show(demo, before)
    if not demo.fine:
        raise typer.Exit(1)


class _Demo(msgspec.Struct, frozen=True, kw_only=True):
    """What the demo found.

    Attributes
    ----------
    different
        Queries that promotion changed the answer of.
    """

    streams: dict[str, StreamBooks]
    promotion: Promotion
    different: list[str]
    seconds: float

    @property
    def fine(self) -> bool:
        """True if nothing was lost, doubled or changed."""
        balanced = all(book.balanced for book in self.streams.values())
        return balanced and self.promotion.books.balanced and not self.different

    def as_json(self, lake: Deployment) -> dict[str, object]:
        """Return it in JSON's types."""
        return {
            "streams": {stream: msgspec.to_builtins(book) for stream, book in self.streams.items()},
            "mirrors": {},
            "promotion": {
                "hot_files": self.promotion.hot_files,
                "warm_files": self.promotion.warm_files,
                "same_answers": not self.different,
                "balanced": self.promotion.books.balanced,
            },
            "tiers": tiers_as_json(self.promotion.tiers),
            "urls": {"ingest": lake.ingest_url, "web": None},
            "seconds": round(self.seconds, 1),
        }


def _show(demo: _Demo, answers: Answers) -> None:
    for description, result in answers:
        out.print(f"\n[bold]{description}[/]")
        out.print(as_table(result))
    out.print()
    for table in tiers_tables(demo.promotion.tiers):
        out.print(table)
    _say(not demo.different, f"the same answers from warm{_list(demo.different)}")
    _say(demo.promotion.books.balanced, f"every line of raw is in one place{_list(demo.promotion.books.findings())}")
    out.print(f"queries read {demo.promotion.warm_files:,} files instead of {demo.promotion.hot_files:,}")
    out.print()
    out.print(books_table(demo.streams))
    out.print(f"\nDone in {demo.seconds:.0f} s. The lake keeps running; look into it:")
    out.print('  .venv/bin/lake query "select * from clickstream limit 1"', highlight=False)
    out.print("  .venv/bin/lake tiers", highlight=False)
    out.print("  .venv/bin/lake down --all", highlight=False)


def _say(fine: bool, what: str) -> None:
    out.print(f"{'[green]✓[/]' if fine else '[red]✗ NOT[/]'} {what}", highlight=False)


def _list(items: Iterable[str]) -> str:
    return "".join(f"\n    {item}" for item in items)
