"""ALTER TABLE in Hive's form: text → `AlterTable`."""

from collections.abc import Callable
from dataclasses import dataclass

from athena_local.statements.hive_reader import HiveReader
from athena_local.statements.table_changes import (
    AddColumns,
    AddPartitions,
    Change,
    ChangeColumn,
    DropColumn,
    DropPartitions,
    RenamePartition,
    RenameTable,
    ReplaceColumns,
    SetLocation,
    SetProperties,
    Spec,
)
from athena_local.statements.table_definition import read_column
from athena_local.tables.catalog import Column


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
