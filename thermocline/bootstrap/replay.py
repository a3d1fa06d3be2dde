"""Wires replay from raw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from thermocline.convert.conversion import Conversion
    from thermocline.ledger import Suppression
    from thermocline.replay.converting import ConvertAgain
    from thermocline.replay.model import Converted, Order, Run
    from thermocline.replay.settings import ReplaySettings
    from thermocline.replay.use_case import Replay
    from thermocline.warm.ports import Files
    from thermocline.warm.replacing import ReplacingRows


@cache
def convert_again() -> ConvertAgain:
    """Return what converts a raw object for a run, from the environment's settings."""
    from thermocline.adapters.clients import client
    from thermocline.adapters.dynamodb_claims import DynamoClaims
    from thermocline.adapters.dynamodb_ledger import DynamoLedger
    from thermocline.adapters.dynamodb_runs import DynamoRuns
    from thermocline.adapters.s3 import S3Store
    from thermocline.bootstrap.subjects import subject_hasher
    from thermocline.contracts import load_contracts
    from thermocline.convert.conversion import Conversion
    from thermocline.replay.converting import ConvertAgain
    from thermocline.replay.settings import BackfillSettings

    settings, dynamodb = BackfillSettings.from_env(), client("dynamodb")
    conversion = Conversion(
        store=S3Store(client("s3"), settings.lake_bucket),
        contracts=load_contracts(),
        hasher=subject_hasher(settings.subject_key_secret),
    )
    return ConvertAgain(
        ledger=DynamoLedger(dynamodb, settings.ledger_table),
        runs=DynamoRuns(dynamodb, settings.ledger_table),
        claims=DynamoClaims(dynamodb, settings.ledger_table),
        convert=converter(conversion),
    )


def converter(
    conversion: Conversion,
) -> Callable[..., Converted]:
    """Return a converter of a run's objects (see `thermocline.replay.ports.Converter`)."""
    from thermocline.convert.attempts import Attempt
    from thermocline.convert.left_out import LeftOut
    from thermocline.layout import replay_key
    from thermocline.replay.model import Converted, digest_of

    class _Folder:
        """A run's folder; the entry's digests of subjects stay those that they are."""

        def __init__(self, order: Order, token: str) -> None:
            self._order = order
            self._token = token

        def file(self, table: str) -> str:
            order = self._order
            return replay_key(order.run, table, order.raw_key, order.gen, self._token)

        def subjects(self) -> None:
            return None

    def convert(order: Order, *, token: str, listed: Suppression, recovered: Collection[str]) -> Converted:
        attempt = Attempt(
            raw_key=order.raw_key,
            stream=order.table,
            gen=order.gen,
            token=token,
            suppression=listed.version,
            suppressed=listed.subjects,
        )
        left_out = LeftOut(order.table, recovered)
        entry = conversion(attempt, _Folder(order, token), through=left_out)
        return Converted(
            raw_key=order.raw_key,
            gen=order.gen,
            suppression=listed.version,
            recovered=digest_of(recovered),
            left_out=left_out.lines,
            files=entry.files,
            misfits=entry.misfits,
        )

    return convert


@cache
def replay() -> Replay:
    """Return the replay use case, from the environment's settings."""
    from thermocline.adapters.clients import client
    from thermocline.adapters.dynamodb_claims import DynamoClaims
    from thermocline.adapters.dynamodb_leases import DynamoLeases
    from thermocline.adapters.dynamodb_ledger import DynamoLedger
    from thermocline.adapters.dynamodb_runs import DynamoRuns
    from thermocline.adapters.s3_objects import S3Objects
    from thermocline.adapters.s3_parquet import S3ParquetCounts
    from thermocline.adapters.sqs import SqsBackfills
    from thermocline.bootstrap.warm import warm_catalog, warm_files
    from thermocline.contracts import load_contracts
    from thermocline.promote.use_case import WINDOW_HOURS
    from thermocline.replay.committing import Committing
    from thermocline.replay.fresh import Fresh
    from thermocline.replay.generation import ReplayGeneration
    from thermocline.replay.settings import ReplaySettings
    from thermocline.replay.use_case import Replay

    settings, contracts = ReplaySettings.from_env(), load_contracts()
    dynamodb, s3, table = client("dynamodb"), client("s3", read_timeout=60), settings.ledger_table
    ledger, runs = DynamoLedger(dynamodb, table), DynamoRuns(dynamodb, table)
    catalog, files = warm_catalog(settings), warm_files(settings)
    fresh = Fresh(
        ledger=ledger,
        runs=runs,
        claims=DynamoClaims(dynamodb, table),
        counts=S3ParquetCounts(s3, settings.lake_bucket),
        backfills=SqsBackfills(client("sqs"), settings.backfills_queue_url),
    )
    return Replay(
        ledger=ledger,
        runs=runs,
        objects=S3Objects(s3, settings.lake_bucket),
        fresh=fresh,
        settled=_settled(settings),
        generation=ReplayGeneration(
            ledger=ledger,
            runs=runs,
            catalog=catalog,
            committing=Committing(
                leases=DynamoLeases(dynamodb, table, seconds=settings.lease_seconds), catalog=catalog
            ),
            fresh=fresh,
            rows_of=partial(_rows_of, settings, catalog.schema_of, files),
            key_of=files.key_of,
            after=_nothing_is_built_of_them,
            window=WINDOW_HOURS,
        ),
        contracts=contracts,
    )


def _settled(settings: ReplaySettings) -> Callable[[str], str]:
    """Return what tells the settled generation of a table: the same that cleaning goes by."""
    from thermocline.adapters.clients import client
    from thermocline.adapters.dynamodb_ledger import DynamoLedger
    from thermocline.adapters.dynamodb_sightings import DynamoSightings
    from thermocline.adapters.glue_views import GlueViews
    from thermocline.adapters.s3_objects import S3Objects
    from thermocline.clean.use_case import Clean
    from thermocline.clock import utc_now
    from thermocline.contracts import load_contracts

    clean = Clean(
        ledger=DynamoLedger(client("dynamodb"), settings.ledger_table),
        views=GlueViews(client("glue"), settings.database),
        book=DynamoSightings(client("dynamodb"), settings.ledger_table),
        files=S3Objects(client("s3"), settings.lake_bucket),
        contracts=load_contracts(),
        clock=utc_now,
        margin=dt.timedelta(hours=settings.settled_hours),
    )
    return clean.settled


def _rows_of(settings: ReplaySettings, schema_of: Callable[[str], Any], files: Files, run: Run) -> ReplacingRows:
    """Return the writer of a run; that of a dry one writes nothing but the run's own folder."""
    import tempfile
    from pathlib import Path

    from thermocline.bootstrap.subjects import subject_hasher
    from thermocline.contracts import load_contracts
    from thermocline.layout import replay_prefix
    from thermocline.warm.folders import own_folder
    from thermocline.warm.replacing import ReplacingRows
    from thermocline.warm.scratch import ScratchFiles

    return ReplacingRows(
        files=ScratchFiles(files, replay_prefix(run.run)) if run.dry else files,
        contracts=load_contracts(),
        schema_of=schema_of,
        hasher=subject_hasher(settings.subject_key_secret),
        folder=own_folder(Path(tempfile.gettempdir())),
        memory_mb=settings.memory_mb,
    )


def _nothing_is_built_of_them(table: str, gens: Sequence[str]) -> None:
    """Leave mirrors alone: there are none yet."""
