"""The layout of a table's objects, from its definition in Glue."""

from athena_local.formats.decode import ORC, check_layout
from athena_local.formats.layout import Layout, UnreadableError
from athena_local.tables.catalog import Table

_TEXT_FORMATS = ("", "org.apache.hadoop.mapred.TextInputFormat")
_ORC_FORMATS = ("", "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat")


def layout_of(table: Table) -> Layout | None:
    """Return how a table's objects are written; None for Parquet.

    Raises
    ------
    UnreadableError
        They cannot be read offline.
    """
    if table.is_parquet:
        if {**table.serde_properties, **table.parameters}.get("parquet.column.index.access", "").lower() == "true":
            raise UnreadableError("Parquet whose columns are read by their place is not read offline")
        return None
    layout = Layout(
        serde=table.serde,
        properties=Layout.reading(table.serde_properties, table.parameters),
        columns=tuple((column.name, column.type) for column in table.columns),
    )
    check_layout(layout)
    if table.input_format not in (_ORC_FORMATS if table.serde == ORC else _TEXT_FORMATS):
        raise UnreadableError(f"tables with input format '{table.input_format}' are not read offline")
    return layout
