"""Iceberg's metadata, by the address that Glue has of it."""

from functools import lru_cache

from pyiceberg.catalog.noop import NoopCatalog
from pyiceberg.serializers import FromInputFile
from pyiceberg.table import StaticTable
from pyiceberg.table import Table as Loaded
from pyiceberg.table.metadata import TableMetadata

from athena_local.errors import QueryError
from athena_local.tables.catalog import Table
from athena_local.tables.iceberg.store import StoreFiles

_KEPT = 256


class Metadata:
    """What pyiceberg knows of tables; a metadata file never changes, so that each is read once."""

    def __init__(self, files: StoreFiles) -> None:
        self._files = files
        self._read = lru_cache(maxsize=_KEPT)(self._read_file)

    def load(self, table: Table) -> Loaded:
        """Return pyiceberg's table.

        Raises
        ------
        QueryError
            ``ICEBERG_INVALID_METADATA``: Glue's address has no metadata.
        """
        location = table.parameters.get("metadata_location", "")
        try:
            metadata = self._read(location)
        except (OSError, ValueError) as error:
            message = f"Metadata not found in metadata location for table {table.database}.{table.name}"
            raise QueryError("ICEBERG_INVALID_METADATA", message) from error
        return StaticTable(
            identifier=(table.database, table.name),
            metadata=metadata,
            metadata_location=location,
            io=self._files,
            catalog=NoopCatalog("glue"),
        )

    def _read_file(self, location: str) -> TableMetadata:
        return FromInputFile.table_metadata(self._files.new_input(location))
