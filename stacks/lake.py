"""The whole lake: its stacks, each after those that it needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from kit.constructs import App
from kit.packaging.layers import LayerBuilder
from kit.project import app_name
from stacks.catalog import CatalogStack
from stacks.code import PACKAGES, ROOT
from stacks.config import Config
from stacks.edge import EdgeStack
from stacks.ingest import IngestStack
from stacks.layers import COLUMNAR, LIGHT, READING, WARM, build_layer
from stacks.processing import ProcessingStack
from stacks.recover import add_recover
from stacks.serving import ServingStack
from stacks.storage import StorageStack
from stacks.tiers import TiersStack
from stacks.views import ViewsStack


def lake_app(stage: str | Callable[[], str], **options: Any) -> App:
    """Return the lake's app without its stacks; the context's stage overrides `stage`."""
    return App(name=app_name(ROOT), stage=stage, root=ROOT, include=PACKAGES, **options)


class Lake(NamedTuple):
    """The lake's stacks, for an app's own stacks to build on."""

    storage: StorageStack
    ingest: IngestStack
    edge: EdgeStack | None
    processing: ProcessingStack
    catalog: CatalogStack
    serving: ServingStack
    tiers: TiersStack
    views: ViewsStack


def build_lake(app: App, config: Config, *, layer_builder: LayerBuilder = build_layer) -> Lake:
    """Add the stacks of a stage to an app, and return them.

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
    ingest = IngestStack(app, config=config, storage=storage, packages=packages(LIGHT))
    # Offline, the front door acts as the edge.
    edge = EdgeStack(app, config=config, ingest=ingest) if config.edge.enabled and not config.offline else None
    processing = ProcessingStack(app, config=config, storage=storage, packages=packages(COLUMNAR))
    ingest.add_stack_dependency(processing)  # convert knows a new column before ingest writes it
    catalog = CatalogStack(app, config=config, storage=storage)
    serving = ServingStack(app, config=config, storage=storage, catalog=catalog)
    warm_packages = packages(WARM)
    tiers = TiersStack(app, config=config, storage=storage, catalog=catalog, packages=warm_packages)
    add_recover(
        tiers,
        storage=storage,
        database=catalog.database_name,
        write_keys=ingest.write_keys_name,
        packages=packages(READING),
    )
    views = ViewsStack(app, config=config, storage=storage, catalog=catalog, packages=warm_packages)
    for before in (processing, tiers):  # a deployment ends with the views: nobody writes earlier ones after them
        views.add_stack_dependency(before)
    return Lake(storage, ingest, edge, processing, catalog, serving, tiers, views)
