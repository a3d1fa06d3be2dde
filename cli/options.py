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
OwnStageOption = Annotated[
    str | None,
    typer.Option(
        "--stage",
        help="A stage of config/, such as dev; by default your own, named by LAKE_STAGE or after you.",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]

IamOption = Annotated[bool, typer.Option("--iam", help="Enforce IAM: every function runs under its own role.")]

DEFAULT_NAME = "local"
