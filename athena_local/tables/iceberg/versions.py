"""FOR TIMESTAMP AS OF, FOR VERSION AS OF → a snapshot."""

from datetime import UTC, datetime

from pyiceberg.table import Table as Loaded
from pyiceberg.table.snapshots import Snapshot

from athena_local.errors import QueryError
from athena_local.tables.sources import Version


def snapshot_of(loaded: Loaded, version: Version) -> Snapshot:
    """Return the snapshot that a version means.

    Raises
    ------
    QueryError
        ``INVALID_ARGUMENTS``: the table has none; ``NOT_SUPPORTED`` for a value of another type.
    """
    if version.other is not None:
        raise QueryError("NOT_SUPPORTED", f"Unsupported type for table version: {version.other}")
    if version.instant is not None:
        number = _at(loaded, version.instant)
    elif version.reference is not None:
        reference = loaded.metadata.refs.get(version.reference)
        if reference is None:
            message = f"Cannot find snapshot with reference name: {version.reference}"
            raise QueryError("INVALID_ARGUMENTS", message)
        number = reference.snapshot_id
    else:
        number = version.number or 0
    snapshot = loaded.snapshot_by_id(number)
    if snapshot is None:
        raise QueryError("INVALID_ARGUMENTS", f"Iceberg snapshot ID does not exists: {number}")
    return snapshot


def _at(loaded: Loaded, milliseconds: int) -> int:
    """Return the snapshot that was the current one then."""
    current = [entry for entry in loaded.history() if entry.timestamp_ms <= milliseconds]
    if not current:
        database, table = loaded.name()
        message = f"No version history table {database}.{table} at or before {instant_text(milliseconds)}"
        raise QueryError("INVALID_ARGUMENTS", message)
    return max(current, key=lambda entry: entry.timestamp_ms).snapshot_id


def instant_text(milliseconds: int) -> str:
    """Return an instant as Java writes it: ``2026-11-22T10:30:00.250Z``, without zeros for a whole second."""
    instant = datetime.fromtimestamp(milliseconds // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{instant}.{milliseconds % 1000:03d}Z" if milliseconds % 1000 else f"{instant}Z"
