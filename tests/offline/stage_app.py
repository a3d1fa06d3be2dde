"""CDK entry of a stage on AWS for the emulator: the real stacks, without layers' wheels or named queries."""

import getpass
import os
import tempfile
from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_athena

from stacks.lake import build_lake
from stacks.stages import stage_config


def empty_layer(packages: tuple[str, ...]) -> Path:
    """A layer that names its packages and has none of them."""
    folder = Path(tempfile.mkdtemp())
    (folder / "packages.txt").write_text("\n".join(packages))
    return folder


def main() -> None:
    """Build the stacks of a stage."""
    app = cdk.App()
    config = stage_config(app.node.try_get_context("stage"), environ=os.environ, user=getpass.getuser)
    build_lake(app, config, layer_builder=empty_layer)
    for found in app.node.find_all():
        if isinstance(found, aws_athena.CfnNamedQuery) and (scope := found.node.scope):
            scope.node.try_remove_child(found.node.id)
    app.synth()


if __name__ == "__main__":
    main()
