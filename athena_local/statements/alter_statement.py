"""ALTER TABLE in Hive's form: text → `AlterTable`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from athena_local.statements.hive_reader import HiveReader
from athena_local.statements.table_definition import read_column
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


@dataclass(frozen=True, kw_only=True)
class AlterTable:
    """What an ALTER TABLE statement says; `database` is None if the statement does not name it."""

    database: str | None
    name: str
    change: Change


def read_alter(sql: str) -> AlterTable:
    """Read an ALTER TABLE statement.

    Raises
    ------
    InvalidRequestError
        ``MALFORMED_QUERY``: Athena has no such statement.
    QueryError
        It has one, with a type that is not had.
    """
    reader = HiveReader(sql)
    reader.expect("ALTER", "TABLE")
    database, name = reader.table()
    partition = _spec(reader) if reader.sees("PARTITION") else None
    change = _change(reader) if partition is None else _change_of_partition(reader, partition)
    reader.end()
    return AlterTable(database=database, name=name, change=change)


def _change(reader: HiveReader) -> Change:
    for words, read in _CHANGES:
        if reader.skip(*words):
            return read(reader)
    reader.expect("SET", "LOCATION")
    return SetLocation(location=reader.text())


def _change_of_partition(reader: HiveReader, partition: Spec) -> Change:
    if reader.skip("RENAME", "TO"):
        return RenamePartition(old=partition, new=_spec(reader))
    if reader.skip("ADD", "COLUMNS"):
        return AddColumns(columns=_columns(reader), partition=partition)
    if reader.skip("REPLACE", "COLUMNS"):
        return ReplaceColumns(columns=_columns(reader), partition=partition)
    reader.expect("SET", "LOCATION")
    return SetLocation(location=reader.text(), partition=partition)


def _added(reader: HiveReader) -> Change:
    if reader.skip("COLUMNS"):
        return AddColumns(columns=_columns(reader))
    if_not_exists = reader.skip("IF", "NOT", "EXISTS")
    partitions = [_located(reader)]
    while reader.sees("PARTITION"):
        partitions.append(_located(reader))
    return AddPartitions(partitions=tuple(partitions), if_not_exists=if_not_exists)


def _located(reader: HiveReader) -> tuple[Spec, str | None]:
    return _spec(reader), reader.text() if reader.skip("LOCATION") else None


def _dropped(reader: HiveReader) -> Change:
    if_exists = reader.skip("IF", "EXISTS")
    return DropPartitions(specs=tuple(reader.items(lambda: _spec(reader))), if_exists=if_exists)


def _changed(reader: HiveReader) -> Change:
    reader.skip("COLUMN")
    old, new = reader.name(), read_column(reader)
    is_first = reader.skip("FIRST")
    after = reader.name() if not is_first and reader.skip("AFTER") else None
    return ChangeColumn(old=old, new=new, is_first=is_first, after=after)


def _renamed(reader: HiveReader) -> Change:
    database, name = reader.table()
    return RenameTable(database=database, name=name)


def _columns(reader: HiveReader) -> tuple[Column, ...]:
    return tuple(reader.bracketed(lambda: read_column(reader)))


def _spec(reader: HiveReader) -> Spec:
    def pair() -> tuple[str, str]:
        key = reader.name()
        reader.expect("=")
        return key, reader.value()

    reader.expect("PARTITION")
    return dict(reader.bracketed(pair))


_CHANGES: tuple[tuple[tuple[str, ...], Callable[[HiveReader], Change]], ...] = (
    (("ADD",), _added),
    (("DROP", "COLUMN"), lambda reader: DropColumn(name=reader.name())),
    (("DROP",), _dropped),
    (("REPLACE", "COLUMNS"), lambda reader: ReplaceColumns(columns=_columns(reader))),
    (("CHANGE",), _changed),
    (("RENAME", "TO"), _renamed),
    (("SET", "TBLPROPERTIES"), lambda reader: SetProperties(properties=reader.pairs())),
)
