#!/usr/bin/env python3
"""CDK entry: the lake, and this project's own stack on it."""

from __future__ import annotations

import getpass
import os
import sys
from functools import partial
from typing import Any

from kit.constructs import App
from kit.errors import UserError
from stacks.config import Config
from stacks.lake import build_lake, lake_app
from stacks.notes import NotesStack
from stacks.stages import stage_config


def build(app: App, config: Config, **options: Any) -> None:
    """Add the stacks of a stage to an app; options are those of `build_lake`."""
    lake = build_lake(app, config, **options)
    NotesStack(app, config=config, lake=lake)


def main() -> None:
    """Build the stacks of the stage that ``-c stage=`` names, else of the user's own."""
    config_of = partial(stage_config, environ=os.environ, user=getpass.getuser)
    try:
        app = lake_app(lambda: config_of(None).stage)
        build(app, config_of(app.stage))
    except UserError as error:
        sys.exit(f"error: {error}")
    app.synth()


if __name__ == "__main__":
    main()
