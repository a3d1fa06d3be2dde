"""Which stage a command works on, and whether it may."""

from __future__ import annotations

import getpass
import os

from cli.errors import CliError
from stacks.config import Config
from stacks.stages import stage_config


def chosen_config(stage: str | None) -> Config:
    """Return the configuration of a stage; by default, of the user's own stage."""
    return stage_config(stage, environ=os.environ, user=getpass.getuser)


def aws_config(stage: str | None, *, instead: str) -> Config:
    """Return the configuration of a stage on AWS.

    Raises
    ------
    CliError
        The stage is the offline one; the text says what to do `instead`.
    """
    config = chosen_config(stage)
    if config.offline:
        raise CliError(f"stage {config.stage!r} is the offline one: {instead}")
    return config


def refuse_if_protected(config: Config, what: str) -> None:
    """Refuse what may not be done with a protected stage.

    Parameters
    ----------
    what
        What is refused, such as "live mode".

    Raises
    ------
    CliError
        The stage is protected.
    """
    if config.protected:
        raise CliError(f"stage {config.stage!r} is protected (config/{config.stage}.toml), which refuses {what}")
