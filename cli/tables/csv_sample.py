"""Samples in CSV (RFC 4180) with a header row. An empty cell is null; a quoted empty cell is the empty string."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc

from cli.errors import CliError
from cli.tables.samples import Advance, Format, Row, Sample

_BLOCK_BYTES = 16 * 1024 * 1024
_OTHER_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def csv_sample(path: Path) -> Sample:
    """Return a sample with a header row; every cell is text or None.

    Raises
    ------
    CliError
        The header names no columns, or one of them twice.
    """
    names = tuple(_open(path).schema.names)
    for delimiter, name in _OTHER_DELIMITERS.items():
        if len(names) == 1 and delimiter in names[0]:
            raise CliError(f"{path.name} separates its cells with {name}: write it with commas, as it must be sent")
    for position, column in enumerate(names, start=1):
        if not column:
            raise CliError(f"{path.name}: column {position} has no name in the first row")
        if names.count(column) > 1:
            raise CliError(f"{path.name}: two columns are named {column!r} in the first row: rename one")
    return Sample(format=Format.CSV, rows=partial(_rows, path), members=names)


def _rows(path: Path, advance: Advance) -> Iterator[Row]:
    try:
        for batch in _open(path):
            columns = [column.to_pylist() for column in batch.columns]
            names = batch.schema.names
            size = batch.nbytes // max(batch.num_rows, 1)
            for cells in zip(*columns, strict=True):
                advance(size)
                yield dict(zip(names, cells, strict=True))
    except pa.ArrowInvalid as error:
        raise CliError(f"{path.name}: {error}") from None


def _open(path: Path) -> pc.CSVStreamingReader:
    convert = pc.ConvertOptions(null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False)
    convert.default_column_type = pa.string()  # type: ignore[attr-defined] # newer than the stubs
    try:
        return pc.open_csv(
            path,
            read_options=pc.ReadOptions(block_size=_BLOCK_BYTES),
            parse_options=pc.ParseOptions(newlines_in_values=True),
            convert_options=convert,
        )
    except pa.ArrowInvalid as error:
        raise CliError(f"{path.name}: {error}") from None
