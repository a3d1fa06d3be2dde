"""Options that several commands share."""

from typing import Annotated

import typer

NameOption = Annotated[
    str | None,
    typer.Option("--name", help="The offline environment; by default the one started last.", envvar="LAKE_NAME"),
]
UpNameOption = Annotated[str, typer.Option("--name", help="The offline environment.", envvar="LAKE_NAME")]
StageOption = Annotated[
    str | None, typer.Option("--stage", help="A stage on AWS (such as dev) instead of an offline environment.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]

DEFAULT_NAME = "local"
