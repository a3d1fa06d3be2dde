"""Rows of Parquet files in S3 that meet a condition: all columns are read only where there are such rows."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from thermocline.adapters.iceberg_files import S3FileIO
from thermocline.export.ports import Condition, Row


class S3ParquetSearch:
    """Implements `thermocline.export.ports.ParquetSearch` for one bucket.

    Parameters
    ----------
    client
        A boto3 S3 client.
    """

    def __init__(self, client: Any, bucket: str) -> None:
        self._files = S3FileIO(client)
        self._bucket = bucket

    def rows(self, address: str, conditions: Mapping[str, Condition]) -> Iterator[Row]:
        """Yield the rows of a file of which a column meets its condition, a row group at a time.

        Raises
        ------
        FileNotFoundError
            There is no such file.
        """
        location = address if "://" in address else f"s3://{self._bucket}/{address}"
        file = pq.ParquetFile(pa.PythonFile(cast("io.IOBase", self._files.new_input(location).open()), mode="r"))
        known = {name: conditions[name] for name in file.schema_arrow.names if name in conditions}
        for group in range(file.num_row_groups):
            wanted = {
                name: each for name, each in known.items() if _may_have(file.metadata.row_group(group), name, each)
            }
            if wanted and (chosen := _chosen(file.read_row_group(group, columns=[*wanted], use_threads=False), wanted)):
                yield from file.read_row_group(group, use_threads=False).take(chosen).to_pylist()


def _may_have(group: Any, name: str, condition: Condition) -> bool:
    """Tell whether a row group's bounds allow that it has a value that is meant."""
    for place in range(group.num_columns):
        column = group.column(place)
        if column.path_in_schema == name and column.statistics is not None and column.statistics.has_min_max:
            return condition.between(column.statistics.min, column.statistics.max)
    return True


def _chosen(table: pa.Table, conditions: Mapping[str, Condition]) -> list[int]:
    """Return the places of the rows of which a column meets its condition."""
    places: set[int] = set()
    for name, condition in conditions.items():
        column = table.column(name)
        column = column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
        meant = [value for value in column.unique().to_pylist() if value is not None and condition(value)]
        if meant:
            mask = pc.is_in(column, value_set=pa.array(meant, type=column.type))
            places.update(pc.indices_nonzero(mask).to_numpy().tolist())
    return sorted(places)
