#!/usr/bin/env python3
"""CDK entry: ``cdk deploy --all -c stage=prod``; without a stage it is the user's own, as for ``lake deploy``."""

from __future__ import annotations

import getpass
import os
import sys

import aws_cdk as cdk

from stacks.lake import build_lake
from stacks.stages import stage_config
from thermocline.errors import ConfigurationError


def main() -> None:
    """Build the stacks of the stage that ``-c stage=`` names, else of the user's own."""
    app = cdk.App()
    try:
        config = stage_config(app.node.try_get_context("stage"), environ=os.environ, user=getpass.getuser)
        build_lake(app, config)
    except ConfigurationError as error:
        sys.exit(f"error: {error}")
    app.synth()


if __name__ == "__main__":
    main()
