"""What ALTER TABLE changes."""

from dataclasses import dataclass
from typing import TypeAlias

from athena_local.tables.catalog import Column

# Names of partition keys → their values, as the statement has them.
Spec: TypeAlias = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class AddPartitions:
    """ADD PARTITION: each with its location, if the statement gives it."""

    partitions: tuple[tuple[Spec, str | None], ...]
    if_not_exists: bool


@dataclass(frozen=True, kw_only=True)
class DropPartitions:
    """DROP PARTITION: each spec may leave keys out, and means all partitions that it fits."""

    specs: tuple[Spec, ...]
    if_exists: bool


@dataclass(frozen=True, kw_only=True)
class RenamePartition:
    """PARTITION … RENAME TO PARTITION."""

    old: Spec
    new: Spec


@dataclass(frozen=True, kw_only=True)
class SetLocation:
    """SET LOCATION of the table, or of one partition."""

    location: str
    partition: Spec | None = None


@dataclass(frozen=True, kw_only=True)
class SetProperties:
    """SET TBLPROPERTIES."""

    properties: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class AddColumns:
    """ADD COLUMNS to the table, or to one partition."""

    columns: tuple[Column, ...]
    partition: Spec | None = None


@dataclass(frozen=True, kw_only=True)
class ReplaceColumns:
    """REPLACE COLUMNS of the table, or of one partition."""

    columns: tuple[Column, ...]
    partition: Spec | None = None


@dataclass(frozen=True, kw_only=True)
class ChangeColumn:
    """CHANGE COLUMN.

    Attributes
    ----------
    is_first, after
        Where the column goes; it stays where it is without both.
    """

    old: str
    new: Column
    is_first: bool = False
    after: str | None = None


@dataclass(frozen=True, kw_only=True)
class DropColumn:
    """DROP COLUMN, which only Iceberg tables have."""

    name: str


@dataclass(frozen=True, kw_only=True)
class RenameTable:
    """RENAME TO, which only Iceberg tables have."""

    name: str
    database: str | None = None


Change: TypeAlias = (
    AddPartitions
    | DropPartitions
    | RenamePartition
    | SetLocation
    | SetProperties
    | AddColumns
    | ReplaceColumns
    | ChangeColumn
    | DropColumn
    | RenameTable
)
