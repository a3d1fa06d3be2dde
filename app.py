#!/usr/bin/env python3
"""CDK entry: ``cdk deploy --all -c stage=prod``; without a stage it is the user's own, as for ``lake deploy``."""

from __future__ import annotations

import getpass
import os
import sys
from functools import partial

from kit.errors import UserError
from stacks.lake import build_lake, lake_app
from stacks.stages import stage_config


def main() -> None:
    """Build the stacks of the stage that ``-c stage=`` names, else of the user's own."""
    config_of = partial(stage_config, environ=os.environ, user=getpass.getuser)
    try:
        app = lake_app(lambda: config_of(None).stage)
        build_lake(app, config_of(app.stage))
    except UserError as error:
        sys.exit(f"error: {error}")
    app.synth()


if __name__ == "__main__":
    main()
