#!/usr/bin/env python3
"""CDK entry: the lake, and this project's own stack on it."""

from __future__ import annotations

import getpass
import os
import sys
from functools import partial

from stacks.constructs import DefinitionError
from stacks.lake import build_lake, lake_app
from stacks.notes import NotesStack
from stacks.stages import stage_config
from thermocline.errors import ConfigurationError


def main() -> None:
    """Build the stacks of the stage that ``-c stage=`` names, else of the user's own."""
    config_of = partial(stage_config, environ=os.environ, user=getpass.getuser)
    try:
        app = lake_app(lambda: config_of(None).stage)
        config = config_of(app.stage)
        lake = build_lake(app, config)
        NotesStack(app, config=config, lake=lake)
    except (ConfigurationError, DefinitionError) as error:
        sys.exit(f"error: {error}")
    app.synth()


if __name__ == "__main__":
    main()
