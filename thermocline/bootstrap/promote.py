"""Wires promotion."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thermocline.promote.ports import Jobs, PromotedLedger
    from thermocline.promote.settings import PromoteSettings
    from thermocline.promote.use_case import Promote


@cache
def promote_settings() -> PromoteSettings:
    """Return the function's settings, from the environment."""
    from thermocline.promote.settings import PromoteSettings

    return PromoteSettings.from_env()


@cache
def promoted_ledger() -> PromotedLedger:
    """Return the ledger, from the environment's settings."""
    from thermocline.adapters.clients import client
    from thermocline.adapters.dynamodb_ledger import DynamoLedger

    return DynamoLedger(client("dynamodb"), promote_settings().ledger_table)


@cache
def promote_jobs() -> Jobs:
    """Return the runs of the job, from the environment's settings."""
    import sys
    from pathlib import Path
    from tempfile import gettempdir

    from thermocline.adapters.clients import client
    from thermocline.adapters.glue_jobs import GlueJobs
    from thermocline.adapters.local_jobs import LocalJobs

    settings = promote_settings()
    if settings.spark_job:
        return GlueJobs(client("glue", attempts=1), settings.spark_job)
    return LocalJobs(Path(gettempdir()) / "jobs", (sys.executable, "-m", "offline.spark"))


@cache
def promote() -> Promote:
    """Return the promote use case, from the environment's settings."""
    from pathlib import Path
    from tempfile import gettempdir

    from thermocline.adapters.clients import client
    from thermocline.adapters.dynamodb_leases import DynamoLeases
    from thermocline.bootstrap.publish import publish
    from thermocline.bootstrap.subjects import subject_hasher
    from thermocline.bootstrap.warm import warm_catalog, warm_files
    from thermocline.contracts import load_contracts
    from thermocline.promote.use_case import Promote
    from thermocline.warm.folders import own_folder
    from thermocline.warm.rows import ParquetRows

    settings, contracts = promote_settings(), load_contracts()
    catalog = warm_catalog(settings)
    return Promote(
        ledger=promoted_ledger(),
        leases=DynamoLeases(client("dynamodb"), settings.ledger_table, seconds=settings.lease_seconds),
        catalog=catalog,
        rows=ParquetRows(
            files=warm_files(settings),
            contracts=contracts,
            schema_of=catalog.schema_of,
            hasher=subject_hasher(settings.subject_key_secret),
            folder=own_folder(Path(gettempdir())),
            memory_mb=settings.memory_mb,
        ),
        contracts=contracts,
        publish=publish(),
    )
