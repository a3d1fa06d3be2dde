"""The only wiring of adapters to use cases.

Imports are inside the functions, so that a function loads what it uses: ingest must start without pyarrow.
Each use case is built once a process, at its first invocation.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from thermocline.adapters.secrets import CachedSecret
    from thermocline.convert.heartbeat import Retries
    from thermocline.convert.use_case import Convert
    from thermocline.ingest.edge import Edge
    from thermocline.ingest.use_case import Ingest
    from thermocline.ports import EpochRegistry, MessageVisibility
    from thermocline.sweep.use_case import Sweep


def utc_now() -> dt.datetime:
    """Return the time now, UTC."""
    return dt.datetime.now(dt.UTC)


@cache
def ingest() -> Ingest:
    """Return the ingest use case, from the environment's settings."""
    from thermocline.adapters.emf import EmfMetrics
    from thermocline.adapters.firehose import FirehoseSink
    from thermocline.contracts import load_contracts
    from thermocline.ingest.use_case import Ingest
    from thermocline.settings import IngestSettings

    settings = IngestSettings.from_env()
    return Ingest(
        sink=FirehoseSink(_impatient_client("firehose"), settings.delivery_streams),
        metrics=EmfMetrics(),
        contracts=load_contracts(),
        sources=settings.sources,
        secret=write_key_secret(),
        epochs=epoch_registry(_impatient_client("dynamodb"), settings.epochs_table),
        edge=_edge(settings.edge_secret, required=settings.edge_required),
    )


def epoch_registry(client: Any, table: str) -> EpochRegistry:
    """Return the registry of epochs in a table, by a boto3 DynamoDB client."""
    from thermocline.adapters.dynamodb_epochs import DynamoEpochs

    return DynamoEpochs(client, table)


def _edge(secret: str, *, required: bool) -> Edge | None:
    if not secret:
        return None
    from thermocline.adapters.secrets import RotatingSecret
    from thermocline.ingest.edge import Edge

    return Edge(RotatingSecret(_impatient_client("secretsmanager"), secret), required=required)


@cache
def write_key_secret() -> CachedSecret:
    """Return the secret that write keys are derived from, from the environment's settings."""
    from thermocline.adapters.secrets import CachedSecret
    from thermocline.settings import IngestSettings

    return CachedSecret(_impatient_client("secretsmanager"), IngestSettings.from_env().write_key_secret)


@cache
def convert() -> Convert:
    """Return the convert use case, from the environment's settings."""
    from thermocline.adapters.dynamodb_ledger import DynamoLedger
    from thermocline.adapters.s3 import S3Store
    from thermocline.contracts import load_contracts
    from thermocline.convert.use_case import Convert
    from thermocline.settings import ConvertSettings

    settings = ConvertSettings.from_env()
    return Convert(
        store=S3Store(_client("s3"), settings.lake_bucket),
        ledger=DynamoLedger(_client("dynamodb"), settings.ledger_table),
        contracts=load_contracts(),
        clock=utc_now,
    )


@cache
def arrivals_visibility() -> MessageVisibility:
    """Return the queue that convert's messages come from, from the environment's settings."""
    from thermocline.adapters.sqs import SqsVisibility
    from thermocline.settings import ConvertSettings

    return SqsVisibility(_impatient_client("sqs"), ConvertSettings.from_env().arrivals_queue_url)


@cache
def convert_retries() -> Retries:
    """Return how long convert's messages wait after a failure, from the environment's settings."""
    from thermocline.convert.heartbeat import Retries
    from thermocline.settings import ConvertSettings

    settings = ConvertSettings.from_env()
    return Retries(first_seconds=settings.first_retry_seconds, longest_seconds=settings.longest_retry_seconds)


@cache
def sweep() -> Sweep:
    """Return the sweep use case, from the environment's settings."""
    from thermocline.adapters.dynamodb_ledger import DynamoLedger
    from thermocline.adapters.s3 import S3Store
    from thermocline.adapters.sqs import SqsArrivals
    from thermocline.contracts import load_contracts
    from thermocline.settings import SweepSettings
    from thermocline.sweep.use_case import Sweep

    settings = SweepSettings.from_env()
    return Sweep(
        listing=S3Store(_client("s3"), settings.lake_bucket),
        ledger=DynamoLedger(_client("dynamodb"), settings.ledger_table),
        arrivals=SqsArrivals(_client("sqs"), settings.arrivals_queue_url),
        streams=tuple(load_contracts()),
        clock=utc_now,
        settle=dt.timedelta(minutes=settings.settle_minutes),
        look_back=dt.timedelta(hours=settings.look_back_hours),
    )


def _impatient_client(service: str) -> Any:
    # The sender waits for the answer, and the sink has retries of its own.
    return _client(service, read_timeout=3, attempts=1)


def _client(service: str, *, read_timeout: float = 20, attempts: int = 3) -> Any:
    import boto3
    from botocore.config import Config

    retries = {"mode": "standard", "total_max_attempts": attempts}
    return boto3.client(service, config=Config(connect_timeout=2, read_timeout=read_timeout, retries=retries))
