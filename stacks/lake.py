"""The whole lake: its stacks, in the order in which they need each other."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_lambda

from stacks.catalog import CatalogStack
from stacks.config import Config
from stacks.constructs import set_default_function_props
from stacks.ingest import IngestStack
from stacks.layers import COLUMNAR, LIGHT, LayerBuilder, build_layer
from stacks.processing import ProcessingStack
from stacks.serving import ServingStack
from stacks.storage import StorageStack


def build_lake(app: cdk.App, config: Config, *, layer_builder: LayerBuilder = build_layer) -> None:
    """Add the stacks of a stage to an app.

    Parameters
    ----------
    layer_builder
        Makes the folder of a layer from package names. It is not called offline, where functions take packages
        from the virtual environment.
    """

    def packages(names: tuple[str, ...]) -> aws_lambda.Code | None:
        return None if config.offline else aws_lambda.Code.from_asset(str(layer_builder(names)))

    storage = StorageStack(app, config=config)
    set_default_function_props(app, {"log_retention_days": config.log_retention_days, "encryption_key": storage.key})
    IngestStack(app, config=config, storage=storage, packages=packages(LIGHT))
    ProcessingStack(app, config=config, storage=storage, packages=packages(COLUMNAR))
    catalog = CatalogStack(app, config=config, storage=storage)
    ServingStack(app, config=config, storage=storage, catalog=catalog)
