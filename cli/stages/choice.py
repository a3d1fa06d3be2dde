"""Which stage a command means, and whether it may have it."""

from __future__ import annotations

import getpass
import os

from cli.errors import CliError
from stacks.config import Config
from stacks.stages import stage_config


def chosen_config(stage: str | None) -> Config:
    """The configuration of a stage; without one, of the user's own."""
    return stage_config(stage, environ=os.environ, user=getpass.getuser)


def aws_config(stage: str | None, *, instead: str) -> Config:
    """The configuration of a stage on AWS; `CliError` says what to do `instead` with the offline one."""
    config = chosen_config(stage)
    if config.offline:
        raise CliError(f"stage {config.stage!r} is the offline one: {instead}")
    return config


def refuse_if_protected(config: Config, what: str) -> None:
    """Raise `CliError` when a stage is protected; `what` is what it refuses, as in "live mode"."""
    if config.protected:
        raise CliError(f"stage {config.stage!r} is protected (config/{config.stage}.toml), which refuses {what}")
