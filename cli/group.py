"""The command group that turns an error meant for people into one line, and exit status 1 or 2."""

import errno
import inspect
from typing import Any, NoReturn

import typer
from botocore.exceptions import BotoCoreError, ClientError
from typer.core import TyperGroup

from cli.aws_errors import explain
from cli.errors import WrongUsageError
from kit.errors import UserError
from offline.interrupts import Terminated

INTERRUPTED = 130
# Errors that a user can fix without knowing the code.
_OF_THE_DISK = {
    errno.ENOSPC: "free some space, then try again",
    errno.EDQUOT: "free some of your quota, then try again",
    errno.EROFS: "this file system can only be read",
    errno.EACCES: "it belongs to another user, or may not be written",
    errno.EPERM: "it belongs to another user, or may not be written",
}
_OURS = frozenset(("athena_local", "cli", "kit", "lambdas", "offline", "stacks", "thermocline"))
# Packages of the group `dev`, which are not on a machine that only ran the demo.
_WAY_TO_PACKAGES = "`make setup` installs what this command needs"


class LakeGroup(TyperGroup):
    """Commands raise a `UserError`; a usage error stays typer's (exit status 2)."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        _unwrap_help(self)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; an error meant for people goes to stderr on one line."""
        try:
            return super().invoke(ctx)
        except UserError as error:
            _fail(str(error), status=2 if isinstance(error, WrongUsageError) else 1)
        except (ClientError, BotoCoreError) as error:
            _fail(explain(error))
        except ModuleNotFoundError as error:
            if is_ours(error.name):
                raise
            _fail(f"the package {error.name} is not installed: {_WAY_TO_PACKAGES}")
        except OSError as error:
            if error.errno not in _OF_THE_DISK:
                raise
            where = f"{error.filename}: " if error.filename else ""
            _fail(f"{where}{error.strerror}: {_OF_THE_DISK[error.errno]}")
        except KeyboardInterrupt as interrupt:
            status = interrupt.exit_status if isinstance(interrupt, Terminated) else INTERRUPTED
            _fail("interrupted", status=status)


def is_ours(module: str | None) -> bool:
    """Tell whether a missing module belongs to this project: then the code is wrong, and not the set-up."""
    return (module or "").partition(".")[0] in _OURS


def _unwrap_help(command: Any) -> None:
    """Let each paragraph of the help, and of commands below, be wrapped for the terminal and not as the source is."""
    if command.help:
        command.help = "\n\n".join(" ".join(each.split()) for each in inspect.cleandoc(command.help).split("\n\n"))
    for below in getattr(command, "commands", {}).values():
        _unwrap_help(below)


def _fail(sentence: str, *, status: int = 1) -> NoReturn:
    typer.echo(f"lake: {' '.join(sentence.split())}", err=True)
    raise typer.Exit(status) from None
