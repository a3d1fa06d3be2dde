"""Wires the recovery from quarantine."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thermocline.adapters.iceberg import IcebergCatalog
    from thermocline.events.quarantined import Quarantined
    from thermocline.recover.ports import Reading
    from thermocline.recover.settings import RecoverSettings
    from thermocline.recover.table import WarmQuarantine
    from thermocline.recover.use_case import Recover

_LOOK_SECONDS = 5.0


def recover() -> Recover:
    """Return the recovery for one run that begins now, from the environment's settings."""
    from thermocline.adapters.clients import client
    from thermocline.adapters.dynamodb_claims import DynamoClaims
    from thermocline.adapters.dynamodb_ledger import DynamoLedger
    from thermocline.adapters.s3_recovered import S3Recovered
    from thermocline.adapters.sqs import SqsArrivals
    from thermocline.recover.settings import RecoverSettings
    from thermocline.recover.use_case import Recover

    settings, dynamodb = RecoverSettings.from_env(), client("dynamodb")
    end = time.monotonic() + settings.recover_seconds
    return Recover(
        quarantine=_quarantine(),
        read=reading(settings),
        claims=DynamoClaims(dynamodb, settings.ledger_table),
        objects=S3Recovered(client("s3"), settings.lake_bucket),
        ledger=DynamoLedger(dynamodb, settings.ledger_table),
        arrivals=SqsArrivals(client("sqs"), settings.arrivals_queue_url),
        is_late=lambda: time.monotonic() >= end,
        pause=partial(time.sleep, _LOOK_SECONDS),
    )


def reading(settings: RecoverSettings) -> Reading:
    """Return what reads a refused event again: a request's as ingest does, a canonical line as convert does."""
    from thermocline.adapters.clients import client
    from thermocline.adapters.secrets import CachedSecret
    from thermocline.bootstrap.ingest import epoch_registry
    from thermocline.contracts import load_contracts
    from thermocline.convert.again import read_line_again
    from thermocline.ingest.again import ReadAgain
    from thermocline.streams import contract_of

    contracts = load_contracts()
    sent = ReadAgain(
        contracts=contracts,
        sources=settings.sources,
        secret=CachedSecret(client("secretsmanager"), settings.write_key_secret),
        epochs=epoch_registry(client("dynamodb"), settings.epochs_table),
    )

    def read(row: Quarantined) -> Sequence[bytes]:
        if row.stage == "convert":
            return [read_line_again(row.payload, contract_of(row.stream, contracts))]
        return sent(row)

    return read


@cache
def _quarantine() -> WarmQuarantine:
    import tempfile
    from pathlib import Path

    from thermocline.adapters.clients import client
    from thermocline.adapters.dynamodb_leases import DynamoLeases
    from thermocline.adapters.dynamodb_ledger import DynamoLedger
    from thermocline.bootstrap.warm import warm_files
    from thermocline.clock import jittered_pause
    from thermocline.contracts import load_contracts
    from thermocline.recover.settings import RecoverSettings
    from thermocline.recover.table import WarmQuarantine
    from thermocline.streams import QUARANTINE
    from thermocline.warm.folders import own_folder
    from thermocline.warm.leaving import QuarantineFiles
    from thermocline.warm.rewriting import Exchange

    settings, dynamodb, catalog = RecoverSettings.from_env(), client("dynamodb"), _catalog()
    ledger = DynamoLedger(dynamodb, settings.ledger_table)
    leases = DynamoLeases(dynamodb, settings.ledger_table, seconds=settings.lease_seconds)
    return WarmQuarantine(
        catalog=catalog,
        exchange=Exchange(leases=leases, catalog=catalog, ledger=ledger),
        ledger=ledger,
        rows=QuarantineFiles(
            files=warm_files(settings),
            contract=load_contracts()[QUARANTINE],
            schema_of=catalog.schema_of,
            folder=own_folder(Path(tempfile.gettempdir())),
            memory_mb=settings.memory_mb,
        ),
        pause=jittered_pause,
    )


@cache
def _catalog() -> IcebergCatalog:
    from thermocline.bootstrap.warm import warm_catalog
    from thermocline.recover.settings import RecoverSettings

    return warm_catalog(RecoverSettings.from_env())
