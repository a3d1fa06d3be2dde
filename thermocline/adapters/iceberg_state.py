"""The state of a warm table at one moment: what is committed on top of it lands there, or nowhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cached_property
from itertools import pairwise
from typing import Any

from pyiceberg.catalog.glue import GlueCatalog
from pyiceberg.conversions import from_bytes
from pyiceberg.io import FileIO
from pyiceberg.manifest import DataFile, DataFileContent, ManifestFile
from pyiceberg.table import Table
from pyiceberg.table.snapshots import Snapshot
from pyiceberg.typedef import EMPTY_DICT, Properties
from pyiceberg.types import PrimitiveType
from pyiceberg.utils.concurrent import ExecutorFactory

from thermocline.adapters.iceberg_tables import GEN
from thermocline.errors import ConfigurationError
from thermocline.warm.model import WarmFile

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class PinnedCatalog(GlueCatalog):
    """pyiceberg's catalog of one table, which it asks Glue for once.

    Every commit carries the version of that answer, so that Glue refuses it after any other change of the table: of its
    rows, its columns or its properties. pyiceberg alone would read the table anew, and put an older change on top.
    """

    def __init__(self, client: Any, files: FileIO) -> None:
        super().__init__("glue", client=client)
        self._files = files
        self._seen: Any = None

    def _get_glue_table(self, database_name: str, table_name: str) -> Any:
        if self._seen is None:
            self._seen = super()._get_glue_table(database_name, table_name)
        return deepcopy(self._seen)  # pyiceberg writes into it

    def _load_file_io(self, properties: Properties = EMPTY_DICT, location: str | None = None) -> FileIO:  # noqa: ARG002
        return self._files

    def _is_s3tables_database(self, database_name: str) -> bool:  # noqa: ARG002  (it would cost a call)
        return False


class State:
    """A table as it was read.

    Parameters
    ----------
    table
        pyiceberg's, of a `PinnedCatalog`.
    time_column
        The column whose bounds are a file's times.
    """

    def __init__(self, table: Table, time_column: str) -> None:
        self.table = table
        self._time = table.schema().find_field(time_column)
        self._gen = table.schema().find_field(GEN)

    @cached_property
    def data_files(self) -> Mapping[str, DataFile]:
        """The table's data files, by address.

        Raises
        ------
        ConfigurationError
            Another writer has left delete files, whose rows would come back when we rewrite the data files.
        """
        files = {each.file_path: each for each in self.files_of(self.manifests(self.table.current_snapshot()))}
        if any(file.content is not DataFileContent.DATA for file in files.values()):
            name = ".".join(self.table.name())
            raise ConfigurationError(f"{name} has delete files: let the engine that wrote them rewrite its data files")
        return files

    def manifests(self, snapshot: Snapshot | None) -> list[ManifestFile]:
        """Return the manifests of a snapshot."""
        return snapshot.manifests(self.table.io) if snapshot else []

    def files_of(self, manifests: list[ManifestFile]) -> Iterator[DataFile]:
        """Yield the files that manifests name, but for those that were removed."""
        pool = ExecutorFactory.get_or_create()
        for entries in pool.map(lambda each: each.fetch_manifest_entry(self.table.io), manifests):
            yield from (entry.data_file for entry in entries)

    def warm_files(self) -> Iterator[WarmFile]:
        """Yield the table's files, with their bounds."""
        for path, file in self.data_files.items():
            first_gen, last_gen = self._bounds(file, self._gen)
            first_time, last_time = self._bounds(file, self._time)
            yield WarmFile(
                path=path,
                rows=file.record_count,
                bytes=file.file_size_in_bytes,
                first_gen=first_gen,
                last_gen=last_gen,
                first_time=_EPOCH + dt.timedelta(microseconds=first_time),
                last_time=_EPOCH + dt.timedelta(microseconds=last_time),
            )

    def commits(self) -> Iterator[Snapshot]:
        """Yield the current snapshot and those before it, as far as the table still has them."""
        by_id = {each.snapshot_id: each for each in self.table.metadata.snapshots}
        snapshot = self.table.current_snapshot()
        while snapshot is not None:
            yield snapshot
            snapshot = by_id.get(snapshot.parent_snapshot_id) if snapshot.parent_snapshot_id is not None else None

    def superseded(self, before: dt.datetime) -> list[Snapshot]:
        """Return the snapshots that had a successor by then, but for those that have a name.

        The age of a snapshot alone would not do: that of a quiet table is old, and read until the moment of the next.
        """
        metadata, limit = self.table.metadata, before.timestamp() * 1000
        named = {each.snapshot_id for each in metadata.refs.values()}
        in_order = sorted(metadata.snapshots, key=lambda each: each.sequence_number or 0)
        return [old for old, new in pairwise(in_order) if new.timestamp_ms < limit and old.snapshot_id not in named]

    def _bounds(self, file: DataFile, field: Any) -> tuple[Any, Any]:
        lower, upper = file.lower_bounds.get(field.field_id), file.upper_bounds.get(field.field_id)
        if lower is None or upper is None:
            raise ConfigurationError(f"{file.file_path} has no bounds of {field.name}: write it with statistics")
        type_: PrimitiveType = field.field_type
        return from_bytes(type_, lower), from_bytes(type_, upper)
