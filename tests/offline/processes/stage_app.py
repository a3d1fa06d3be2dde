"""CDK entry of a stage on AWS for the emulator: the real stacks, without what it does not know, and layers' wheels.

It knows no named queries of Athena and no security configurations of Glue.
"""

import getpass
import os
import tempfile
from functools import partial
from pathlib import Path

from aws_cdk import aws_athena, aws_glue

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
        unknown = isinstance(found, aws_athena.CfnNamedQuery | aws_glue.CfnSecurityConfiguration)
        if unknown and (scope := found.node.scope):
            scope.node.try_remove_child(found.node.id)
        if isinstance(found, aws_glue.CfnJob):
            found.security_configuration = None
    app.synth()


if __name__ == "__main__":
    main()
