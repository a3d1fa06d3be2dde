"""Hot files → the warm files of a generation: each row once, sorted, within a memory cap."""

from __future__ import annotations

import datetime as dt
import tempfile
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec
import pyarrow as pa

from thermocline import layout
from thermocline.contracts import Contract
from thermocline.errors import HotFileMissing, WarmColumnMissing
from thermocline.streams import QUARANTINE
from thermocline.subjects import SubjectHasher, Subjects, erasure_keys
from thermocline.warm import identities, suppressing
from thermocline.warm.engine import connect, count_days, day_of, literal, quoted, reading
from thermocline.warm.enums import make_enum
from thermocline.warm.local import LocalFiles, filled_columns, rows_of
from thermocline.warm.model import WarmFile
from thermocline.warm.owned import asked_of
from thermocline.warm.ports import Files
from thermocline.warm.schema import REPEATING
from thermocline.warm.sorting import Chosen, Sorting
from thermocline.warm.work import Work, Written


class ParquetRows:
    """Reads hot files and writes warm ones, under names that nobody has used.

    What it fetches and spills lies in a folder of its own, which is gone afterwards, whatever happens.

    Parameters
    ----------
    schema_of
        Gives the Arrow schema of a table, with the ids of its Iceberg fields as ``PARQUET:field_id``.
    hasher
        Gives the digests of subjects.
    folder
        Where that folder is made; it takes the hot files and about eight times their size, for what is sorted.
    memory_mb
        Resident memory for DuckDB, in units of 10^6 bytes; Arrow and Parquet take about 400 more.
    """

    def __init__(
        self,
        *,
        files: Files,
        contracts: Mapping[str, Contract],
        schema_of: Callable[[str], pa.Schema],
        hasher: SubjectHasher,
        folder: Path,
        memory_mb: int,
    ) -> None:
        self._files = files
        self._contracts = contracts
        self._schema_of = schema_of
        self._hasher = hasher
        self._folder = folder
        self._memory_mb = memory_mb

    def write(self, work: Work) -> Written:
        """Write a generation's rows, sorted and each once; rows of other generations into files of their own.

        Quarantine keeps every row: twins there tell of what was sent.

        Raises
        ------
        HotFileMissing
            A file is not there: nothing may be concluded from the others.
        WarmColumnMissing
            A file has values that the table has no column for: they would be nowhere once the hot files are gone.
        """
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            local = LocalFiles(self._files, Path(folder))
            hot = fetch_hot(local, work.table, work.gen, work.hot)
            earlier = local.fetch(sorted(work.earlier))
            rest = self._fetch_rest(local, work)
            written = self._promote(local, work, hot, earlier)
            return msgspec.structs.replace(written, files=written.files + self._others(local, work, rest))

    def others(self, work: Work) -> tuple[WarmFile, ...]:
        """Write only the rows of other generations, for an engine that writes the generation itself."""
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            local = LocalFiles(self._files, Path(folder))
            return self._others(local, work, self._fetch_rest(local, work))

    def merge(
        self, table: str, files: Sequence[WarmFile], *, since: dt.datetime | None = None, sealed: bool = False
    ) -> tuple[WarmFile, ...]:
        """Write the rows of warm files into fewer ones, sorted; none is left out but those before `since`."""
        condition = "true"
        if since:
            time = quoted(self._contracts[table].time_column)
            condition = f"{time} >= {literal(since.isoformat())}::TIMESTAMPTZ"
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            local = LocalFiles(self._files, Path(folder))
            gen = max((file.last_gen for file in files), default="")
            sorting = self._sorting(local, table, gen, sealed=sealed)
            return self._rewrite(local, sorting, local.fetch(self._keys(files)), condition)

    def _fetch_rest(self, local: LocalFiles, work: Work) -> Mapping[bool, Sequence[Path]]:
        """Fetch the files that hold the generation beside others; those that are sealed are apart."""
        rest = {sealed: [file for file in work.rest if file.sealed is sealed] for sealed in (False, True)}
        return {sealed: local.fetch(self._keys(files)) for sealed, files in rest.items()}

    def _others(self, local: LocalFiles, work: Work, rest: Mapping[bool, Sequence[Path]]) -> tuple[WarmFile, ...]:
        """Write the rows of other generations; those that stay of a sealed file are sealed again."""
        condition, files = f"gen <> {literal(work.gen)}", tuple[WarmFile, ...]()
        for sealed, paths in rest.items():
            sorting = self._sorting(local, work.table, work.gen, sealed=sealed)
            files += self._rewrite(local, sorting, paths, condition)
        return files

    def _keys(self, files: Sequence[WarmFile]) -> list[str]:
        return sorted(self._files.key_of(file.path) for file in files)

    def _sorting(self, local: LocalFiles, table: str, gen: str, *, sealed: bool = False) -> Sorting:
        return Sorting(self._contracts[table], self._schema_of(table), gen, local, sealed=sealed)

    def _promote(self, local: LocalFiles, work: Work, hot: Sequence[Path], earlier: Sequence[Path]) -> Written:
        ids, read = local.new_path(), rows_of(hot)
        if not read:
            identities.write_no_ids(ids)
            return Written(files=(), ids=self._store_ids(local, work, ids), read=0, kept=0)
        contract, filled = self._contracts[work.table], filled_columns(hot)
        self._require_columns(work.table, filled)
        asked = {name: owns for name, owns in self._asked(work).items() if name in filled}
        with connect(local.folder, self._memory_mb) as connection:
            subjects = suppressing.values_of(connection, hot, asked)
            condition = suppressing.without(subjects)
            rows = identities.gather(connection, hot, day=day_of(contract.time_column), condition=condition)
            if work.table == QUARANTINE:
                identities.drop_none(connection)
            else:
                identities.drop_twins(connection, earlier)
            days = identities.days(connection)
            identities.write_ids(connection, ids)
            connection.execute("DROP TABLE hot")
            chosen = Chosen(hot, condition, days, gen=work.gen, without_dropped=True)
            files = self._sorting(local, work.table, work.gen).write(connection, chosen)
        kept = sum(day.rows for day in days)
        return Written(
            files=files,
            ids=self._store_ids(local, work, ids),
            read=read,
            kept=kept,
            dropped=rows - kept,
            suppressed=read - rows,
        )

    def _asked(self, work: Work) -> Mapping[str, Callable[[str], bool]]:
        listed = Subjects(self._hasher, work.suppression.subjects, erasure_keys(self._contracts))
        return asked_of(self._contracts[work.table], listed) if work.suppression.subjects else {}

    def _require_columns(self, table: str, filled: frozenset[str]) -> None:
        if missing := sorted(filled.difference(self._schema_of(table).names)):
            raise WarmColumnMissing(
                f"the warm table of {table} has no column {', '.join(missing)} yet, and hot files have values of it: "
                "the end of the deployment adds it; if that failed, deploy again"
            )

    def _store_ids(self, local: LocalFiles, work: Work, path: Path) -> str:
        key = layout.ids_key(work.table, work.gen, uuid.uuid4().hex)
        local.store(path, key)
        return key

    def _rewrite(
        self, local: LocalFiles, sorting: Sorting, paths: Sequence[Path], condition: str
    ) -> tuple[WarmFile, ...]:
        """Write the rows of warm files that meet a condition into files of their own."""
        if not paths:
            return ()
        with connect(local.folder, self._memory_mb) as connection:
            for name in REPEATING:
                make_enum(connection, name, reading(paths))
            days = count_days(connection, reading(paths), day=sorting.day, condition=condition)
            return sorting.write(connection, Chosen(paths, condition, days))


def fetch_hot(local: LocalFiles, table: str, gen: str, keys: Sequence[str]) -> list[Path]:
    """Fetch the files of a generation's rows, in the order of their keys.

    Raises
    ------
    HotFileMissing
        One is not there.
    """
    try:
        return local.fetch(sorted(keys))
    except FileNotFoundError as error:
        raise HotFileMissing(
            f"{table} {gen}: {error} is not there, although the ledger names it; nothing was written. "
            "Bring it back from the bucket's versions, or convert its raw object anew"
        ) from error
