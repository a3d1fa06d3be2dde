"""`lake redrive`: let convert try again what it gave up."""

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from cli.console import err, out, print_json
from cli.deployment import find_deployment
from cli.options import JsonOption, NameOption, StageOption
from cli.promotion import parked_objects
from cli.redrive import queue_again
from cli.redrive import redrive as move


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: lake redrive --stage dev")(redrive)


def redrive(name: NameOption = None, stage: StageOption = None, json: JsonOption = False) -> None:
    """Send dead letters and parked objects back to the convert function. Doing it twice does no harm."""
    deployment = find_deployment(name=name, stage=stage)
    sqs, arrivals = deployment.client("sqs"), deployment.output("ArrivalsQueueUrl")
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=err, transient=True, disable=json
    ) as progress:
        task = progress.add_task("moving", total=None)
        moved = move(
            sqs,
            source=deployment.output("ArrivalsDlqUrl"),
            target=arrivals,
            progress=lambda count: progress.advance(task, count),
        )
    # The queue forgets dead letters after 14 days; the ledger forgets no parked object.
    parked = queue_again(sqs, arrivals, parked_objects(deployment))
    if json:
        print_json({"moved": moved, "parked": parked})
    else:
        out.print(f"moved {moved}, and queued {parked} parked objects", highlight=False)
