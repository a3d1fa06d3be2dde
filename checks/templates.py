"""The templates of a stage, synthesised in this process and without the wheels of its layers."""

from __future__ import annotations

import json
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
