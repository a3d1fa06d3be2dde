"""The whole lake: its stacks, in the order in which they need each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from stacks.base import APP
from stacks.catalog import CatalogStack
from stacks.code import PACKAGES, ROOT
from stacks.config import Config
from stacks.constructs import App
from stacks.ingest import IngestStack
from stacks.layers import COLUMNAR, LIGHT, LayerBuilder, build_layer
from stacks.processing import ProcessingStack
from stacks.serving import ServingStack
from stacks.storage import StorageStack


def lake_app(stage: str | Callable[[], str], **options: Any) -> App:
    """Return the lake's app without its stacks; the context's stage wins over the one that is given."""
    return App(name=APP, stage=stage, root=ROOT, include=PACKAGES, **options)


def build_lake(app: App, config: Config, *, layer_builder: LayerBuilder = build_layer) -> None:
    """Add the stacks of a stage to an app.

    Parameters
    ----------
    layer_builder
        Makes the folder of a layer from package names. It is not called offline, where functions take packages
        from the virtual environment.
    """

    def packages(names: tuple[str, ...]) -> Path | None:
        return None if config.offline else layer_builder(names)

    storage = StorageStack(app, config=config)
    app.set_default_function_props({"log_retention_days": config.log_retention_days, "encryption_key": storage.key})
    IngestStack(app, config=config, storage=storage, packages=packages(LIGHT))
    ProcessingStack(app, config=config, storage=storage, packages=packages(COLUMNAR))
    catalog = CatalogStack(app, config=config, storage=storage)
    ServingStack(app, config=config, storage=storage, catalog=catalog)
