"""CDK entry of a stage on AWS for the emulator: the real stacks, without layers' wheels or named queries."""

import getpass
import os
import tempfile
from functools import partial
from pathlib import Path

from aws_cdk import aws_athena

from stacks.lake import build_lake, lake_app
from stacks.stages import stage_config


def empty_layer(packages: tuple[str, ...]) -> Path:
    """A layer that names its packages and has none of them."""
    folder = Path(tempfile.mkdtemp())
    (folder / "packages.txt").write_text("\n".join(packages))
    return folder


def main() -> None:
    """Build the stacks of a stage."""
    config_of = partial(stage_config, environ=os.environ, user=getpass.getuser)
    app = lake_app(lambda: config_of(None).stage)
    build_lake(app, config_of(app.stage), layer_builder=empty_layer)
    for found in app.node.find_all():
        if isinstance(found, aws_athena.CfnNamedQuery) and (scope := found.node.scope):
            scope.node.try_remove_child(found.node.id)
    app.synth()


if __name__ == "__main__":
    main()
