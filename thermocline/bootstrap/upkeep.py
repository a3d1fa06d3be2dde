"""Wires what keeps the levels in order: compaction, sealing, cleaning, the orphan sweep and retention."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thermocline.adapters.dynamodb_leases import DynamoLeases
    from thermocline.adapters.dynamodb_ledger import DynamoLedger
    from thermocline.adapters.iceberg import IcebergCatalog
    from thermocline.adapters.s3_objects import S3Objects
    from thermocline.clean.use_case import Clean
    from thermocline.compact.use_case import Compact
    from thermocline.orphans.use_case import SweepOrphans
    from thermocline.retain.use_case import Retain
    from thermocline.seal.use_case import Seal
    from thermocline.upkeep.settings import UpkeepSettings
    from thermocline.warm.rows import ParquetRows

_MIB = 1 << 20


@cache
def compact() -> Compact:
    """Return the compaction use case, from the environment's settings."""
    from thermocline.clock import utc_now
    from thermocline.compact.plan import Sizes
    from thermocline.compact.use_case import Compact
    from thermocline.contracts import load_contracts

    settings = _settings()
    return Compact(
        objects=_objects(),
        ledger=_ledger(),
        leases=_leases(),
        catalog=_catalog(),
        rewriter=_rewriter(),
        contracts=load_contracts(),
        clock=utc_now,
        sizes=Sizes(
            small_bytes=settings.target_mib * _MIB // 2,
            least_files=settings.least_files,
            most_bytes=settings.most_mib * _MIB,
        ),
    )


@cache
def clean() -> Clean:
    """Return the cleaning use case, from the environment's settings."""
    from thermocline.adapters.clients import client
    from thermocline.adapters.dynamodb_sightings import DynamoSightings
    from thermocline.adapters.glue_views import GlueViews
    from thermocline.clean.use_case import Clean
    from thermocline.clock import utc_now
    from thermocline.contracts import load_contracts

    settings = _settings()
    return Clean(
        ledger=_ledger(),
        views=GlueViews(client("glue"), settings.database),
        book=DynamoSightings(client("dynamodb"), settings.ledger_table),
        files=_objects(),
        contracts=load_contracts(),
        clock=utc_now,
        margin=dt.timedelta(hours=settings.clean_margin_hours),
    )


@cache
def orphans() -> SweepOrphans:
    """Return the orphan sweep, from the environment's settings."""
    from thermocline.clock import utc_now
    from thermocline.contracts import load_contracts
    from thermocline.orphans.use_case import SweepOrphans

    settings = _settings()
    return SweepOrphans(
        objects=_objects(),
        references=_catalog(),
        ledger=_ledger(),
        contracts=load_contracts(),
        clock=utc_now,
        safe_age=dt.timedelta(days=settings.orphan_age_days),
    )


@cache
def retain() -> Retain:
    """Return the retention use case, from the environment's settings."""
    from thermocline.clock import utc_now
    from thermocline.contracts import load_contracts
    from thermocline.retain.use_case import Retain

    return Retain(
        ledger=_ledger(),
        leases=_leases(),
        catalog=_catalog(),
        rewriter=_rewriter(),
        contracts=load_contracts(),
        clock=utc_now,
        raw_days=_settings().raw_expire_after_days,
    )


@cache
def seal() -> Seal:
    """Return the sealing use case, from the environment's settings."""
    from thermocline.clock import utc_now
    from thermocline.contracts import load_contracts
    from thermocline.seal.plan import Rules
    from thermocline.seal.use_case import Seal
    from thermocline.warm.cuts import SEALED_TARGET_BYTES

    settings = _settings()
    return Seal(
        ledger=_ledger(),
        leases=_leases(),
        catalog=_catalog(),
        rewriter=_rewriter(),
        contracts=load_contracts(),
        clock=utc_now,
        rules=Rules(
            late=dt.timedelta(days=settings.late_days),
            small_bytes=SEALED_TARGET_BYTES // 2,
            most_bytes=settings.most_mib * _MIB,
        ),
    )


def _settings() -> UpkeepSettings:
    from thermocline.upkeep.settings import UpkeepSettings

    return UpkeepSettings.from_env()


def _objects() -> S3Objects:
    from thermocline.adapters.clients import client
    from thermocline.adapters.s3_objects import S3Objects

    return S3Objects(client("s3"), _settings().lake_bucket)


def _ledger() -> DynamoLedger:
    from thermocline.adapters.clients import client
    from thermocline.adapters.dynamodb_ledger import DynamoLedger

    return DynamoLedger(client("dynamodb"), _settings().ledger_table)


def _leases() -> DynamoLeases:
    from thermocline.adapters.clients import client
    from thermocline.adapters.dynamodb_leases import DynamoLeases
    from thermocline.clock import utc_now

    settings = _settings()
    return DynamoLeases(client("dynamodb"), settings.ledger_table, clock=utc_now, seconds=settings.lease_seconds)


@cache
def _catalog() -> IcebergCatalog:
    from thermocline.bootstrap.warm import warm_catalog

    return warm_catalog(_settings())


@cache
def _rewriter() -> ParquetRows:
    import tempfile
    from pathlib import Path

    from thermocline.bootstrap.subjects import subject_hasher
    from thermocline.bootstrap.warm import warm_files
    from thermocline.contracts import load_contracts
    from thermocline.warm.folders import own_folder
    from thermocline.warm.rows import ParquetRows

    settings = _settings()
    return ParquetRows(
        files=warm_files(settings),
        contracts=load_contracts(),
        schema_of=_catalog().schema_of,
        hasher=subject_hasher(settings.subject_key_secret),
        folder=own_folder(Path(tempfile.gettempdir())),
        memory_mb=settings.memory_mb,
    )
