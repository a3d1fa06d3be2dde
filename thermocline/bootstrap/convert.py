"""Wires convert."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thermocline.convert.heartbeat import Retries
    from thermocline.convert.ports import MessageVisibility
    from thermocline.convert.use_case import Convert


@cache
def convert() -> Convert:
    """Return the convert use case, from the environment's settings."""
    from thermocline.adapters.clients import client
    from thermocline.adapters.dynamodb_ledger import DynamoLedger
    from thermocline.adapters.s3 import S3Store
    from thermocline.bootstrap.subjects import subject_hasher
    from thermocline.clock import utc_now
    from thermocline.contracts import load_contracts
    from thermocline.convert.settings import ConvertSettings
    from thermocline.convert.use_case import Convert

    settings = ConvertSettings.from_env()
    return Convert(
        store=S3Store(client("s3"), settings.lake_bucket),
        ledger=DynamoLedger(client("dynamodb"), settings.ledger_table),
        contracts=load_contracts(),
        hasher=subject_hasher(settings.subject_key_secret),
        clock=utc_now,
    )


@cache
def arrivals_visibility() -> MessageVisibility:
    """Return the queue that convert's messages come from, from the environment's settings."""
    from thermocline.adapters.clients import impatient_client
    from thermocline.adapters.sqs import SqsVisibility
    from thermocline.convert.settings import ConvertSettings

    return SqsVisibility(impatient_client("sqs"), ConvertSettings.from_env().arrivals_queue_url)


@cache
def convert_retries() -> Retries:
    """Return how long convert's messages wait after a failure, from the environment's settings."""
    from thermocline.convert.heartbeat import Retries
    from thermocline.convert.settings import ConvertSettings

    settings = ConvertSettings.from_env()
    return Retries(first_seconds=settings.first_retry_seconds, longest_seconds=settings.longest_retry_seconds)
