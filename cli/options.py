"""Options that several commands share."""

from typing import Annotated

import typer

from cli.errors import WrongUsageError
from thermocline.generations import begins, hour_of

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
TableArgument = Annotated[
    str, typer.Argument(metavar="table", help="A table of the lake, such as clickstream.", show_default=False)
]
FirstOption = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="GEN", help="First generation, an hour (UTC) like 2026-11-26-14.", show_default=False
    ),
]
LastOption = Annotated[
    str | None,
    typer.Option("--to", metavar="GEN", help="Last generation; it is taken, too.", show_default=False),
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


def generation(option: str, text: str | None) -> str | None:
    """Return the generation that an option names.

    Raises
    ------
    WrongUsageError
        The text is no generation.
    """
    try:
        if text is None or hour_of(begins(text)) == text:
            return text
    except ValueError:
        pass
    raise WrongUsageError(f"{option} {text!r} is not a generation: write an hour (UTC) like 2026-11-26-14")


def generations(first: str | None, last: str | None) -> tuple[str | None, str | None]:
    """Return the generations that --from and --to name; either may be missing.

    Raises
    ------
    WrongUsageError
        One is no generation, or the last is before the first.
    """
    bounds = generation("--from", first), generation("--to", last)
    if first and last and last < first:
        raise WrongUsageError(f"--to {last} is before --from {first}: no generation is between them")
    return bounds
