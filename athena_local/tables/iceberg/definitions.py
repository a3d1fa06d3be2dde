"""Iceberg tables are created and dropped: the metadata and Glue's entry together, or neither."""

from collections.abc import Callable, Sequence
from typing import Any

from pyiceberg.exceptions import NoSuchTableError, TableAlreadyExistsError, ValidationError
from pyiceberg.table import Table as Loaded
from pyiceberg.table import Transaction

from athena_local.errors import QueryError
from athena_local.tables.catalog import Table
from athena_local.tables.hive_writing import already_exists
from athena_local.tables.iceberg.catalog import StoreCatalog, without_retries
from athena_local.tables.iceberg.new_tables import NewIcebergTable, iceberg_properties, schema_of, spec_of
from athena_local.tables.iceberg.store import StoreFiles, bucket_and_key
from athena_local.tables.storage import ObjectStore


class IcebergDefinitions:
    """The tables of a Glue catalog.

    Parameters
    ----------
    client
        boto3's Glue client; it must not retry.
    """

    def __init__(self, *, client: Any, store: ObjectStore) -> None:
        self._client = client
        self._store = store

    def create(self, new: NewIcebergTable) -> Loaded:
        """Create a table without rows; after an error neither the table nor an object is left.

        Raises
        ------
        QueryError
            ``TABLE_ALREADY_EXISTS``, ``INVALID_TABLE_PROPERTY`` or ``NOT_SUPPORTED``.
        """
        files = StoreFiles(self._store)
        catalog = StoreCatalog(client=self._client, files=files)
        properties = iceberg_properties(new.properties) | ({"comment": new.comment} if new.comment else {})
        schema = schema_of(new.columns)
        spec = spec_of(schema, new.transforms)
        name = (new.database, new.name)
        try:
            return catalog.create_table(
                name, schema, location=new.location.rstrip("/"), partition_spec=spec, properties=properties
            )
        except TableAlreadyExistsError as error:
            files.take_back()
            raise already_exists(*name) from error
        except Exception:
            if (landed := _landed(catalog, name, files)) is not None:
                return landed
            files.take_back()
            raise

    def change(self, table: Table, make: Callable[[Transaction], None]) -> None:
        """Change a table's columns or properties in one commit, or not at all.

        Raises
        ------
        QueryError
            ``NOT_SUPPORTED``: Iceberg does not make this change; ``ICEBERG_COMMIT_ERROR``: another writer was faster.
        """
        files = StoreFiles(self._store)
        catalog = StoreCatalog(client=self._client, files=files)
        name = (table.database, table.name)
        transaction = without_retries(catalog.load_table(name)).transaction()
        try:
            make(transaction)
        except (ValueError, ValidationError) as error:
            raise QueryError("NOT_SUPPORTED", f"{table.name}: {str(error).splitlines()[0]}") from error
        try:
            transaction.commit_transaction()
        except Exception as error:
            if _landed(catalog, name, files) is None:
                files.take_back()
                raise QueryError("ICEBERG_COMMIT_ERROR", f"Failed to change {table.name}: {error}") from error

    def drop(self, table: Table) -> None:
        """Drop a table and delete the objects below its location, as Athena does.

        Raises
        ------
        QueryError
            ``NOT_SUPPORTED``: its location is a whole bucket.
        """
        bucket, prefix = bucket_and_key(table.location)
        if not prefix.strip("/"):
            message = f"a table whose location is a whole bucket is not dropped offline: {table.location}"
            raise QueryError("NOT_SUPPORTED", message)
        self._client.delete_table(DatabaseName=table.database, Name=table.name)
        for stored in list(self._store.list(bucket, prefix)):
            self._store.delete(stored.bucket, stored.key)

    def take_back(self, name: tuple[str, str], addresses: Sequence[str]) -> None:
        """Take a table back that was just created: its entry, its metadata and data files, and nothing beside them.

        Parameters
        ----------
        addresses
            Of the data files.
        """
        loaded = StoreCatalog(client=self._client, files=StoreFiles(self._store)).load_table(name)
        own = {*addresses, loaded.metadata_location, *(each.metadata_file for each in loaded.metadata.metadata_log)}
        for snapshot in loaded.snapshots():
            own |= {snapshot.manifest_list, *(each.manifest_path for each in snapshot.manifests(loaded.io))}
        self._client.delete_table(DatabaseName=name[0], Name=name[1])
        for address in own:
            self._store.delete(*bucket_and_key(address))


def _landed(catalog: StoreCatalog, name: tuple[str, str], files: StoreFiles) -> Loaded | None:
    """Return the table whose metadata was written through `files`, if Glue has it in spite of an error."""
    try:
        loaded = catalog.load_table(name)
    except NoSuchTableError:
        return None
    return loaded if loaded.metadata_location in files.written else None
