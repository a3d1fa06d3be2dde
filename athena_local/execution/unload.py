"""UNLOAD: a query's rows into objects below a folder."""

from functools import partial

from athena_local.analyzer.hive_types import hive_type
from athena_local.errors import QueryError
from athena_local.execution.inner_query import InnerQuery
from athena_local.execution.requests import Answer
from athena_local.execution.table_rows import table_rows
from athena_local.statements.write_forms import WriteForm
from athena_local.tables.catalog import Column, as_folder
from athena_local.tables.hive_storage import new_format
from athena_local.tables.new_tables import check_names, check_partitions, file_properties
from athena_local.tables.objects import ObjectWriter, check_target
from athena_local.tables.partition_values import folder_name
from athena_local.tables.staging import Values
from athena_local.tables.writing import Written

_KNOWN = frozenset({"format", "compression", "compression_level", "field_delimiter", "partitioned_by"})


def unload(form: WriteForm, inner: InnerQuery, objects: ObjectWriter) -> tuple[Written, Answer]:
    """Write a query's rows; return what was written, and the answer that tells what the query reads.

    Raises
    ------
    QueryError
        A property is refused, there are objects already, or the query fails; no object is left then.
    """
    check_names(form.properties, _KNOWN)
    if "format" not in form.properties:
        raise QueryError("INVALID_TABLE_PROPERTY", "UNLOAD needs the property format")
    if "compression_level" in form.properties:
        raise QueryError("NOT_SUPPORTED", "compression_level is not supported offline")
    properties = file_properties(form.properties)
    file_format = new_format(properties.kind, properties.stated_compression, properties.delimiter)
    described = inner.columns(form.query, named=False)
    columns = tuple(Column(name=column.name, type=hive_type(column.type, column.name)) for column in described)
    keys = properties.partitioned_by
    check_partitions([column.name for column in columns], keys)
    folder = as_folder(form.location)
    check_target(objects, folder, "unload")
    batches, read = inner.rows(form.query)
    rows = table_rows(batches, columns, range(len(columns)), rounds=True)

    def place(values: Values) -> str:
        return folder + folder_name(keys, values)

    new = objects.write(rows, keys=len(keys), file_format=file_format, place=place, stopped=inner.stopped)
    addresses = tuple(new.addresses.values())
    return Written(rows=new.rows, addresses=addresses, undo=partial(objects.remove, addresses)), read
