"""`lake query`: SQL through the Athena API."""

from enum import StrEnum
from typing import Annotated

import typer

from cli.athena import run_query
from cli.console import err, out
from cli.deployment import find_deployment
from cli.formats import as_csv, as_json, as_text, fitting, summary
from cli.options import NameOption, StageOption


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog='Example: lake query "select count(*) from clickstream" --format csv')(query)


def query(
    sql: Annotated[str | None, typer.Argument(help="One statement in Athena's SQL.")] = None,
    file: Annotated[
        typer.FileText | None, typer.Option("--file", help="Read the statement from a file; - is standard input.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print the rows.")] = Format.TABLE,
    name: NameOption = None,
    stage: StageOption = None,
) -> None:
    """Run SQL on the lake, offline or on AWS."""
    if (sql is None) == (file is None):
        raise typer.BadParameter("give one statement, or --file with one", param_hint="SQL")
    statement = sql if file is None else file.read()
    result = run_query(find_deployment(name=name, stage=stage), str(statement))
    if form is Format.TABLE:
        if result.is_text:
            typer.echo(as_text(result), nl=False)
        elif result.columns and result.written is None:
            out.print(fitting(result, out))
        err.print(f"[dim]{summary(result)}[/]")
    else:
        typer.echo(as_csv(result) if form is Format.CSV else as_json(result) + "\n", nl=False)
