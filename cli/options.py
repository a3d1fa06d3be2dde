"""Options that several commands share."""

from typing import Annotated

import typer

NameOption = Annotated[
    str | None,
    typer.Option(
        "--name", help="The offline environment. By default, the one that was started last.", envvar="LAKE_NAME"
    ),
]
UpNameOption = Annotated[str, typer.Option("--name", help="The offline environment.", envvar="LAKE_NAME")]
StageOption = Annotated[
    str | None, typer.Option("--stage", help="A stage on AWS, such as dev, instead of an offline environment.")
]
OwnStageOption = Annotated[
    str | None,
    typer.Option(
        "--stage",
        help="A stage of config/, such as dev. By default, your own stage: LAKE_STAGE, or your user name.",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]

KeepOption = Annotated[
    bool,
    typer.Option("--keep", help="Keep the data when the lake is stopped, for the next `lake up`."),
]
PortOption = Annotated[
    int | None,
    typer.Option(
        "--port",
        min=1024,
        max=65_000,
        envvar="LAKE_PORT",
        help="The front door's port; emulator, Athena and runner take the next three. By default, as before.",
        show_default=False,
    ),
]
IamOption = Annotated[bool, typer.Option("--iam", help="Enforce IAM: every function runs under its own role.")]

DEFAULT_NAME = "local"
