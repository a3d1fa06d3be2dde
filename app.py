#!/usr/bin/env python3
"""CDK entry: ``cdk deploy --all -c stage=prod``; the stage is dev when none is given."""

from __future__ import annotations

import os
import sys

from stacks.config import load_config
from stacks.constructs import DefinitionError
from stacks.lake import build_lake, lake_app
from thermocline.errors import ConfigurationError


def main() -> None:
    """Build the stacks of the stage that ``-c stage=`` or LAKE_STAGE names."""
    try:
        app = lake_app(os.environ.get("LAKE_STAGE") or "dev")
        build_lake(app, load_config(app.stage))
    except (ConfigurationError, DefinitionError) as error:
        sys.exit(f"error: {error}")
    app.synth()


if __name__ == "__main__":
    main()
