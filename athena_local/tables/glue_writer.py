"""The Glue catalog: the parts that statements change."""

from collections.abc import Mapping
from typing import Any, Protocol

from athena_local.tables.catalog import DEFAULT_DATABASE


class CatalogWriter(Protocol):
    """What statements need to change a catalog; each method is one change, done or not done."""

    def create_database(self, name: str, *, comment: str, location: str, properties: Mapping[str, str]) -> None:
        """Create a database."""

    def drop_database(self, name: str) -> None:
        """Delete a database and the tables in it, if it is there; objects in S3 stay."""

    def put_table(self, database: str, definition: Mapping[str, Any], *, replace: bool) -> None:
        """Create a table or view from Glue's `TableInput`, or replace it."""

    def drop_table(self, database: str, name: str) -> None:
        """Delete a table or view; objects in S3 stay."""

    def definition(self, database: str, name: str) -> Mapping[str, Any]:
        """Return Glue's `Table` structure."""


class GlueWriter:
    """A `CatalogWriter` over boto3's Glue client."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def create_database(self, name: str, *, comment: str, location: str, properties: Mapping[str, str]) -> None:
        """Create a database."""
        optional = {"Description": comment, "LocationUri": location, "Parameters": dict(properties)}
        database = {"Name": name, **{key: value for key, value in optional.items() if value}}
        self._client.create_database(DatabaseInput=database)

    def drop_database(self, name: str) -> None:
        """Delete a database and the tables in it, if it is there; objects in S3 stay."""
        try:
            self._client.delete_database(Name=name)
        except self._client.exceptions.EntityNotFoundException:
            return

    def put_table(self, database: str, definition: Mapping[str, Any], *, replace: bool) -> None:
        """Create a table or view from Glue's `TableInput`, or replace it."""
        self._make_default(database)
        change = self._client.update_table if replace else self._client.create_table
        change(DatabaseName=database, TableInput=dict(definition))

    def drop_table(self, database: str, name: str) -> None:
        """Delete a table or view; objects in S3 stay."""
        self._client.delete_table(DatabaseName=database, Name=name)

    def definition(self, database: str, name: str) -> Mapping[str, Any]:
        """Return Glue's `Table` structure."""
        table: Mapping[str, Any] = self._client.get_table(DatabaseName=database, Name=name)["Table"]
        return table

    def _make_default(self, database: str) -> None:
        """Create ``default``, which every catalog has, where Glue lacks it."""
        if database != DEFAULT_DATABASE:
            return
        try:
            self._client.create_database(DatabaseInput={"Name": database})
        except self._client.exceptions.AlreadyExistsException:
            return
