"""Wires what a person's commands restore, by boto3 clients and the names of a lake's parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt

    from thermocline.restore.ledger import RestoreLedger
    from thermocline.restore.table import RestoreTable
    from thermocline.restore.view import LookAtView


def restore_view(*, dynamodb: Any, glue: Any, ledger_table: str, database: str) -> LookAtView:
    """Return what tells whether a view is there and at its watermark."""
    from thermocline.adapters.dynamodb_ledger import DynamoLedger
    from thermocline.adapters.glue_views import GlueViews
    from thermocline.contracts import load_contracts
    from thermocline.restore.view import LookAtView

    return LookAtView(
        views=GlueViews(glue, database), ledger=DynamoLedger(dynamodb, ledger_table), contracts=load_contracts()
    )


def restore_table(*, dynamodb: Any, s3: Any, glue: Any, ledger_table: str, bucket: str, database: str) -> RestoreTable:
    """Return what restores a warm table; the Glue client makes each call once."""
    from thermocline.adapters.dynamodb_ledger import DynamoLedger
    from thermocline.adapters.glue_views import GlueViews
    from thermocline.adapters.iceberg_metadata import IcebergMetadata
    from thermocline.contracts import load_contracts
    from thermocline.restore.table import RestoreTable

    contracts = load_contracts()
    return RestoreTable(
        tables=IcebergMetadata(glue=glue, s3=s3, bucket=bucket, database=database, contracts=contracts),
        ledger=DynamoLedger(dynamodb, ledger_table),
        views=GlueViews(glue, database),
        contracts=contracts,
    )


def restore_ledger(
    *, dynamodb: Any, s3: Any, glue: Any, ledger_table: str, source: str | None, bucket: str, database: str
) -> RestoreLedger:
    """Return what restores the ledger; the Glue client makes each call once.

    Parameters
    ----------
    source
        Name of the table with an older copy.
    """
    from thermocline.adapters.dynamodb_restore import DynamoRestore
    from thermocline.adapters.erasure_reports import S3Erasures
    from thermocline.adapters.glue_views import GlueViews
    from thermocline.adapters.iceberg import IcebergCatalog
    from thermocline.adapters.raw_lines import S3RawLines
    from thermocline.adapters.s3_listing import S3Listing
    from thermocline.adapters.s3_parquet import S3ParquetCounts
    from thermocline.clock import utc_now
    from thermocline.contracts import load_contracts
    from thermocline.restore.evidence import Evidence
    from thermocline.restore.ledger import RestoreLedger

    contracts, listing = load_contracts(), S3Listing(s3, bucket)
    return RestoreLedger(
        ledger=DynamoRestore(dynamodb, ledger_table, source=source),
        old=DynamoRestore(dynamodb, source) if source else None,
        bases=IcebergCatalog(glue=glue, s3=s3, bucket=bucket, database=database, contracts=contracts),
        views=GlueViews(glue, database),
        erasures=S3Erasures(s3, bucket),
        evidence=Evidence(listing=listing, parquet=S3ParquetCounts(s3, bucket), raw=S3RawLines(s3, bucket)),
        listing=listing,
        contracts=contracts,
        clock=utc_now,
    )


def restore_objects(*, s3: Any, bucket: str, prefix: str, after: dt.datetime, dry_run: bool) -> list[str]:
    """Bring back objects (see `thermocline.restore.objects.restore_objects`)."""
    from thermocline.adapters.s3_deleted import S3Deleted
    from thermocline.restore import objects

    return objects.restore_objects(S3Deleted(s3, bucket), prefix, after=after, dry_run=dry_run)
