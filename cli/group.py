"""The command group that turns an error meant for people into one line and exit status 1."""

from typing import Any

import typer
from botocore.exceptions import BotoCoreError, ClientError
from typer.core import TyperGroup

from offline.errors import LakeError
from thermocline.errors import ThermoclineError


class LakeGroup(TyperGroup):
    """Commands raise `LakeError`; a usage error stays typer's (exit status 2)."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; what it raises for people goes to stderr on one line."""
        try:
            return super().invoke(ctx)
        except (LakeError, ThermoclineError, ClientError, BotoCoreError) as error:
            typer.echo(f"lake: {' '.join(str(error).split())}", err=True)
            raise typer.Exit(1) from None
