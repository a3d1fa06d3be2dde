"""Wires ingest."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from thermocline.adapters.secrets import CachedSecret
    from thermocline.ingest.edge import Edge
    from thermocline.ingest.ports import EpochRegistry
    from thermocline.ingest.use_case import Ingest


@cache
def ingest() -> Ingest:
    """Return the ingest use case, from the environment's settings."""
    from thermocline.adapters.clients import impatient_client
    from thermocline.adapters.emf import EmfMetrics
    from thermocline.adapters.firehose import FirehoseSink
    from thermocline.contracts import load_contracts
    from thermocline.ingest.settings import IngestSettings
    from thermocline.ingest.use_case import Ingest

    settings = IngestSettings.from_env()
    return Ingest(
        sink=FirehoseSink(impatient_client("firehose"), settings.delivery_prefix),
        metrics=EmfMetrics(),
        contracts=load_contracts(),
        sources=settings.sources,
        secret=write_key_secret(),
        epochs=epoch_registry(impatient_client("dynamodb"), settings.epochs_table),
        edge=_edge(settings.edge_secret, required=settings.edge_required),
    )


@cache
def write_key_secret() -> CachedSecret:
    """Return the secret that write keys are derived from, from the environment's settings."""
    from thermocline.adapters.clients import impatient_client
    from thermocline.adapters.secrets import CachedSecret
    from thermocline.ingest.settings import IngestSettings

    return CachedSecret(impatient_client("secretsmanager"), IngestSettings.from_env().write_key_secret)


def epoch_registry(client: Any, table: str) -> EpochRegistry:
    """Return the registry of epochs in a table, by a boto3 DynamoDB client."""
    from thermocline.adapters.dynamodb_epochs import DynamoEpochs

    return DynamoEpochs(client, table)


def _edge(secret: str, *, required: bool) -> Edge | None:
    if not secret:
        return None
    from thermocline.adapters.clients import impatient_client
    from thermocline.adapters.secrets import RotatingSecret
    from thermocline.ingest.edge import Edge

    return Edge(RotatingSecret(impatient_client("secretsmanager"), secret), required=required)
