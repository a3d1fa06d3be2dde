"""MSCK REPAIR TABLE: the folders below a table's that are no partitions yet become ones."""

from collections.abc import Iterable

from athena_local.errors import QueryError
from athena_local.statements.alter_partitions import register
from athena_local.statements.definitions import Defined, Definitions
from athena_local.statements.hive_errors import not_for_iceberg, semantic, table_not_found
from athena_local.statements.hive_reader import HiveReader
from athena_local.tables.catalog import Table
from athena_local.tables.partition_names import partition_name, partition_values
from athena_local.tables.storage import split_address


def read_repair(sql: str) -> tuple[str | None, str]:
    """Return database and name of the table in a MSCK REPAIR TABLE statement."""
    reader = HiveReader(sql)
    reader.expect("MSCK", "REPAIR", "TABLE")
    named = reader.table()
    reader.end()
    return named


def repair_table(on: Definitions, sql: str) -> Defined:
    """Add partitions for folders such as ``day=2026-11-22/``, and tell them as Hive does.

    Folders whose names are not ``key=value`` are told, too, and not added. Partitions without a folder are told, and
    stay.
    """
    database, name = read_repair(sql)
    table = on.catalog.table(database or on.database, name)
    if table is None:
        raise table_not_found(f"{database}.{name}" if database else name)
    if table.view_sql is not None:
        raise semantic("MSCK REPAIR TABLE is not for views", 10131)
    if table.is_iceberg:
        raise not_for_iceberg()
    if not table.location:
        raise QueryError("INVALID_TABLE_PROPERTY", f"{table.database}.{table.name} has no location")
    return Defined(rows=tuple([line] for line in _repaired(on, table)))


def _repaired(on: Definitions, table: Table) -> list[str]:
    bucket, prefix = split_address(table.location)
    objects = [stored.key.removeprefix(prefix) for stored in on.store.list(bucket, prefix)]
    if not objects:
        return [f"Tables missing on filesystem:\t{table.name}"]
    if not table.partition_keys:
        return []
    keys = [key.name for key in table.partition_keys]
    folders = _folders(objects, depth=len(keys))
    partitions = {partition_name(keys, each.values): each for each in on.catalog.partitions(table)}
    locations = {partition.location for partition in partitions.values()}
    new = [folder for folder in folders if folder not in partitions and f"{table.location}{folder}/" not in locations]
    named = {values: folder for folder in new if (values := partition_values(folder, keys)) is not None}
    missing = [name for name, each in partitions.items() if not _has_objects(on, table, each.location, folders)]
    register(on, table, {values: table.location + folder for values, folder in named.items()})
    return [
        *_listed("Partitions not in metastore:", table, new),
        *_listed("Partitions missing from filesystem:", table, sorted(missing)),
        *(f"Repair: Added partition to metastore {table.name}:{folder}" for folder in named.values()),
    ]


def _folders(objects: Iterable[str], *, depth: int) -> list[str]:
    """Return the folders of objects that are so deep below the table's; hidden ones are none."""
    folders = {"/".join(parts[:depth]) for parts in (key.split("/") for key in objects) if len(parts) > depth}
    return sorted(
        folder for folder in folders if all(part and not part.startswith(("_", ".")) for part in folder.split("/"))
    )


def _has_objects(on: Definitions, table: Table, location: str, folders: list[str]) -> bool:
    """Tell whether there is an object in a partition; the folders below the table's are known already."""
    if location.removeprefix(table.location).rstrip("/") in folders:
        return True
    return any(True for _ in on.store.list(*split_address(location)))


def _listed(heading: str, table: Table, names: list[str]) -> list[str]:
    return ["\t".join([heading, *(f"{table.name}:{name}" for name in names)])] if names else []
