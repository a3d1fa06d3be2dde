"""`lake redrive`: let convert try again what it gave up."""

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from cli.console import err, out, print_json
from cli.deployment import find_deployment
from cli.options import JsonOption, NameOption, StageOption
from cli.redrive import redrive as move


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: lake redrive --stage dev")(redrive)


def redrive(name: NameOption = None, stage: StageOption = None, json: JsonOption = False) -> None:
    """Send dead letters back to the convert function. Doing it twice does no harm."""
    deployment = find_deployment(name=name, stage=stage)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=err, transient=True, disable=json
    ) as progress:
        task = progress.add_task("moving", total=None)
        moved = move(
            deployment.client("sqs"),
            source=deployment.output("ArrivalsDlqUrl"),
            target=deployment.output("ArrivalsQueueUrl"),
            progress=lambda count: progress.advance(task, count),
        )
    if json:
        print_json({"moved": moved})
    else:
        out.print(f"moved {moved}", highlight=False)
