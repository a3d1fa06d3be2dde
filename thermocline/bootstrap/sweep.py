"""Wires the sweeper."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thermocline.sweep.use_case import Sweep


@cache
def sweep() -> Sweep:
    """Return the sweep use case, from the environment's settings."""
    from thermocline.adapters.clients import client
    from thermocline.adapters.dynamodb_ledger import DynamoLedger
    from thermocline.adapters.emf import EmfMetrics
    from thermocline.adapters.s3 import S3Store
    from thermocline.adapters.sqs import SqsArrivals
    from thermocline.clock import utc_now
    from thermocline.contracts import load_contracts
    from thermocline.sweep.settings import SweepSettings
    from thermocline.sweep.use_case import Sweep

    settings = SweepSettings.from_env()
    return Sweep(
        listing=S3Store(client("s3"), settings.lake_bucket),
        ledger=DynamoLedger(client("dynamodb"), settings.ledger_table),
        arrivals=SqsArrivals(client("sqs"), settings.arrivals_queue_url),
        metrics=EmfMetrics(),
        streams=tuple(load_contracts()),
        clock=utc_now,
        settle=dt.timedelta(minutes=settings.settle_minutes),
        look_back=dt.timedelta(hours=settings.look_back_hours),
    )
