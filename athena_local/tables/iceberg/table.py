"""An Iceberg table as the engine sees it: one snapshot, with that snapshot's columns."""

from dataclasses import dataclass

from pyiceberg.schema import Schema
from pyiceberg.table import Table as Loaded
from pyiceberg.table.snapshots import Snapshot

from athena_local.errors import QueryError
from athena_local.tables.catalog import Column, Table
from athena_local.tables.iceberg.types import columns
from athena_local.tables.iceberg.versions import snapshot_of
from athena_local.tables.sources import Version

_HIGHEST_FORMAT = 2
_PATH = "$path"
_HIDDEN = (
    Column(name=_PATH, type="string"),
    Column(name="$partition", type="string"),
    Column(name="$file_modified_time", type="timestamp with time zone"),
)


@dataclass(frozen=True, kw_only=True)
class IcebergTable(Table):
    """A table at one of its snapshots.

    Attributes
    ----------
    loaded
        pyiceberg's table.
    snapshot
        None for a table that never had rows.
    schema
        The columns that queries see.
    """

    loaded: Loaded
    snapshot: Snapshot | None
    schema: Schema


def at_version(known: Table, loaded: Loaded, version: Version | None) -> IcebergTable:
    """Return a table at a version, or as it is now; its name tells versions apart.

    Parameters
    ----------
    known
        The table in Glue.

    Raises
    ------
    QueryError
        ``INVALID_ARGUMENTS`` when it has no such version; ``NOT_SUPPORTED`` for a type or a format that is not read.
    """
    if loaded.metadata.format_version > _HIGHEST_FORMAT:
        raise QueryError("NOT_SUPPORTED", f"version {loaded.metadata.format_version} of Iceberg is not read offline")
    snapshot = snapshot_of(loaded, version) if version else loaded.current_snapshot()
    schema = loaded.schema()
    if version and snapshot and snapshot.schema_id is not None:
        schema = loaded.schemas().get(snapshot.schema_id, schema)
    return IcebergTable(
        database=known.database,
        name=f"{known.name}@{snapshot.snapshot_id}" if version and snapshot else known.name,
        columns=columns(schema),
        hidden=_HIDDEN,
        location=known.location or loaded.location(),
        parameters=known.parameters,
        loaded=loaded,
        snapshot=snapshot,
        schema=schema,
    )


def check_hidden(columns: frozenset[str]) -> None:
    """Refuse the hidden columns that are not told offline.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED``.
    """
    for column in _HIDDEN:
        if column.name in columns and column.name != _PATH:
            raise QueryError("NOT_SUPPORTED", f"{column.name} of Iceberg tables is not supported offline")
