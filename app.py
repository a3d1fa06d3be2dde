#!/usr/bin/env python3
"""CDK entry: ``cdk deploy --all -c stage=prod``; the stage is dev when none is given."""

from __future__ import annotations

import os
import sys

import aws_cdk as cdk

from stacks.config import load_config
from stacks.lake import build_lake
from thermocline.errors import ConfigurationError


def main() -> None:
    """Build the stacks of the stage that ``-c stage=`` or LAKE_STAGE names."""
    app = cdk.App()
    stage = app.node.try_get_context("stage") or os.environ.get("LAKE_STAGE") or "dev"
    try:
        build_lake(app, load_config(stage))
    except ConfigurationError as error:
        sys.exit(f"error: {error}")
    app.synth()


if __name__ == "__main__":
    main()
