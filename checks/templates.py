"""The templates of a stage, synthesised in this process and without the wheels of its layers.

``python -m checks.templates FOLDER`` writes those of every stage there, without the hashes of their assets, so that
``diff -r`` of two such folders shows what a change of code does to what is deployed.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import aws_cdk as cdk

from stacks.code import ROOT
from stacks.config import Config, configured_stages, load_config, personal_config
from stacks.lake import build_lake, lake_app


@contextmanager
def built(stage: str, **more_context: bool) -> Iterator[cdk.App]:
    """Build the app of a stage, with cdk.json's context and more."""
    context = json.loads((ROOT / "cdk.json").read_text())["context"]
    with TemporaryDirectory(prefix="thermocline-assembly-") as folder:
        app = lake_app(stage, context=context | more_context, outdir=f"{folder}/cdk.out")
        build_lake(app, config_of(stage), layer_builder=lambda packages: _empty_layer(Path(folder), packages))
        yield app


def config_of(stage: str) -> Config:
    """Return the configuration of a stage that has a file, or of a developer's own that has none."""
    return load_config(stage) if stage in configured_stages() else personal_config(stage)


def _empty_layer(folder: Path, packages: tuple[str, ...]) -> Path:
    layer = folder / "-".join(packages)
    layer.mkdir()
    (layer / "packages.txt").write_text("\n".join(packages))
    return layer


def write_templates(folder: Path) -> None:
    """Write the template of every stack of every stage, with its resources in alphabetical order."""
    for stage in (*configured_stages(), _PERSONAL):
        with built(stage) as app:
            for stack in app.synth().stacks:
                text = json.dumps(stack.template, indent=1, sort_keys=True)
                (folder / f"{stack.stack_name}.json").write_text(_HASH.sub("HASH", text))


# Names of assets hold a hash of their content, names of function versions a hash of the code.
_HASH = re.compile(r"[0-9a-f]{64}|(?<=Version)[0-9a-f]{32}")
_PERSONAL = "ada"


if __name__ == "__main__":
    write_templates(Path(sys.argv[1]))
