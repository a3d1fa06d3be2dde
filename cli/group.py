"""The command group that turns an error meant for people into one line and exit status 1."""

from typing import Any, NoReturn

import typer
from botocore.exceptions import BotoCoreError, ClientError
from typer.core import TyperGroup

from cli.aws_errors import explain
from offline.errors import LakeError
from thermocline.errors import ThermoclineError


class LakeGroup(TyperGroup):
    """Commands raise `LakeError`; a usage error stays typer's (exit status 2)."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; what it raises for people goes to stderr on one line."""
        try:
            return super().invoke(ctx)
        except (LakeError, ThermoclineError) as error:
            _fail(str(error))
        except (ClientError, BotoCoreError) as error:
            _fail(explain(error))


def _fail(sentence: str) -> NoReturn:
    typer.echo(f"lake: {' '.join(sentence.split())}", err=True)
    raise typer.Exit(1) from None
