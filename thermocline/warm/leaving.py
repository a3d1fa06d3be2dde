"""Rows that leave the warm table quarantine: its rows by raw object, and its files and identities without some."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from thermocline import layout
from thermocline.contracts import Contract
from thermocline.events.quarantined import COLUMNS, Quarantined, quarantined
from thermocline.streams import QUARANTINE
from thermocline.warm import identities
from thermocline.warm.engine import connect, count_days, day_of, literal, quoted, reading
from thermocline.warm.enums import as_enum, make_enum
from thermocline.warm.local import LocalFiles, rows_of
from thermocline.warm.model import WarmFile
from thermocline.warm.ports import Files
from thermocline.warm.schema import REPEATING
from thermocline.warm.sorting import Chosen, Sorting

_BATCH_ROWS: Final = 1024
_PLACE: Final = ("_src", "event_id", "source")
_STAYS: Final = "concat_ws(chr(31), _src, event_id) NOT IN (SELECT place FROM leaving)"


class QuarantineFiles:
    """Reads the warm files of quarantine, and writes them without some rows under names that nobody has used.

    Parameters
    ----------
    contract
        Of quarantine.
    schema_of, folder, memory_mb
        As of `ParquetRows`.
    """

    def __init__(
        self,
        *,
        files: Files,
        contract: Contract,
        schema_of: Callable[[str], pa.Schema],
        folder: Path,
        memory_mb: int,
    ) -> None:
        self._files = files
        self._contract = contract
        self._schema_of = schema_of
        self._folder = folder
        self._memory_mb = memory_mb

    def groups(
        self, files: Sequence[WarmFile], chosen: Mapping[str, str], *, first: str, before: str
    ) -> Iterator[list[Quarantined]]:
        """Yield all rows of each raw object that has a row with the chosen values in a range of generations.

        Raises
        ------
        FileNotFoundError
            A file is not there any more.
        """
        values = [f"{quoted(name)} = {literal(value)}" for name, value in chosen.items()]
        condition = " AND ".join([f"gen >= {literal(first)}", f"gen < {literal(before)}", *values])
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            local = LocalFiles(self._files, Path(folder))
            paths = local.fetch([self._files.key_of(file.path) for file in files])
            if paths:
                with connect(local.folder, self._memory_mb) as connection:
                    rows = _rows(connection, reading(paths), condition)
                    yield from (list(group) for _, group in groupby(rows, key=lambda row: row.raw_key))

    def without(self, file: WarmFile, leaving: Collection[Quarantined]) -> tuple[WarmFile, ...] | None:
        """Write the rows of a file that stay into new ones; None: none of its rows leaves (see `groups` for errors)."""
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            local = LocalFiles(self._files, Path(folder))
            paths = local.fetch([self._files.key_of(file.path)])
            with connect(local.folder, self._memory_mb) as connection:
                _make_leaving(connection, leaving)
                days = count_days(connection, reading(paths), day=day_of(self._contract.time_column), condition=_STAYS)
                if sum(day.rows for day in days) == rows_of(paths):
                    return None
                for name in REPEATING:
                    make_enum(connection, name, reading(paths))
                sorting = Sorting(self._contract, self._schema_of(QUARANTINE), file.last_gen, local)
                return sorting.write(connection, Chosen(paths, _STAYS, days)) if days else ()

    def ids_without(self, gen: str, key: str, leaving: Collection[Quarantined]) -> str:
        """Write the identities of a generation in which rows that leave are not kept; return their key.

        Quarantine drops no twins: what it does not keep has left (see `groups` for errors).
        """
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            local = LocalFiles(self._files, Path(folder))
            (path,) = local.fetch([key])
            written = local.new_path()
            with connect(local.folder, self._memory_mb) as connection:
                _make_leaving(connection, leaving)
                make_enum(connection, "_src", reading([path]))
                query = f"""
                    SELECT key, {as_enum("_src")} AS src,
                        kept AND (key::UUID, _src::VARCHAR) NOT IN (SELECT (key, src) FROM leaving) AS kept
                    FROM {reading([path])} ORDER BY key, src
                """  # noqa: S608 - a path of ours
                identities.write(connection, query, written)
            stored = layout.ids_key(QUARANTINE, gen, uuid.uuid4().hex)
            local.store(written, stored)
            return stored


def _rows(connection: duckdb.DuckDBPyConnection, source: str, condition: str) -> Iterator[Quarantined]:
    present = connection.sql(f"SELECT * FROM {source}").columns  # noqa: S608 - paths of ours
    columns = ", ".join(quoted(name) if name in present else f"NULL AS {quoted(name)}" for name in COLUMNS)
    query = f"""
        SELECT {columns} FROM {source}
        WHERE _src IN (SELECT _src FROM {source} WHERE {condition}) ORDER BY _src, event_id, replay_event_id
    """  # noqa: S608 - names and paths of ours
    for batch in connection.sql(query).to_arrow_reader(_BATCH_ROWS):
        yield from map(quarantined, batch.to_pylist())


def _make_leaving(connection: duckdb.DuckDBPyConnection, leaving: Collection[Quarantined]) -> None:
    """Make the table ``leaving``: the places of rows, and their identities."""
    rows = [{"_src": row.raw_key, "event_id": row.event_id, "source": row.source} for row in leaving]
    schema = pa.schema([(name, pa.string()) for name in _PLACE])
    connection.register("given", pa.Table.from_pylist(rows, schema=schema))
    connection.execute(f"""
        CREATE TEMP TABLE leaving AS
        SELECT concat_ws(chr(31), _src, event_id) AS place, _src AS src, {identities.key(_PLACE)} AS key FROM given
    """)  # noqa: S608 - names of ours
