"""The Glue catalog: the parts that the engine reads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from athena_local.tables.views import decode_view

DEFAULT_DATABASE = "default"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column; `type` is a Hive type, such as ``map<string,bigint>``."""

    name: str
    type: str
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A Glue table or view.

    Attributes
    ----------
    location
        ``s3://bucket/prefix/``; empty for a view.
    stored_location
        The location as Glue has it, which may lack the slash at its end.
    view_sql
        The statement of a view, in Trino SQL.
    view_database
        Where the names in that statement are looked up, if it is not the view's own database.
    serde, input_format, output_format
        Hive's classes for the rows' format.
    serde_properties
        Properties of the SerDe.
    view_types
        The types of a view's columns by their names, as Trino writes them.
    hidden
        Columns that a query must name: ``SELECT *`` has none of them.
    is_distinct
        No two rows are the same, so that files which overlap can be read together.
    source
        Which of `AllTables` has its rows.
    """

    database: str
    name: str
    columns: tuple[Column, ...]
    partition_keys: tuple[Column, ...] = ()
    location: str = ""
    stored_location: str = ""
    serde: str = ""
    input_format: str = ""
    output_format: str = ""
    serde_properties: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    view_sql: str | None = None
    view_database: str | None = None
    view_types: Mapping[str, str] = field(default_factory=dict)
    hidden: tuple[Column, ...] = ()
    is_distinct: bool = False
    source: int = 0

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """Columns, then partition keys: the order of ``SELECT *``."""
        return (*self.columns, *self.partition_keys)

    @property
    def is_parquet(self) -> bool:
        """Whether its files are Parquet."""
        return "parquet" in f"{self.serde} {self.input_format}".lower()

    @property
    def is_iceberg(self) -> bool:
        """Whether it is an Iceberg table."""
        return self.parameters.get("table_type", "").upper() == "ICEBERG"


@dataclass(frozen=True, kw_only=True)
class Partition:
    """One partition: its values, in the order of the table's keys, and its location.

    Attributes
    ----------
    serde
        Hive's class for its rows' format; empty for the table's.
    """

    values: tuple[str, ...]
    location: str
    serde: str = ""


class Catalog(Protocol):
    """What the engine needs from a catalog."""

    def database_names(self) -> list[str]:
        """Return the names of all databases."""

    def tables(self, database: str) -> list[Table]:
        """Return the tables and views of a database; none when there is no such database."""

    def table(self, database: str, name: str) -> Table | None:
        """Return one table or view; None when it does not exist."""

    def partitions(self, table: Table) -> list[Partition]:
        """Return the registered partitions of a table."""


class GlueCatalog:
    """A `Catalog` over boto3's Glue client."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def database_names(self) -> list[str]:
        """Return the names of all databases; ``default`` is one of them, as on Athena, even if Glue lacks it."""
        names = [str(database["Name"]) for database in self._pages("get_databases", "DatabaseList")]
        return names if DEFAULT_DATABASE in names else [*names, DEFAULT_DATABASE]

    def tables(self, database: str) -> list[Table]:
        """Return the tables and views of a database; none when there is no such database."""
        try:
            return [table_from_glue(table) for table in self._pages("get_tables", "TableList", DatabaseName=database)]
        except self._client.exceptions.EntityNotFoundException:
            return []

    def table(self, database: str, name: str) -> Table | None:
        """Return one table or view; None when it does not exist."""
        try:
            return table_from_glue(self._client.get_table(DatabaseName=database, Name=name)["Table"])
        except self._client.exceptions.EntityNotFoundException:
            return None

    def partitions(self, table: Table) -> list[Partition]:
        """Return the registered partitions of a table."""
        pages = self._pages("get_partitions", "Partitions", DatabaseName=table.database, TableName=table.name)
        return [
            Partition(
                values=tuple(page["Values"]),
                location=as_folder(page["StorageDescriptor"]["Location"]),
                serde=page["StorageDescriptor"].get("SerdeInfo", {}).get("SerializationLibrary", ""),
            )
            for page in pages
        ]

    def _pages(self, operation: str, key: str, **parameters: str) -> Iterator[dict[str, Any]]:
        for page in self._client.get_paginator(operation).paginate(**parameters):
            yield from page[key]


def table_from_glue(table: Mapping[str, Any]) -> Table:
    """Return the table that a `Table` structure of the Glue API describes."""
    storage = table.get("StorageDescriptor", {})
    view = decode_view(table) or {}
    return Table(
        database=table["DatabaseName"].lower(),
        name=table["Name"].lower(),
        columns=_columns(storage.get("Columns", [])),
        partition_keys=_columns(table.get("PartitionKeys", [])),
        location=as_folder(storage.get("Location", "")),
        stored_location=storage.get("Location", ""),
        serde=storage.get("SerdeInfo", {}).get("SerializationLibrary", ""),
        input_format=storage.get("InputFormat", ""),
        output_format=storage.get("OutputFormat", ""),
        serde_properties=storage.get("SerdeInfo", {}).get("Parameters") or {},
        parameters=table.get("Parameters", {}),
        view_sql=view.get("originalSql"),
        view_database=view.get("schema"),
        view_types={column["name"].lower(): column["type"] for column in view.get("columns", [])},
    )


def as_folder(location: str) -> str:
    """Return a location with a slash at its end, so that no prefix matches another folder's name."""
    location = location.replace("s3a://", "s3://").replace("s3n://", "s3://")
    return location if not location or location.endswith("/") else f"{location}/"


def _columns(columns: list[Mapping[str, str]]) -> tuple[Column, ...]:
    return tuple(
        Column(name=column["Name"].lower(), type=column.get("Type", "string"), comment=column.get("Comment", ""))
        for column in columns
    )
