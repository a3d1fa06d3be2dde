"""Wires the balance, and the facts of tables by temperature."""

from __future__ import annotations

import datetime as dt
import time
from functools import cache, partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from thermocline.balance.report import HourlyBalance
    from thermocline.balance.use_case import Balance
    from thermocline.tiers.count import Tiers

_PAUSE_SECONDS = 5.0


@cache
def hourly_balance() -> HourlyBalance:
    """Return the hourly balance, from the environment's settings."""
    from thermocline.adapters.balance_table import S3BalanceTable
    from thermocline.adapters.clients import client
    from thermocline.adapters.emf import EmfMetrics
    from thermocline.balance.report import HourlyBalance
    from thermocline.balance.settings import BalanceSettings
    from thermocline.clock import utc_now

    settings = BalanceSettings.from_env()
    s3 = client("s3")
    return HourlyBalance(
        balance=balance_of(
            dynamodb=client("dynamodb"),
            s3=s3,
            glue=client("glue", attempts=1),
            cloudwatch=client("cloudwatch"),
            ledger_table=settings.ledger_table,
            bucket=settings.lake_bucket,
            database=settings.database,
        ),
        metrics=EmfMetrics(),
        table=S3BalanceTable(s3, settings.lake_bucket),
        clock=utc_now,
        look_back=dt.timedelta(hours=settings.look_back_hours),
    )


def balance_of(
    *, dynamodb: Any, s3: Any, glue: Any, cloudwatch: Any, ledger_table: str, bucket: str, database: str
) -> Balance:
    """Return the balance of a lake, by boto3 clients and the names of its parts."""
    from thermocline.adapters.cloudwatch import CloudWatchCounts
    from thermocline.adapters.dynamodb_ledger import DynamoLedger
    from thermocline.adapters.iceberg import IcebergCatalog
    from thermocline.adapters.raw_lines import S3RawLines
    from thermocline.adapters.s3_listing import S3Listing
    from thermocline.adapters.s3_parquet import S3ParquetCounts
    from thermocline.balance.raw import RawReader
    from thermocline.balance.use_case import Balance
    from thermocline.balance.warm import WarmReader
    from thermocline.clock import utc_now
    from thermocline.contracts import load_contracts

    contracts = load_contracts()
    ledger, listing, parquet = DynamoLedger(dynamodb, ledger_table), S3Listing(s3, bucket), S3ParquetCounts(s3, bucket)
    catalog = IcebergCatalog(glue=glue, s3=s3, bucket=bucket, database=database, contracts=contracts)
    return Balance(
        ledger=ledger,
        warm=WarmReader(catalog=catalog, parquet=parquet, listing=listing),
        raw=RawReader(ledger=ledger, listing=listing, raw=S3RawLines(s3, bucket)),
        parquet=parquet,
        ingest=CloudWatchCounts(cloudwatch),
        contracts=contracts,
        clock=utc_now,
        pause=partial(time.sleep, _PAUSE_SECONDS),
    )


def tiers_of(*, dynamodb: Any, s3: Any, glue: Any, ledger_table: str, bucket: str, database: str) -> Tiers:
    """Return what counts a lake's tables by temperature, by boto3 clients and the names of its parts."""
    from thermocline.adapters.dynamodb_ledger import DynamoLedger
    from thermocline.adapters.iceberg import IcebergCatalog
    from thermocline.adapters.s3_listing import S3Listing
    from thermocline.contracts import load_contracts
    from thermocline.tiers.count import Tiers

    contracts = load_contracts()
    return Tiers(
        ledger=DynamoLedger(dynamodb, ledger_table),
        catalog=IcebergCatalog(glue=glue, s3=s3, bucket=bucket, database=database, contracts=contracts),
        listing=S3Listing(s3, bucket),
        contracts=contracts,
    )
